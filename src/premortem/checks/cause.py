"""What would most probably be written in a deal's post-mortem if it were lost today.

A finding weighs as much as post-mortems gave it: of the deals that were not won and in which it stood, how often was it
named as the cause. It weighs more the graver it is and the longer it has stood, and less while what it works through is
missing: a trial that nobody helps is harmless until something breaks in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from premortem.checks.base import counted
from premortem.checks.cause_record import COUNTED, Named
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Finding, Severity

AT_MOST = 3
"""The likely cause and the two next."""

AS_MUCH_AS = 4
"""Deals of the mean that are added to each record, so that two deals make no law."""

GRAVE: Mapping[Severity, float] = {"high": 1.0, "medium": 0.8, "low": 0.0}
"""What is mild by now is no cause."""

NEW = 0.85
"""What a finding weighs that came up with the last touch, beside one that has stood all along."""

LACKING = 0.7
"""What a finding weighs without its companion, or against what speaks the other way."""

WORKS_THROUGH = {
    "trial_unsupported": ("evaluation_problem", "no problem stands open in the trial"),
    "false_coach": ("competitor_ahead", "no rival is seen to lead"),
}
"""What turns a finding into a loss, and how to say that it is missing."""

SILENCES = frozenset(
    {
        "budget_unconfirmed",
        "decision_date_unknown",
        "decision_process_unknown",
        "economic_buyer_unknown",
        "no_coach",
        "no_impact",
        "use_case_not_understood",
    }
)
"""Findings that rest on what nobody said; where little was heard at all, they prove little."""
HEARD_ENOUGH = 30
"""Facts from which on a silence weighs in full."""

A_CHOICE_IS_BEING_MADE = "competitor_ahead"
HOLDS_UP_A_CHOICE = frozenset({"indecision", "no_impact", "status_quo_risk"})
"""These end in no decision; where a rival leads, somebody is deciding."""


def weigher(record: Mapping[str, Named] = COUNTED, as_much_as: float = AS_MUCH_AS) -> Mapping[str, float]:
    """What each finding weighs by its record, in 0..1, drawn to the mean; the mean itself stands under ''.

    A further cause counts as much as the main one: with the deals of one main cause left out, that names a cause that
    the labels have, too, in .83 of the others, and weighing the main one double only in .64.
    """
    stood = sum(one.stood for one in record.values())
    mean = sum(one.main + one.further for one in record.values()) / max(1, stood)
    weights = {
        check: (one.main + one.further + as_much_as * mean) / (one.stood + as_much_as) for check, one in record.items()
    }
    return weights | {"": mean}


WEIGHTS = weigher()


def weight(check: str, weights: Mapping[str, float] = WEIGHTS) -> float:
    return weights.get(check, weights[""])


def likely_causes(deal: Deal, findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """The three findings that could lose the deal, each with why, the likeliest first; none where all are mild."""
    standing = {one.check for one in findings}
    numbered = {touch.id: number for number, touch in enumerate(deal.touches)}
    lasted = {one.check: len(numbered) - numbered.get(one.first_visible or "", len(numbered)) for one in findings}
    heard = min(1.0, len(deal.facts) / HEARD_ENOUGH)
    rated = [
        (rate(one.check, one.severity, lasted[one.check] / max(1, len(numbered)), standing, heard), one)
        for one in findings
    ]
    ranked = sorted((pair for pair in rated if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].check))
    return tuple((one.check, _why(one, lasted[one.check], len(numbered), standing)) for _, one in ranked[:AT_MOST])


def rate(
    check: str,
    severity: Severity,
    stood: float,
    beside: Collection[str],
    heard: float = 1.0,
    weights: Mapping[str, float] = WEIGHTS,
) -> float:
    """How much speaks for a finding as the cause.

    `stood` is the part of the deal's touches, `beside` what else is, `heard` in 0..1 how much of what it takes to trust
    a silence was heard.
    """
    lacking = (LACKING if _lacks(check, beside) else 1.0) * (heard if check in SILENCES else 1.0)
    return weight(check, weights) * GRAVE[severity] * (NEW + (1 - NEW) * stood) * lacking


def _lacks(check: str, beside: Collection[str]) -> str | None:
    """What speaks against a finding as the cause, in words; None where nothing does."""
    through, missing = WORKS_THROUGH.get(check, ("", ""))
    if through and through not in beside:
        return missing
    if check in HOLDS_UP_A_CHOICE and A_CHOICE_IS_BEING_MADE in beside:
        return "a rival leads, so somebody is deciding"
    return None


def _why(one: Finding, lasted: int, touches: int, beside: Iterable[str]) -> str:
    grave = "Grave" if one.severity == "high" else "Not grave yet"
    told = f"{one.says} {grave}, seen in {lasted} of {counted(touches, 'touch')}"
    record = COUNTED.get(one.check)
    if record is None:
        told += "; how often it loses a deal has not been counted"
    elif named := record.main + record.further:
        told += f"; of {record.stood} labelled deals that were not won and in which it stood, it was a cause in {named}"
        told += f", the main one in {record.main}" if record.main else ""
    against = _lacks(one.check, frozenset(beside))
    return f"{told}. Against it speaks: {against}." if against else f"{told}."
