"""One module a family of claims: turns → facts with quotes."""
