"""The learned reader's model: windows in, for each of them how surely it carries each label, and where.

It runs on the machine's own processor. ONNX Runtime and numpy are known here alone, and are loaded when the first
window is judged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple

from premortem.ledger.claims import TOPICS
from premortem.listening.labels import LABEL_NUMBER, LABELS
from premortem.listening.passages import Passage, Tokens, passages, tokens_of
from premortem.listening.windows import Window
from premortem.listening.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

THREADS = "PREMORTEM_THREADS"
"""How many cores the model may use; all of them where it isn't set."""

CARRIES = 0.35
"""A word belongs to a quote where it carries the label at least this much as surely as the surest word does."""


class Judged(NamedTuple):
    """A window as the model hears it: `sure` is calibrated, 0..1, a label; `topic` the likeliest one of a question."""

    sure: tuple[float, ...]
    topic: str
    tokens: Tokens
    carried: Numbers
    """(tokens, labels): how likely each token is part of what carries the label, 0..1."""

    def of(self, label: str) -> float:
        return self.sure[LABEL_NUMBER[label]]

    def place(self, label: str) -> tuple[int, int]:
        """Characters of the window's text that carry the label: around its surest word, one weak word allowed."""
        told = self.carried[:, LABEL_NUMBER[label]]
        own = [number for number, (start, end) in enumerate(self.tokens.places) if end > start]
        if not own:
            return 0, 0
        best = max(own, key=lambda number: float(told[number]))
        first = _reach(told, best, -1, own[0])
        last = _reach(told, best, 1, own[-1])
        return self.tokens.places[first][0], self.tokens.places[last][1]


def _reach(told: Numbers, best: int, step: int, stop: int) -> int:
    least = CARRIES * float(told[best])
    at = best
    while at != stop:
        ahead = [at + step] if at + step == stop else [at + step, at + 2 * step]
        reached = next((one for one in ahead if float(told[one]) >= least), None)
        if reached is None:
            return at
        at = reached
    return at


@lru_cache(maxsize=4)
def judge(windows: tuple[Window, ...]) -> tuple[Judged, ...]:
    """Each window of one talk, judged in the light of the others."""
    if not windows:
        return ()
    model = _model()
    tokens = tokens_of(windows, model.vocabulary)
    return tuple(judged for one in passages(tokens) for judged in model.judge(one))


class _Model:
    """The session, its tokenizer and its calibration."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ.get(THREADS) or len(os.sched_getaffinity(0)))
        options.inter_op_num_threads = 1
        folder = files("premortem.listening") / "model"
        with as_file(folder / "reader.onnx") as file:
            self.session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self.vocabulary = vocabulary_shipped()
        told: dict[str, Any] = json.loads((folder / "confidence.json").read_text(encoding="utf-8"))
        self.slopes = [told["labels"][label]["slope"] for label in LABELS]
        self.offsets = [told["labels"][label]["offset"] for label in LABELS]

    def judge(self, one: Passage) -> Iterator[Judged]:
        """The windows of a passage that aren't only context, in order.

        A passage at a time: it stays in the processor's caches, and what is heard in it depends on nothing beside it,
        since the scale of the eight bits is set by all that is read at once.
        """
        import numpy as np

        given = {
            "ids": np.array([one.ids], dtype=np.int64),
            "owners": np.array([one.owners], dtype=np.int64),
            "windows": np.arange(len(one.tokens), dtype=np.int64),
        }
        (labels,), (tags,), (topics,) = self.session.run(["labels", "tags", "topics"], given)
        sure = 1 / (1 + np.exp(-(labels * np.array(self.slopes) + np.array(self.offsets))))
        carried = (1 / (1 + np.exp(-tags))).astype(np.float32)
        names = tuple(TOPICS)
        at = 1
        for window, tokens in enumerate(one.tokens):
            if window >= one.known:
                topic = names[int(topics[window].argmax())]
                yield Judged(tuple(sure[window].tolist()), topic, tokens, carried[at : at + len(tokens.ids)])
            at += len(tokens.ids)


def vocabulary_shipped() -> WordPiece:
    """The vocabulary that the model was taught with."""
    return WordPiece.of_lines((files("premortem.listening") / "model" / "vocabulary.txt").read_text(encoding="utf-8"))


@cache
def _model() -> _Model:
    return _Model()
