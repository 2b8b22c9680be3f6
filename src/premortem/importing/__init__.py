"""What a CRM exported → entries; one folder a source."""
