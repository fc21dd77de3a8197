"""Every door: HTTP, the page and the command line, and the one place that wires the rooms together."""
