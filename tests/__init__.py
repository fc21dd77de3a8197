"""Tests, in the order of the rooms."""

# Before numpy, as every door does.
import api as api
