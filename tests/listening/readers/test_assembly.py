"""Readers are found by their place, ordered by need, and refused where they don't fit."""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from premortem.ledger.claims import may_say
from premortem.listening.readers.assembly import (
    Assembly,
    ReadersDontFit,
    assemble,
    find_readers,
    name_of,
    read_all,
    reading_version,
)
from premortem.listening.scene import Reader, Reading, Scene
from premortem.listening.sentences import words_in
from tests.listening.readers.story import call, note, read


def reader(name: str, gives: set[str], needs: set[str], found: Iterable[Reading] = ()) -> Reader:
    def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
        return found

    made: Any = SimpleNamespace(__name__=name, GIVES=frozenset(gives), NEEDS=frozenset(needs), VERSION="1", read=read)
    return cast(Reader, made)


def test_the_packages_own_readers_fit_together_and_give_what_the_checks_need() -> None:
    given_claims = {claim for one in find_readers() for claim in one.GIVES}
    assert {"person_named", "decision_maker_named", "introduction_refused", "next_step_agreed"} <= given_claims


def test_a_reader_comes_after_the_one_it_needs() -> None:
    second, first = reader("second", {"will_fight"}, {"person_named"}), reader("first", {"person_named"}, set())
    assert [name_of(one) for one in assemble([second, first])] == ["first", "second"]


def test_a_need_that_nobody_meets_is_refused_by_name() -> None:
    with pytest.raises(ReadersDontFit, match="The reader lonely needs the claim 'person_named', which no reader gives"):
        assemble([reader("lonely", {"will_fight"}, {"person_named"})])


def test_readers_that_need_each_other_are_refused() -> None:
    hen, egg = reader("hen", {"wants_us"}, {"will_fight"}), reader("egg", {"will_fight"}, {"wants_us"})
    with pytest.raises(ReadersDontFit, match="hen, egg need each other in a circle"):
        assemble([hen, egg])


def test_a_module_that_is_no_reader_is_refused() -> None:
    with pytest.raises(ReadersDontFit, match="The reader half lacks NEEDS, VERSION, read"):
        assemble([cast(Reader, SimpleNamespace(__name__="half", GIVES=frozenset()))])


def test_a_claim_that_is_none_is_refused() -> None:
    with pytest.raises(ReadersDontFit, match="speaks of 'love', which is no claim"):
        assemble([reader("poet", {"love"}, set())])


def test_what_a_side_may_not_say_is_dropped_and_of_doubles_the_surest_stays() -> None:
    said = [
        Reading("budget_missing", 0, 0, 9, 0.5),
        Reading("budget_missing", 1, 0, 9, 0.4),
        Reading("budget_missing", 1, 3, 9, 0.8),
    ]
    scene = call("O: No budget here.", "I: No budget here.")
    kept = read_all(scene, [reader("money", {"budget_missing"}, set(), said)])
    assert kept == [replace(said[2], reader="money")]


def test_two_people_in_one_turn_are_two_facts() -> None:
    said = [Reading("person_named", 0, 0, 4, 0.5, person=person) for person in ("p-3", "p-4")]
    assert len(read_all(call("I: Ruta and Gerrit."), [reader("names", {"person_named"}, set(), said)])) == 2


def test_the_version_changes_with_any_reader_and_not_with_their_order() -> None:
    one, other = reader("one", set(), set()), reader("other", set(), set())
    assert reading_version([one, other]) == reading_version([other, one])
    assert reading_version([one]) != reading_version([one, other])


@settings(deadline=None)  # the first one loads the model
@given(st.lists(st.tuples(st.sampled_from("IO"), st.text("abc ER,.?'\n0$—İ", max_size=60)), max_size=6))
def test_whatever_is_said_every_reading_is_a_stretch_of_it_that_its_speaker_may_say(
    said: list[tuple[str, str]],
) -> None:
    scene = call(*(f"{who}: {text}" for who, text in said))
    for one in Assembly.found().read_all(scene):
        text = scene.turns[one.turn].text
        assert 0 <= one.start < one.end <= len(text)
        assert 0 < one.confidence < 1
        assert words_in(text[one.start : one.end]) <= 40
        assert may_say(one.claim, scene.side(one.turn), scene.in_note)


def test_what_is_not_sure_enough_is_not_proposed_and_whoever_reads_sets_how_sure() -> None:
    said = [Reading("budget_missing", 0, 0, 2, 0.49), Reading("price_objection", 0, 0, 2, 0.8)]
    money = reader("money", {"budget_missing", "price_objection"}, set(), said)
    scene = call("I: No budget here, and it is dear.")
    kept = {sure: [one.claim for one in Assembly.of([money], sure).read_all(scene)] for sure in (0.4, 0.5, 0.9)}
    assert kept == {0.4: ["budget_missing", "price_objection"], 0.5: ["price_objection"], 0.9: []}
    assert Assembly.of([money], 0.5).version != Assembly.of([money], 0.9).version


def test_a_note_four_times_as_long_takes_about_four_times_as_long() -> None:
    said = "Met Imke at the depot. Ruta signs anything over 5000. Not before May. Asked for a word with Ruta. "
    took = []
    for times in (30, 60, 240):  # the first time loads the model; none is read twice, since what was judged is kept
        began = process_time()
        read(note(said * times))
        took.append(process_time() - began)
    assert took[2] < 10 * took[1] + 0.2
