"""The questions of a touch, and in a mail the requests: 'I still don't have your figures' asks for something."""

from __future__ import annotations

from collections.abc import Iterator

from premortem.listening.labels import REQUEST
from premortem.listening.questions import Asked, invites_more, questions
from premortem.listening.readers._listened import Listened
from premortem.listening.scene import Scene

SURE = 0.5
"""A request that is heard less surely than this is none."""


def asked_in(scene: Scene) -> Iterator[tuple[int, Asked]]:
    """(turn, question) in the order in which they were asked. A note reports, and asks nobody anything."""
    if scene.in_note:
        return
    requests = _requests(scene) if scene.conversation.type == "mail" else []
    for number, turn in enumerate(scene.turns):
        asked = questions(turn.text)
        more = [
            one for turn_of, one in requests if turn_of == number and not any(_overlap(one, other) for other in asked)
        ]
        for one in sorted([*asked, *more]):
            yield number, one


def _requests(scene: Scene) -> list[tuple[int, Asked]]:
    return [
        (window.turn, Asked(window.start, window.end, invites_more(window.text)))
        for window, judged in Listened(scene).windows
        if judged.of(REQUEST) >= SURE
    ]


def _overlap(one: Asked, other: Asked) -> bool:
    return one.start < other.end and other.start < one.end
