"""One module a format: bytes → conversations with their turns."""
