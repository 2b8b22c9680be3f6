"""Write docs/practices.md from docs/practices.toml: every practice in order, and what serves it.

python tools/write_practices_page.py
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).resolve().parent.parent / "docs"

HEAD = """# Practices

What careful sellers do, what loses deals, and what in premortem serves each: a [check](checks/index.md), a command or a
page. 'In part' says that more is to come, 'not yet' that nothing is there.

This page is written by `tools/write_practices_page.py`.
"""


class Practice(NamedTuple):
    """A practice, and the checks, commands and pages that serve it; `in_part` where they serve only some of it."""

    number: int
    says: str
    served_by: tuple[str, ...]
    in_part: bool


def practices(told: str) -> dict[str, list[Practice]]:
    """The practices of each section, by its heading, in the order in which they are told."""
    return {
        f"{letter}. {section['title']}": [_practice(key, value) for key, value in section.items() if key != "title"]
        for letter, section in tomllib.loads(told).items()
    }


def _practice(number: str, told: list[str]) -> Practice:
    says, *served_by = told
    in_part = served_by[:1] == ["in part"]
    return Practice(int(number), says, tuple(served_by[in_part:]), in_part)


def page() -> str:
    parts = [HEAD]
    by_section = practices((DOCS / "practices.toml").read_text(encoding="utf-8"))
    told = [one for section in by_section.values() for one in section]
    parts.append(_counted(told))
    for heading, section in by_section.items():
        rows = "\n".join(f"| {one.number} | {one.says} | {_served(one)} |" for one in section)
        parts.append(f"## {heading}\n\n| | practice | served by |\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _counted(told: list[Practice]) -> str:
    whole = sum(bool(one.served_by) and not one.in_part for one in told)
    in_part = sum(one.in_part for one in told)
    return f"Of {len(told)} practices {whole} are served, {in_part} in part, {len(told) - whole - in_part} not yet.\n"


def _served(one: Practice) -> str:
    if not one.served_by:
        return "not yet"
    return ("in part: " if one.in_part else "") + ", ".join(_link(name) for name in one.served_by)


def _link(name: str) -> str:
    if name.startswith("premortem "):
        return f"`{name}`"
    if name.startswith("docs/"):
        return f"[{Path(name).stem}]({name.removeprefix('docs/')})"
    return f"[{name}](checks/{name}.md)"


def main() -> None:
    (DOCS / "practices.md").write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{DOCS / 'practices.md'}\n")


if __name__ == "__main__":
    main()
