"""How the shipped adapter was made and can be made again; needs `[models]`, and nothing on the way imports it."""
