"""The addresses of the HTTP API and of the page."""
