"""Other ways of searching the same passages with the same weights, each in a virtual environment of its own."""
