"""HubSpot: the export of deals, contacts and companies, as a table or a zip of them. See mapping.toml."""
