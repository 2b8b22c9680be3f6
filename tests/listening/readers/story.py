"""Short scenes for the readers' tests: who is who, and what is said."""

from __future__ import annotations

from datetime import date

import pytest

from premortem.ledger.contents import Conversation, Turn
from premortem.listening.readers.assembly import Assembly
from premortem.listening.scene import Reading, Scene, Someone

NOT_YET = pytest.mark.xfail(reason="the model mishears this alone, without a talk around it", strict=False)
"""What a sales manager would hear and the model doesn't yet: a list of what to teach it next."""

IMKE = Someone("p-1", "buyer", "Imke Raatz", "Head of Fleet")
OBI = Someone("p-2", "seller", "Obi Lanfear", "Account Executive")
RUTA = Someone("p-3", "buyer", "Ruta Balode", "CFO")
PEOPLE = {one.id: one for one in (IMKE, OBI, RUTA)}
DAY = date(2026, 3, 18)  # a Wednesday


def call(*lines: str) -> Scene:
    """Lines of a call, 'I: …' by the buyer Imke, 'O: …' by the seller Obi."""
    speakers = {"I": IMKE.id, "O": OBI.id}
    turns = tuple(Turn(line[3:], line[0]) for line in lines)
    talk = Conversation("call", "vtt", turns)
    return Scene(
        talk,
        tuple(speakers[turn.speaker or ""] for turn in turns),
        PEOPLE,
        frozenset({"p-1", "p-2"}),
        DAY,
        "Raatz Haulage",
    )


def note(text: str) -> Scene:
    """A note that Obi wrote."""
    return Scene(Conversation("note", "note", (Turn(text),)), (OBI.id,), PEOPLE, frozenset({OBI.id}), DAY)


def read(scene: Scene) -> list[Reading]:
    return Assembly.found().read_all(scene)


def claims(*lines: str) -> list[str]:
    """The claims that all readers find in a call, in order."""
    return [one.claim for one in read(call(*lines))]


def the(claim: str, scene: Scene) -> Reading:
    """The only reading of a claim in a scene."""
    found = [one for one in read(scene) if one.claim == claim]
    assert len(found) == 1, found
    return found[0]


def words(scene: Scene, one: Reading) -> str:
    return scene.turns[one.turn].text[one.start : one.end]
