"""How well sentences of real mails that ask the reader for something are told from those that don't."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from bench.bag_of_words import WORD
from bench.counting import area_under_curve
from premortem.listening.labels import REQUEST
from premortem.listening.windows import Window

ScoresRequests = Callable[[Sequence[str]], list[float]]
"""Sentences, each heard alone → the higher, the surer it asks for something."""


class Sentences(NamedTuple):
    texts: list[str]
    asks: list[bool]


def parted(file: Path, seed: int = 0) -> tuple[Sentences, Sentences]:
    """Four fifths to learn from and a fifth held back, drawn from the seed; a sentence that recurs is taken once."""
    told: dict[str, bool] = {}
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        asks, tab, text = line.partition("\t")
        if tab and text.strip():
            told.setdefault(" ".join(text.split()), asks == "Yes")
    texts = sorted(told)
    random.Random(seed).shuffle(texts)
    cut = len(texts) // 5
    back, learn = texts[:cut], texts[cut:]
    return Sentences(learn, [told[one] for one in learn]), Sentences(back, [told[one] for one in back])


def premortem() -> ScoresRequests | None:
    """As the product hears them; None where its learned model isn't installed."""
    if not (files("premortem.listening") / "model" / "reader.onnx").is_file():
        return None
    judge = import_module("premortem.listening.claim_model").judge

    def scores(sentences: Sequence[str]) -> list[float]:
        return [float(judge((Window(0, 0, len(one), "mail_buyer", one),))[0].of(REQUEST)) for one in sentences]

    return scores


def fitted_on(learn: Sentences) -> ScoresRequests:
    """A bag of words that learned from sentences of the same mails."""
    counts = import_module("sklearn.feature_extraction.text").CountVectorizer(
        ngram_range=(1, 3), token_pattern=WORD.pattern, binary=True
    )
    model = import_module("sklearn.linear_model").LogisticRegression(C=1.0, solver="liblinear", random_state=0)
    model.fit(counts.fit_transform(learn.texts), learn.asks)

    def scores(sentences: Sequence[str]) -> list[float]:
        found: list[float] = model.predict_proba(counts.transform(sentences))[:, 1].tolist()
        return found

    return scores


def measure(back: Sentences, scores: ScoresRequests) -> float:
    """The area under the curve on the sentences held back."""
    return area_under_curve(scores(back.texts), back.asks)
