"""What holds of every check on every story: the order of entries never matters, and nothing is said without grounds."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from premortem.checks.review import review
from premortem.ledger.entries import Entry, Finding
from tests.telling import told

STORIES = {story.stem: story for story in sorted((Path(__file__).parents[1] / "stories").glob("*.md"))}
PRESSURE = re.compile(
    r"\b(urgent|asap|hurry|last chance|final offer|expires?|sign (by|today|now|this)|only (today|until)|discount"
    r"|quarter|quota|my (boss|manager)|deadline|you (must|have to|need to)|before it is too late|trust me|honestly)\b",
    re.IGNORECASE,
)
NAME_OR_REF = re.compile(r"\{p-[0-9a-f]+\}")


def entries_of(story: Path) -> list[Entry]:
    text = story.read_text()
    return told(text.split("```deal\n")[1].split("```")[0])


def all_findings() -> list[tuple[str, Finding]]:
    return [(name, one) for name, story in STORIES.items() for one in review(entries_of(story)).findings]


FINDINGS = all_findings()
NAMES = {
    name
    for story in STORIES.values()
    for line in re.findall(r"^(?:sellers|buyers): (.+)$", story.read_text(), re.MULTILINE)
    for name in re.findall(r"[A-Z]\w+", line)
} | {"Dana", "Achieng", "Njeri", "Bursar", "Brightline"}


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(STORIES)), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_changes_an_answer(name: str, random: Random) -> None:
    entries = entries_of(STORIES[name])
    shuffled = entries[:]
    random.shuffle(shuffled)
    one, other = review(entries), review(shuffled)
    assert (one.findings, one.clear, one.not_applying) == (other.findings, other.clear, other.not_applying)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(STORIES)), st.data())
def test_any_part_of_a_story_can_be_reviewed(name: str, data: st.DataObject) -> None:
    entries = entries_of(STORIES[name])
    some = [entry for entry in entries if data.draw(st.booleans())] or entries
    reviewed = review(some)
    assert reviewed.failed == ()
    assert all(one.evidence or one.touches for one in reviewed.findings)


@pytest.mark.parametrize(("story", "found"), FINDINGS, ids=[f"{story}-{one.check}" for story, one in FINDINGS])
def test_a_finding_has_grounds_and_a_question_without_pressure_or_names(story: str, found: Finding) -> None:
    assert found.evidence or found.touches
    assert found.first_visible is not None
    assert "?" in found.ask.question
    assert not PRESSURE.search(found.ask.question)
    spoken = NAME_OR_REF.sub("", f"{found.says} {found.ask.question}")
    assert not NAMES & set(re.findall(r"\w+", spoken))
    assert "{" not in spoken


def test_every_reference_is_a_person_of_the_deal() -> None:
    for story in STORIES.values():
        reviewed = review(entries_of(story))
        refs = {person.ref for person in reviewed.deal.people.values()}
        for found in reviewed.findings:
            assert set(NAME_OR_REF.findall(found.says + found.ask.question)) <= refs
            assert found.ask.to is None or found.ask.to in reviewed.deal.people


def test_every_question_goes_to_a_buyer() -> None:
    for story in STORIES.values():
        reviewed = review(entries_of(story))
        assert all(one.ask.to is None or reviewed.deal.side(one.ask.to) == "buyer" for one in reviewed.findings)
