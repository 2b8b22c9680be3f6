"""Who works here: users, their teams and roles, what they may see, and what they set. Nothing of this is the ledger."""
