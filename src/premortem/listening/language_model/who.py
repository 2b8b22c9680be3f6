"""Whom a model means: somebody whom the deal knows, or a name or title that stands in the touch, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from premortem.ledger.entries import PersonId
from premortem.listening.readers._people import Crowd
from premortem.listening.readers._vocabulary import KIN, NO_NAMES, listed
from premortem.listening.scene import Named, Scene

LONGEST = 6
"""Words of a name or a title."""
WHOSE = r"^(?:my|our|your|his|her|their|the|a|an)\s+"
NOBODY = listed(
    """
he him his himself she her hers herself they them their theirs themselves it its i me my mine myself you your yours
yourself we us our ours who whoever one somebody someone anybody anyone everybody everyone nobody people guy guys
person team folks other others a an the this that these those s
"""
)
"""Words that tell nobody in particular."""


class Who:
    """The people of a touch; `people` are those whom the deal knows, by the short ids that the model was given."""

    def __init__(self, scene: Scene, people: Mapping[str, PersonId]) -> None:
        self._crowd = Crowd(scene)
        self._people = people
        self._scene = scene

    def meant(self, person: str | None, title: str | None) -> tuple[PersonId | None, Named | None]:
        """The person, or how somebody new is called; neither where nobody can be told from what the model says."""
        called = (person or "").strip()
        if called in self._people:
            return self._people[called], None
        known = self._crowd.named(called) if called else None
        if known is not None:
            return known.id, None
        name = self._as_said(called) if self._is_name(called) else None
        title = self._as_said(re.sub(WHOSE, "", (title or "").strip(), flags=re.IGNORECASE))
        if name is None and title is not None:
            holder = self._crowd.titled(title)
            if holder is not None:
                return holder.id, None
        return None, Named(name, title) if name or title else None

    def _is_name(self, name: str) -> bool:
        """Whether it is a name that the touch says: no pronoun, no firm, nobody whom two people could be."""
        words = re.findall(r"[\w'’]+", name.lower())
        if not words or words[0] in NO_NAMES | KIN or self._crowd.is_firm(name, honoured=False):
            return False
        return re.sub(r"\W+", " ", name.lower()).strip() not in self._crowd.by_name

    def _as_said(self, words: str) -> str | None:
        """These words as the touch has them, whole; None where it does not, or where they tell nobody."""
        wanted = words.split()
        letters = re.findall(r"[^\W\d_]+", words.lower())
        if len(wanted) > LONGEST or len(words) > LONGEST * 20 or set(letters) <= NOBODY:
            return None
        whole = r"(?<!\w)" + r"\s+".join(map(re.escape, wanted)) + r"(?!\w)"
        hit = re.search(whole, self._text, re.IGNORECASE)
        return " ".join(hit[0].split()) if hit else None

    @cached_property
    def _text(self) -> str:
        return "\n".join(turn.text for turn in self._scene.turns)
