"""Odoo: an export of the pipeline (crm.lead), by labels or by the fields' own names. See mapping.toml."""
