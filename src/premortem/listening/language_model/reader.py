"""The language model as one more reader beside those of the package: both listen, and of doubles the surer stays.

A touch is read by the model as a whole or not at all. Where it fails, the facts are those of the package's readers, a
remark says why, and the touch's version does not name the model, so that it is read again when somebody asks again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from premortem.listening.language_model.answers import CONFIDENCE, REASONS, NotAnAnswer, Reason, verified
from premortem.listening.language_model.endpoint import NoAnswer
from premortem.listening.language_model.joining import joined
from premortem.listening.language_model.pieces import pieces
from premortem.listening.language_model.prompt import Asked, asked, guide, people_numbered
from premortem.listening.readers.assembly import Assembly, Hearing
from premortem.listening.scene import Reading, Scene

VERSION = "1"
"""Raised whenever what is made of an answer changes; the guide's own changes count by themselves."""
GIVEN_UP_AFTER = 3
"""Touches in a row without an answer, after which the model is not asked any more."""


class Answers(Protocol):
    """Whatever answers a question, or raises NoAnswer."""

    def answer(self, asked: Asked) -> str: ...


class WithLanguageModel:
    """The package's readers and a language model; `model` is its name, `endpoint` what answers in its stead."""

    def __init__(self, own: Assembly, endpoint: Answers, model: str) -> None:
        self._own, self._endpoint, self._model = own, endpoint, model
        read_with = f"{model}\n{VERSION}\n{CONFIDENCE}\n{guide()}"
        self.version = f"{own.version}+{hashlib.sha256(read_with.encode()).hexdigest()[:8]}"
        self._failed = 0
        self._over: str | None = None

    def hear(self, scene: Scene) -> Hearing:
        """What both find. Raises nothing for a model that fails: a remark tells of it."""
        own = self._own.hear(scene)
        if self._over is not None:
            return self._without(own, f"not asked any more, since {self._over}")
        try:
            found, dropped = self._read(scene)
        except (NoAnswer, NotAnAnswer) as error:
            self._failed += 1
            if getattr(error, "over", False) or self._failed >= GIVEN_UP_AFTER:
                self._over = str(error)
            return self._without(own, str(error))
        self._failed = 0
        return Hearing(joined(scene, own.readings, found), self.version, (*own.remarks, *_told(self._model, dropped)))

    def _read(self, scene: Scene) -> tuple[list[Reading], Counter[Reason]]:
        people = people_numbered(scene)
        found: list[Reading] = []
        dropped: Counter[Reason] = Counter()
        for piece in pieces(scene):
            readings, lost = verified(
                self._endpoint.answer(asked(scene, piece)), scene, piece, people, f"llm:{self._model}"
            )
            found += readings
            dropped += lost
        return found, dropped

    def _without(self, own: Hearing, why: str) -> Hearing:
        remark = f"the language model {self._model} did not read it: {why}; these are the facts of the other readers"
        return own._replace(remarks=(*own.remarks, remark))


def _told(model: str, dropped: Counter[Reason]) -> Iterable[str]:
    if dropped:
        counts = ", ".join(f"{count} {REASONS[reason]}" for reason, count in sorted(dropped.items()))
        yield f"of what the language model {model} told, this was dropped: {counts}"
