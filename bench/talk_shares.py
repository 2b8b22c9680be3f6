"""How much each side of a call talked, by us and by ConvoKit's TalkTimeSharing, on the same calls and the same times.

ConvoKit declares torch with its CUDA libraries as needed and never loads them for this; where it is installed it is
measured, and where it isn't the table says how it can be.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from bench.facts import NOW
from premortem.ledger.contents import Conversation
from premortem.ledger.entries import Measures, Part, Side
from premortem.listening.formats.opening import open_touches
from premortem.listening.measures import measure as share

LEFT_OUT = (
    "left out: `pip install convokit` (5.0.0, tried on Python 3.11) brings 77 packages, torch with its CUDA libraries "
    "among them, some gigabytes; `pip install --no-deps convokit`, with pandas, matplotlib, msgpack-numpy, pymongo, "
    "dill, pyyaml, tqdm and requests (200 MB), is enough to have it measured here"
)


class Shared(NamedTuple):
    """`apart` is the mean difference of the larger side's share, 0..1; speeds are calls a second."""

    calls: int
    apart: float
    ours_per_s: float
    convokit_per_s: float


def calls(deals: Path) -> list[Conversation]:
    """The corpus's calls, each with two groups of speakers: whoever speaks first, and the rest."""
    found = [open_touches(path.name, path.read_bytes())[0] for path in sorted(deals.glob("*/touches/*.vtt"))]
    timed = [talk for talk in found if all(turn.start is not None and turn.end is not None for turn in talk.turns)]
    return [talk for talk in timed if len({turn.speaker for turn in talk.turns}) > 1]


def measure(talks: Sequence[Conversation]) -> Shared | None:
    """None where ConvoKit isn't installed."""
    if find_spec("convokit") is None:
        return None
    began = time.perf_counter()
    ours = [_ours(talk) for talk in talks]
    between = time.perf_counter()
    theirs = _convokit(talks)
    ended = time.perf_counter()
    apart = sum(abs(one - other) for one, other in zip(ours, theirs, strict=True)) / len(talks)
    return Shared(len(talks), apart, len(talks) / (between - began), len(talks) / (ended - between))


def _ours(talk: Conversation) -> float:
    speakers = [turn.speaker for turn in talk.turns]
    sides: dict[str, Side] = {one: "seller" if one == speakers[0] else "buyer" for one in speakers if one}
    parts = [Part(one, "spoke") for one in sides]
    shared: Measures | None = share(replace(talk, at=NOW), speakers, parts, sides, {})
    assert shared is not None, "a call in which nobody said a word"
    first = sum(voice.share for voice in shared.voices if sides[voice.person] == "seller")
    return max(first, sum(voice.share for voice in shared.voices) - first)


def _convokit(talks: Sequence[Conversation]) -> list[float]:
    model: Any = import_module("convokit")
    sharing: Any = import_module("convokit.talktimesharing")
    said = [one for number, talk in enumerate(talks) for one in _utterances(model, talk, str(number))]
    corpus = model.Corpus(utterances=said)
    sharing.TalkTimeSharing(remove_first_last_utt=False).transform(corpus)
    return [float(corpus.get_conversation(f"{number}-0").meta["balance_score"]) for number in range(len(talks))]


def _utterances(model: Any, talk: Conversation, name: str) -> list[Any]:
    return [
        model.Utterance(
            id=f"{name}-{number}",
            speaker=model.Speaker(id=f"{name}-{turn.speaker}"),
            conversation_id=f"{name}-0",
            reply_to=f"{name}-{number - 1}" if number else None,
            timestamp=number,
            text=turn.text,
            meta={
                "start": turn.start,
                "stop": turn.end,
                "utt_group": "groupA" if turn.speaker == talk.turns[0].speaker else "groupB",
            },
        )
        for number, turn in enumerate(talk.turns)
    ]
