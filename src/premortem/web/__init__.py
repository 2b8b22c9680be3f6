"""Pages: thin doors that parse a request, call an act, and show what comes back."""
