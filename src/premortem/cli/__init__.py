"""Commands: a thin door to the acts."""
