"""How the shipped adapter was made and how it can be made again; needs `[models]`, and nothing on the way imports it."""
