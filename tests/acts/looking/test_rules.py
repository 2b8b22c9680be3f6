"""A firm of twenty-three deals whose counts are known by hand, put to the real checks and to one of its own."""

from __future__ import annotations

import msgspec
from rich.console import Console

from premortem.acts.looking.rules import RulesDocument, RuleShown, rules
from premortem.checks.base import Answer, Clear, Raised, ask
from premortem.checks.gone_quiet import check as gone_quiet
from premortem.cli.show_rules import show_rules
from premortem.ledger.contents import MemoryLedger
from premortem.ledger.deal import Deal
from premortem.ledger.norms import Norms
from tests.telling import told

MET = "sellers: Ines\nbuyers: Tom\n2026-01-05 call: Ines 40%, Tom 60%\n"
CHASED = MET + "2026-01-26 mail Ines to Tom\n2026-02-05 mail Ines to Tom\n"
ANSWERED = MET + "2026-01-12 mail Tom to Ines\n"


def firm(*stories: str) -> MemoryLedger:
    ledger = MemoryLedger()
    for number, story in enumerate(stories):
        entries = told("deal: One of ours\n" + story)
        ledger.store.append([msgspec.structs.replace(entry, deal=f"d-{number:02d}") for entry in entries])
    return ledger


def silence_loses() -> MemoryLedger:
    """14 not won, 12 of them after a silence; 8 won, 1 of them after a silence; 1 goes on."""
    return firm(
        *[CHASED + "2026-02-15 lost to Brightline\n"] * 7,
        *[CHASED + "2026-02-25 no_decision\n"] * 4,
        CHASED + "2026-02-09 other_way\n",
        *[ANSWERED + "2026-01-20 lost to Brightline\n"] * 2,
        CHASED + "2026-02-15 won\n",
        *[ANSWERED + "2026-01-20 won\n"] * 7,
        CHASED,
    )


def rule(document: RulesDocument, check: str) -> RuleShown:
    (found,) = [one for one in document.checks if one.check == check]
    return found


def test_counts_and_days_are_those_known_by_hand() -> None:
    document = rules(silence_loses(), put={"gone_quiet": gone_quiet})
    found = rule(document, "gone_quiet")
    assert document.ended == {"lost": 9, "no_decision": 4, "other_way": 1, "won": 8}
    assert document.left_out == {"it goes on": 1}
    assert [(one.fired, one.of) for one in (found.lost, found.no_decision, found.other_way, found.won)] == [
        (7, 9),
        (4, 4),
        (1, 1),
        (1, 8),
    ]
    assert found.verdict == "earns its keep"
    assert found.holds_among_all
    days = found.days_before_the_end
    assert days is not None
    # Silent since 5 January, too long from the 27th on: the mail of 5 February is the first touch that shows it.
    assert (days.least, days.median, days.most, days.deals) == (4, 10, 20, 12)


def test_the_reason_says_the_counts() -> None:
    found = rule(rules(silence_loses(), put={"gone_quiet": gone_quiet}), "gone_quiet")
    assert found.why.startswith(
        "it stood on 12 of 14 deals that were not won and on 1 of 8 that were: 73 points (30 to 88) more often"
    )


def test_what_comes_only_at_the_very_end_is_said_to_come_late() -> None:
    def goodbye(deal: Deal, norms: Norms) -> Answer:
        last = deal.touches[-1]
        return Raised("high", "bye", ask("why?")) if last.type == "note" else Clear("no")

    leaving = MET + "2026-02-10 note by Ines, met Tom\n2026-02-12 lost to Brightline\n"
    document = rules(firm(*[leaving] * 12, *[ANSWERED + "2026-01-20 won\n"] * 10), put={"goodbye": goodbye})
    assert rule(document, "goodbye").verdict == "earns its keep"
    assert rule(document, "goodbye").why.endswith("; but it comes late, half of the time in the last 2 days")


def test_a_young_ledger_says_that_it_is_too_young() -> None:
    document = rules(firm(CHASED + "2026-02-15 lost to Brightline\n", ANSWERED + "2026-01-20 won\n"))
    assert {one.verdict for one in document.checks} <= {"can't tell yet", "never fired"}
    assert "2 that can be looked at have ended so far" in document.cautions[1]
    assert "too few to judge" in rule(document, "gone_quiet").why


def test_an_empty_ledger_is_told_without_a_stumble() -> None:
    document = rules(MemoryLedger())
    assert sum(document.ended.values()) == 0
    assert {one.verdict for one in document.checks} == {"never fired"}
    assert rule(document, "gone_quiet").won.share is None
    assert "0 deals that ended" in shown(document)


def test_many_records_side_by_side_come_with_a_caution() -> None:
    def never(deal: Deal, norms: Norms) -> Answer:
        return Clear("no")

    def half(deal: Deal, norms: Norms) -> Answer:
        return Raised("low", "odd", ask("why?")) if int(deal.id[-1]) % 2 else Clear("even")

    document = rules(silence_loses(), put={"gone_quiet": gone_quiet, "half": half, "never": never})
    assert [one.verdict for one in document.checks] == ["earns its keep", "can't tell yet", "never fired"]
    assert document.cautions[1].startswith("2 records are judged side by side.")
    assert "Of the 1 that seem to, 1 still would" in document.cautions[1]


def test_a_check_that_breaks_is_named_and_takes_no_other_with_it() -> None:
    def broken(deal: Deal, norms: Norms) -> Answer:
        raise RuntimeError("out of order")

    document = rules(silence_loses(), put={"broken": broken, "gone_quiet": gone_quiet})
    assert [one.check for one in document.failed] == ["broken"]
    assert "out of order" in document.failed[0].why
    assert rule(document, "gone_quiet").verdict == "earns its keep"


def test_progress_is_told_deal_by_deal() -> None:
    steps: list[tuple[str, int, int]] = []
    rules(silence_loses(), put={}, progress=lambda *step: steps.append(step))
    assert (steps[0], steps[-1]) == (("d-00", 1, 23), ("d-22", 23, 23))


def test_people_read_it_by_verdict() -> None:
    text = shown(rules(silence_loses(), put={"gone_quiet": gone_quiet}))
    assert "22 deals that ended" in text
    assert "Left out: 1, since it goes on." in text
    (line,) = [line for line in text.splitlines() if "gone quiet" in line]
    assert " ".join(line.split()) == "gone quiet* 7/9 4/4 1/1 1/8 86 (60–96) 12 (2–47) +73 (+30 to +88) 10 (4–20)"
    assert text.index("Earns its keep") < text.index("gone quiet")


def test_programs_read_the_same() -> None:
    document = rules(silence_loses(), put={"gone_quiet": gone_quiet})
    assert msgspec.json.decode(msgspec.json.encode(document), type=RulesDocument) == document


def shown(document: RulesDocument) -> str:
    console = Console(width=110, highlight=False)
    with console.capture() as caught:
        show_rules(console, document)
    return caught.get()
