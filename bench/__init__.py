"""Measurements of speed and of quality, each a program of its own."""
