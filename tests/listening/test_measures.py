"""How talk is shared, told with small calls whose shares can be counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.ledger.contents import Conversation, Turn
from premortem.ledger.entries import Measures, Part, Side
from premortem.listening.formats import minutes, webvtt
from premortem.listening.formats.document import Document
from premortem.listening.measures import measure
from premortem.listening.people import Roster
from tests.material import material

SIDES: dict[str, Side] = {"ann": "seller", "petra": "buyer", "olu": "buyer"}


def measured(*turns: Turn, listed: tuple[str, ...] = ()) -> Measures:
    speakers = [turn.speaker for turn in turns]
    parts = [Part(one, "spoke") for one in dict.fromkeys(speakers) if one] + [Part(one, "listed") for one in listed]
    found = measure(Conversation("call", "test", turns), speakers, parts, SIDES, {"ann": 2})
    assert found is not None
    return found


def said(who: str | None, words: int, start: float | None = None, end: float | None = None) -> Turn:
    return Turn(" ".join(["word"] * words), who, start, end)


def test_shares_by_time() -> None:
    found = measured(said("ann", 60, 0, 30), said("petra", 20, 30, 40))
    assert found.by == "time"
    assert [(v.person, v.share, v.seconds, v.words, v.questions) for v in found.voices] == [
        ("ann", 0.75, 30, 60, 2),
        ("petra", 0.25, 10, 20, 0),
    ]
    assert found.first_buyer_turn == 30


def test_shares_by_words_where_there_are_no_times() -> None:
    found = measured(said("ann", 30), said("petra", 10), said("ann", 20))
    assert found.by == "words"
    assert [(v.person, round(v.share, 3), v.turns, v.longest_monologue) for v in found.voices] == [
        ("ann", 0.833, 2, 30),
        ("petra", 0.167, 1, 10),
    ]
    assert found.first_buyer_turn == 30


def test_a_second_in_which_two_speak_counts_to_each() -> None:
    found = measured(said("ann", 20, 0, 10), said("petra", 20, 5, 15))
    assert [voice.seconds for voice in found.voices] == [10, 10]


def test_one_voices_own_overlapping_cues_count_once() -> None:
    found = measured(said("ann", 20, 0, 10), said("ann", 20, 5, 12))
    assert found.voices[0].seconds == 12


@pytest.mark.parametrize(("start", "end"), [(10, 10), (10, 4000), (10, 5)])
def test_a_cue_of_absurd_length_counts_as_its_words_take(start: float, end: float) -> None:
    found = measured(said("ann", 20, 0, 10), said("petra", 25, start, end), said("ann", 20, 20, 30))
    assert next(voice.seconds for voice in found.voices if voice.person == "petra") == 10


def test_a_turn_without_an_end_goes_to_the_next_one() -> None:
    found = measured(said("ann", 20, 0), said("petra", 20, 8), said("ann", 20, 16))
    assert found.by == "time"
    assert next(voice.seconds for voice in found.voices if voice.person == "petra") == 8


def test_a_nod_does_not_break_a_monologue_and_an_answer_does() -> None:
    nod = measured(said("ann", 50, 0, 20), said("petra", 1, 20, 21), said("ann", 50, 21, 41))
    answer = measured(said("ann", 50, 0, 20), said("petra", 5, 20, 22), said("ann", 50, 22, 42))
    assert (nod.voices[0].longest_monologue, answer.voices[0].longest_monologue) == (40, 20)


def test_who_is_listed_and_never_speaks_is_silent() -> None:
    assert measured(said("ann", 5), listed=("ann", "olu")).silent == ("olu",)


def test_a_buyer_who_never_speaks_has_no_first_turn() -> None:
    assert measured(said("ann", 5)).first_buyer_turn is None


def test_a_voice_that_is_nobodys_counts_to_the_whole() -> None:
    assert [voice.share for voice in measured(said("ann", 30), said(None, 10)).voices] == [0.75]


@pytest.mark.parametrize(
    "conversation", [Conversation("mail", "t", (Turn("hi"),)), Conversation("call", "t", (Turn(""),))]
)
def test_no_measures_of_a_mail_or_of_silence(conversation: Conversation) -> None:
    assert measure(conversation, [None], [], {}, {}) is None


TURN = st.tuples(st.sampled_from(["ann", "petra", "olu"]), st.integers(1, 60), st.floats(0.1, 20))


@given(st.lists(TURN, min_size=1, max_size=30), st.booleans())
def test_shares_sum_to_one_and_no_monologue_is_longer_than_the_talk(
    talk: list[tuple[str, int, float]], timed: bool
) -> None:
    at, turns = 0.0, []
    for who, words, seconds in talk:
        turns.append(said(who, words, at, at + seconds) if timed else said(who, words))
        at += seconds
    found = measured(*turns)
    assert sum(voice.share for voice in found.voices) == pytest.approx(1, abs=1e-6)
    for voice in found.voices:
        whole = voice.seconds if voice.seconds is not None else voice.words
        assert (voice.longest_monologue or 0) <= whole + 1e-6


@pytest.mark.material
def test_committee_minutes_tell_who_stayed_silent() -> None:
    """The attendee tables of real minutes say who was there; whoever opens no turn was silent.

    A few turns bear letters that no table explains; whom they are taken for may differ from the table's silence.
    """
    people = right = 0
    for path in sorted(material("data/tc39").glob("*/*.md")):
        if path.name == "README.md":
            continue
        for day in minutes.read(Document(path.name, path.read_bytes())):
            roster = Roster(path.stem)
            seating = roster.seat(day)
            found = measure(day, seating.speakers, seating.parts, {}, {})
            assert found is not None
            silent = {roster.card(one).name for one in found.silent}
            spoke = {turn.speaker for turn in day.turns}
            for name in {mention.name for mention in day.mentions}:
                people, right = people + 1, right + ((name in silent) == (name not in spoke))
    assert people > 400
    assert right / people > 0.98, f"{right} of {people}"


@pytest.mark.material
def test_real_recordings_are_shared_out_completely() -> None:
    for path in sorted(material("data/zoom-vtt").glob("*/transcript.vtt")):
        [call] = webvtt.read(Document(path.name, path.read_bytes()))
        seating = Roster(path.parent.name).seat(call)
        found = measure(call, seating.speakers, seating.parts, {}, {})
        assert found is not None
        assert found.by == "time"
        named = all(seating.speakers)
        assert sum(voice.share for voice in found.voices) == pytest.approx(1, abs=1e-6 if named else 0.2)
