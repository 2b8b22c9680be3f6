"""What an assistant can ask for, one module a subject."""
