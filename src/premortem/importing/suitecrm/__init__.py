"""SuiteCRM: an export of opportunities, and its audit table. See mapping.toml."""
