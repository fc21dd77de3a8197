"""The commands of `kb`: those that ask, those that keep the collection, and the one that serves it."""
