"""What a knowledge base is: its words, settings, errors, store, and who may see what."""
