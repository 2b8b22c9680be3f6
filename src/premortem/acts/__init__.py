"""What a user can do, one function each; the only code that appends to the ledger."""
