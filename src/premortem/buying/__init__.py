"""The buyer's own project: what helps them buy, and what only helps us."""
