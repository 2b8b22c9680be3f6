"""The commands, one module a kind of work; `main.py` says which there are, in the order of the help."""
