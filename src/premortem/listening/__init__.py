"""What was said → entries."""
