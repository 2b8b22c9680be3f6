"""Twenty: an export of opportunities. See mapping.toml."""
