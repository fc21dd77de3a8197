"""From passages to vectors and words, from a question to hits, from hits to an answer."""
