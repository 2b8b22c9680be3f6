"""The documents that the functions give: fields and meanings are those of `--json` (docs/json.md), and they say in a
line what they are, so that a notebook is not flooded."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from premortem.acts.afterwards.replay import ReplayDocument
from premortem.acts.bringing_in.read import ReadDocument
from premortem.acts.looking.review import ReviewDocument


class Document(Struct, frozen=True):
    """Any of the documents below."""

    def plain(self) -> dict[str, Any]:
        """The document in dicts, lists, numbers and text, as `--json` has it."""
        return dict(msgspec.json.decode(msgspec.json.encode(self)))

    def _in_a_line(self) -> str:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._in_a_line()}>"


class Reading(Document, ReadDocument, frozen=True):
    """What was heard in a deal or a file: `facts` with their quotes, `people`, and the `touches` turn by turn."""

    def _in_a_line(self) -> str:
        touches, facts = count(len(self.touches), "touch", "touches"), count(len(self.facts), "fact")
        return f"{self.name}, {touches}, {facts}, {count(len(self.people), 'person', 'people')}"


class Review(Document, ReviewDocument, frozen=True):
    """What nobody knows about a deal: `findings` with quotes, `likely_cause`, `next_questions`, `signs`, `unknowns`."""

    def _in_a_line(self) -> str:
        cause = f", likely cause {self.likely_cause.check}" if self.likely_cause else ""
        return f"{self.deal.name} as of {self.as_of}, {count(len(self.findings), 'finding')}{cause}"


class Replay(Document, ReplayDocument, frozen=True):
    """A deal lived again: `lives` of its findings, when each could first be seen, and `factors` that lost it."""

    def _in_a_line(self) -> str:
        ended = f"ended {self.ended_on}" if self.ended_on else f"as of {self.as_of}"
        steps, lives = count(len(self.steps), "touch", "touches"), count(len(self.lives), "finding")
        return f"{self.deal.name}, {ended}, {steps}, {lives} that could be seen"


D = TypeVar("D", bound=Document)


def shown(kind: type[D], document: Struct) -> D:
    """An act's document as one that says in a line what it is."""
    return kind(**msgspec.structs.asdict(document))


def count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
