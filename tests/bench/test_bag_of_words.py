"""The model to beat hears words, who speaks and what was said just before, and is a reader like any other."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from bench.bag_of_words import BagOfWords, best_threshold, features
from premortem.ledger.claims import CLAIMS
from premortem.ledger.contents import Conversation, Turn
from premortem.listening.labels import REQUEST
from premortem.listening.readers.assembly import Assembly
from premortem.listening.scene import Scene, Someone
from premortem.listening.windows import Window
from training.corpus import Span, Talk


def test_a_window_is_its_voice_its_words_and_those_before_it() -> None:
    assert features(("buyer", "Who signs?", "Not me")) == [
        "@buyer",
        *("not", "me", "not me"),
        *("<who", "<signs", "<who signs"),
    ]


def test_the_threshold_is_where_f1_is_best() -> None:
    assert best_threshold([0.9, 0.6, 0.4, 0.1], [True, True, False, False]) == 0.5
    assert best_threshold([0.4, 0.4, 0.2], [True, False, False]) == pytest.approx(0.3)
    assert best_threshold([0.3, 0.2], [False, False]) == 0.5


def lesson(number: int) -> Talk:
    said = ("who signs for that", f"Ottoline signs everything over {number} hundred", "see you on Tuesday")
    marks = ("seller", "buyer", "buyer")
    found = tuple(Window(at, 0, len(text), marks[at], text) for at, text in enumerate(said))  # type: ignore[arg-type]
    spans = ((), (Span("decision_maker_named", 0, 10),), ())
    return Talk(f"deal-{number}", found, spans, frozenset(CLAIMS))


def test_fitted_it_reads_a_scene_and_says_nothing_of_what_it_was_not_taught() -> None:
    pytest.importorskip("sklearn", reason="needs scikit-learn: make bench-listening installs it")
    model: BagOfWords = pickle.loads(pickle.dumps(BagOfWords([lesson(number) for number in range(30)])))
    turns = (
        Turn("who signs for that", "Conrad"),
        Turn("Ottoline signs everything", "Rada"),
        Turn("see you on Tuesday", "Rada"),
    )
    people = {"Conrad": Someone("Conrad", "seller", "Conrad"), "Rada": Someone("Rada", "buyer", "Rada")}
    scene = Scene(
        Conversation("call", "test", turns), ("Conrad", "Rada", "Rada"), people, frozenset(), date(2026, 3, 3)
    )
    found = Assembly.of([model]).read_all(scene)
    assert [(one.claim, one.turn) for one in found] == [("decision_maker_named", 1)]
    assert REQUEST not in model.thresholds
    assert model.request_scores(["please send it"]) == [0.0]
