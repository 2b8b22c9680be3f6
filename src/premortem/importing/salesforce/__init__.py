"""Salesforce: the weekly export's tables, and reports of opportunities. See mapping.toml."""
