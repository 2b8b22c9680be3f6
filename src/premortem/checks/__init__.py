"""A deal → findings; one module a check; its docstring is its public page."""
