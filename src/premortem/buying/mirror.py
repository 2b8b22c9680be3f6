"""Whether a plan that calls itself the buyer's only mirrors our stages: by its steps, its words and its days."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from premortem.ledger.entries import Milestone

ENOUGH = 3
"""Steps before a plan can be told from a few notes."""
HALF = 0.5
OURS = frozenset(
    {"qualify", "qualification", "qualified", "demo", "demonstration", "proposal", "quote", "quotation", "offer"}
    | {"pitch", "presentation", "negotiate", "negotiation", "discovery", "lead", "opportunity", "nda", "pricing"}
    | {"upsell", "close", "closing", "won"}
)
"""Words of selling: a step made of them is one that a seller would write."""


def mirrors(steps: Sequence[Milestone], titles: Mapping[str, str], stages: Collection[tuple[str, date]]) -> list[str]:
    """Why the plan looks like ours, in sentences; none where it does not.

    `titles` are the words of each step by its id, `stages` the names of our stages and the days on which they began.
    """
    if len(steps) < ENOUGH:
        return []
    found = []
    if all(one.whose == "ours" for one in steps):
        found.append(f"All {len(steps)} steps are our own doings; none is the buyer's.")
    own = OURS.union(*(_words(name) for name, _ in stages))
    named = [titles[one.milestone] for one in steps if _words(titles.get(one.milestone, "")) & own]
    if len(named) > HALF * len(steps):
        found.append(f"{len(named)} of {len(steps)} steps are called as our stages are: {', '.join(named[:ENOUGH])}.")
    days = {day for _, day in stages}
    done = [one for one in steps if one.done is not None]
    if len(done) >= ENOUGH and all(one.done in days for one in done):
        found.append(f"The {len(done)} steps that are done were all done on days on which our own stage moved.")
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", text.casefold())) - {"the", "and", "for", "with", "our", "your"}
