"""Frappe CRM: an export of deals, with the log of their status. See mapping.toml."""
