# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""The number that the buyer puts on the problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from premortem.ledger.claims import Claim
from premortem.listening.readers._cues import Cue, Heard, heard, hears, matches, reading
from premortem.listening.scene import Reading, Scene

GIVES: frozenset[Claim] = frozenset({"impact_quantified"})
NEEDS: frozenset[Claim] = frozenset()
VERSION = "1"

_N = r"(?:\d[\d.,']*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|a hundred|thousand|half)(?:[- ]\w+){0,4}?)"
NUMBERS = (
    Cue(
        "impact_quantified",
        "money",
        rf"\b(?:cost(?:s|ing|ed)?|lost|lose|losing|that's|it's|was|came to|comes to|worth|saves?|saving|is|penalt\w+|write off|wrote off|threw)\b.{{0,30}}(?:[€£$R] ?\d[\d.,']*\s?(?:k|m|million|thousand)?|\b{_N} (?:thousand|grand|k\b|million|euros?|pounds|dollars|bucks|rand|lakhs?|francs|kroner|naira|crowns|shillings|kilos?|tons?))",
        r"\bbudget|plan\b|price|offer|quote|list|discount|pay you|licen[cs]e|contract|sign|line\b|proposal|pot\b",
    ),
    Cue(
        "impact_quantified",
        "answered",
        rf"\b{_N}\b.{{0,15}}",
        after=r"\b(?:how (?:many|much|often|long|bad)|what (?:does|did|do).{0,30}cost|put a (?:number|figure|value)|in (?:hours|money)|add up|cost(?:s|ing)? you|what share|how big)\b",
    ),
)


def read(scene: Scene, before: Iterable[Reading]) -> Iterable[Reading]:
    yield from _numbers(scene)


def _numbers(scene: Scene) -> Iterator[Reading]:
    for said in heard(scene, "buyer"):
        for cue in NUMBERS:
            hit = hears(cue, said)
            if hit is not None and not _about_dates(said):
                yield reading(scene, cue, said, *hit.span())
                break


def _about_dates(said: Heard) -> bool:
    return (
        matches(
            r"\b(?:o'clock|january|february|march|april|june|july|august|september|october|november|december)\b",
            said.sentence.text,
        )
        is not None
    )
