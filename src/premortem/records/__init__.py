"""The ledger on a real database: SQLite with nothing to set up, PostgreSQL for teams."""
