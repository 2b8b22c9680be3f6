"""Deals told as text, each with what a review must find in it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from premortem.checks.review import Review, review
from tests.telling import told

STORIES = sorted(Path(__file__).parent.glob("*.md"))


def block(story: Path, name: str) -> str:
    found = re.search(rf"^```{name}\n(.*?)^```", story.read_text(), re.MULTILINE | re.DOTALL)
    assert found, f"{story.name} has no block '{name}'"
    return found[1]


def as_told(reviewed: Review, lines: list[str]) -> list[str]:
    """What the review says, in the words of a story's block 'found', about whatever that block speaks of."""
    says = [f"{one.check} {one.severity} since {one.first_visible}" for one in reviewed.findings] or ["nothing"]
    says += [line for name, _ in reviewed.signs if (line := f"{name} as a sign") in lines]
    if reviewed.likely_cause is not None:
        says.append(f"likely cause: {reviewed.likely_cause[0]}")
    for state in ("unknown", "asked", "unsure", "denied", "known"):
        if any(line.startswith(f"{state}:") for line in lines):
            says.append(f"{state}: " + ", ".join(one.what for one in reviewed.unknowns if one.state == state))
    return says


def test_there_are_stories() -> None:
    assert len(STORIES) >= 6


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_a_story_is_found_out(story: Path) -> None:
    expected = block(story, "found").splitlines()
    reviewed = review(told(block(story, "deal")))
    assert not reviewed.failed
    assert sorted(as_told(reviewed, expected)) == sorted(expected)
