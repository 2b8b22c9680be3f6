"""Explain: the page of a check, which is its module's own docstring."""

from __future__ import annotations

import inspect

from premortem.checks.catalogue import checks, modules
from premortem.errors import Unknown


def explain(check: str | None) -> dict[str, str]:
    """The page of one check in Markdown, or of all, by name. Raises Unknown for a name that no check has."""
    pages = {name: inspect.cleandoc(module.__doc__ or "") for name, module in modules().items()}
    pages |= {name: inspect.getdoc(added) or "" for name, added in checks().items() if name not in pages}
    if check is None:
        return pages
    name = check.replace(" ", "_").replace("-", "_")
    if name not in pages:
        raise Unknown(f"there is no check '{check}'", f"There are {', '.join(sorted(pages))}.")
    return {name: pages[name]}
