"""Pipedrive: the export of deals, with the columns of people and organisations beside it. See mapping.toml."""
