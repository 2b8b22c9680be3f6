"""Write docs/checks/: one page a check from its module's docstring, and a list of them all.

python tools/write_check_pages.py
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from premortem.checks.catalogue import modules

PAGES = Path(__file__).resolve().parent.parent / "docs" / "checks"


def pages() -> dict[str, str]:
    """Each page's text by its file name."""
    written = {f"{name}.md": page(name, inspect.cleandoc(module.__doc__ or "")) for name, module in modules().items()}
    return written | {"index.md": index()}


def page(name: str, body: str) -> str:
    return f"# {name}\n\n{body}\n"


def index() -> str:
    """What each check looks for, in its first sentence."""
    lines = [f"- [{name}]({name}.md): {_first_sentence(module.__doc__ or '')}" for name, module in modules().items()]
    return "# Checks\n\nA check puts one question to a deal. Each has a page.\n\n" + "\n".join(lines) + "\n"


def _first_sentence(doc: str) -> str:
    looks_for = inspect.cleandoc(doc).split("\n\n")[0].partition("\n")[2].replace("\n", " ")
    for end in (". ", "; "):
        looks_for = looks_for.partition(end)[0]
    return looks_for.rstrip(".") + "."


def main() -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    for old in PAGES.glob("*.md"):
        old.unlink()
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(pages())} pages in {PAGES}\n")


if __name__ == "__main__":
    main()
