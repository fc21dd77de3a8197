"""Measurements of speed and of quality, each a program of its own."""

# Before numpy, as every door does: what is measured is the program as it is served.
import api as api
