"""The model to beat: words, pairs and triples of words, and one logistic regression a label.

It learns from the same corpus as the product's reader, hears the window before each, and knows who speaks. Each label
has its own threshold, set on a part of the corpus that its first fit never saw. As a reader it goes the same way as the
product's own: same windows, same sides, same rules of who may say what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, get_args

from premortem.ledger.claims import Claim
from premortem.listening.labels import LABELS, REQUEST
from premortem.listening.readers.assembly import SURE_ENOUGH
from premortem.listening.scene import Reading, Scene
from premortem.listening.windows import Mark, Window, windows
from training.corpus import Talk

CLAIM_NAMES: tuple[Claim, ...] = get_args(Claim)
WORD = re.compile(r"[\w']+")
TUNED_ON = 5
"""Every so-manieth source sets the thresholds."""
FEWEST = 5
"""With fewer examples than this a label is never told."""


class BagOfWords:
    """A fitted model: how likely each window of a talk carries each label. Picklable, so a fresh process can time it.

    `GIVES`, `NEEDS`, `VERSION` and `read` make it a reader.
    """

    GIVES: frozenset[Claim] = frozenset(CLAIM_NAMES)
    NEEDS: frozenset[Claim] = frozenset()
    VERSION = "bag-of-words/1"

    def __init__(self, talks: Sequence[Talk]) -> None:
        self._words = _counts()
        told = [text for talk in talks for text in _texts(talk.windows)]
        counts = self._words.fit_transform(told)
        tuned = set(sorted({talk.source for talk in talks})[::TUNED_ON])
        sources = [talk.source in tuned for talk in talks for _ in talk.windows]
        taught = [talk.taught for talk in talks for _ in talk.windows]
        carried = [{span.label for span in spans} for talk in talks for spans in talk.spans]
        self._models: dict[str, Any] = {}
        self.thresholds: dict[str, float] = {}
        for label in LABELS:
            rows = [number for number, one in enumerate(taught) if label in one]
            truth = [label in carried[number] for number in rows]
            if sum(truth) < FEWEST:
                continue
            self._fit(label, counts[rows], truth, [sources[number] for number in rows])

    def _fit(self, label: str, counts: Any, truth: list[bool], tuned: list[bool]) -> None:
        learn = [number for number, one in enumerate(tuned) if not one]
        tune = [number for number, one in enumerate(tuned) if one]
        self.thresholds[label] = 0.5
        if sum(truth[number] for number in learn) >= FEWEST and any(truth[number] for number in tune):
            first = _regression().fit(counts[learn], [truth[number] for number in learn])
            likely = first.predict_proba(counts[tune])[:, 1].tolist()
            self.thresholds[label] = best_threshold(likely, [truth[number] for number in tune])
        self._models[label] = _regression().fit(counts, truth)

    def tells(self, talk: Sequence[Window], label: str) -> list[bool]:
        """Whether each window of one talk carries a label."""
        likely = self._likely(label, self._words.transform(_texts(talk)))
        return [one >= self.thresholds.get(label, 1.0) for one in likely]

    def request_scores(self, sentences: Sequence[str]) -> list[float]:
        """How likely each sentence of a mail, heard alone, asks the reader for something."""
        alone = [(Window(0, 0, len(one), "mail_buyer", one),) for one in sentences]
        return self._likely(REQUEST, self._words.transform([text for one in alone for text in _texts(one)]))

    def read(self, scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
        """Readings for `Assembly`, each a whole window, sure enough wherever it reaches its label's threshold."""
        found = windows(scene)
        if not found:
            return
        counts = self._words.transform(_texts(found))
        for claim in CLAIM_NAMES:
            least = self.thresholds.get(claim, 1.0)
            for window, likely in zip(found, self._likely(claim, counts), strict=True):
                if likely >= least:
                    yield Reading(claim, window.turn, window.start, window.end, max(likely, SURE_ENOUGH))

    def _likely(self, label: str, counts: Any) -> list[float]:
        """How likely each row carries a label, 0..1; never, where too few examples taught it."""
        if label not in self._models:
            return [0.0] * int(counts.shape[0])
        found: list[float] = self._models[label].predict_proba(counts)[:, 1].tolist()
        return found


def _texts(talk: Sequence[Window]) -> list[tuple[Mark, str, str]]:
    """Each window as (who speaks, what was said just before, what is said)."""
    before = ["", *(window.text for window in talk[:-1])]
    return [(window.mark, earlier, window.text) for window, earlier in zip(talk, before, strict=True)]


def features(told: tuple[Mark, str, str]) -> list[str]:
    """The voice, the words, pairs and triples of the window, and apart from them those of the one before."""
    mark, before, text = told
    return [f"@{mark}", *_runs(text, ""), *_runs(before, "<")]


def _runs(text: str, sign: str) -> list[str]:
    words = WORD.findall(text.lower().replace("’", "'"))
    return [sign + " ".join(words[at : at + length]) for length in (1, 2, 3) for at in range(len(words) - length + 1)]


def _counts() -> Any:
    text = import_module("sklearn.feature_extraction.text")
    return text.TfidfVectorizer(analyzer=features, min_df=2, sublinear_tf=True)


def _regression() -> Any:
    return import_module("sklearn.linear_model").LogisticRegression(C=10.0, solver="liblinear", random_state=0)


def best_threshold(likely: Sequence[float], truth: Sequence[bool]) -> float:
    """The likelihood from which saying yes gives the best F1, midway to the next one below it."""
    ranked = sorted(zip(likely, truth, strict=True), reverse=True)
    below = [*(one for one, _ in ranked[1:]), 0.0]
    true_ones = sum(truth)
    right, best, at = 0, 0.0, 0.5
    for said, ((one, true), next_one) in enumerate(zip(ranked, below, strict=True), 1):
        right += true
        f1 = 2 * right / (said + true_ones)
        if f1 > best and one > next_one:
            best, at = f1, (one + next_one) / 2
    return at
