"""One module a page: its views."""
