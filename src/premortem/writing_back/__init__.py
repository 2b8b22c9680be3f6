"""What the firm wants of ours to stand in its CRM: named fields of named records, no more; one module a CRM."""
