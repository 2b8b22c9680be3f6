"""A reader of one pattern, for tests of what stands around readers: whoever 'signs' decides."""

from __future__ import annotations

import re
from collections.abc import Iterable

from premortem.ledger.claims import Claim
from premortem.listening.readers._about import Spoken
from premortem.listening.readers._quoted import quoted
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"decision_maker_named"})
NEEDS: frozenset[Claim] = frozenset({"person_named"})
VERSION = "1"


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    spoken = Spoken(scene)
    for number, turn in enumerate(scene.turns):
        if scene.side(number) == "seller" and not scene.in_note:
            continue
        for hit in re.finditer(r"\bsigns\b", turn.text):
            found = quoted(scene, "decision_maker_named", number, *hit.span(), 0.8)
            yield spoken.about(found, scene.speakers[number])
