from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from premortem.checks.base import Answer, Clear, DoesNotApply, Raised, Sign, ask
from premortem.learning.record import (
    End,
    Fired,
    Kind,
    LeftOut,
    Past,
    Record,
    holds_among,
    past_of,
    records,
    verdict,
)
from premortem.ledger.deal import Deal
from premortem.ledger.entries import Outcome
from premortem.ledger.norms import Norms
from tests.telling import told

SIGNED_BY = '  Tom decision_maker_named Dana "Dana signs"\n'
RIVAL = '  Tom competitor_named =Brightline "Brightline was here"\n'


def rival_here(deal: Deal, norms: Norms) -> Answer:
    """Fires as long as the last touch speaks of a rival."""
    named = {known.fact.touch for known in deal.said("competitor_named")}
    return Raised("high", "a rival", ask("who?")) if deal.touches[-1].id in named else Clear("no rival")


def signer_unmet(deal: Deal, norms: Norms) -> Answer:
    """A sign once somebody is said to sign."""
    signs = deal.said("decision_maker_named")
    return Sign("somebody signs", ask("who?")) if signs else DoesNotApply("nobody is said to sign")


def month_of_silence(deal: Deal, norms: Norms) -> Answer:
    quiet = (deal.as_of.date() - deal.touches[-1].at.date()).days
    return Raised("high", "quiet", ask("what changed?")) if quiet >= 30 else Clear("not quiet")


def usual(deal: Deal) -> Norms:
    return Norms()


PUT = {"month_of_silence": month_of_silence, "rival_here": rival_here, "signer_unmet": signer_unmet}


def past(story: str) -> Past:
    found = past_of(told("deal: A story\nsellers: Ines\nbuyers: Tom\n" + story), usual, PUT)
    assert isinstance(found, Past), found
    return found


def left_out(story: str) -> str:
    found = past_of(told("deal: A story\nsellers: Ines\nbuyers: Tom\n" + story), usual, PUT)
    assert isinstance(found, LeftOut), found
    return found.why


CALLED = "2026-01-05 call: Ines 40%, Tom 60%\n"


def test_what_fired_is_dated_to_the_touch_since_which_it_stood() -> None:
    found = past(
        CALLED + RIVAL + "2026-01-12 mail Tom to Ines\n"
        "2026-01-19 call: Ines 40%, Tom 60%\n" + RIVAL + "2026-01-26 call: Ines 40%, Tom 60%\n" + RIVAL + ""
        "2026-02-08 lost to Brightline\n"
    )
    assert found.end == "lost"
    assert found.days == {("rival_here", "finding"): 20}


def test_what_was_cured_did_not_fire_but_the_deal_counts() -> None:
    found = past(CALLED + RIVAL + "2026-01-12 mail Tom to Ines\n2026-01-20 won\n")
    assert found.days == {}
    assert "rival_here" in found.could


def test_a_deal_counts_only_where_the_check_could_be_put_to_it() -> None:
    assert "signer_unmet" not in past(CALLED + "2026-01-20 won\n").could
    found = past(CALLED + SIGNED_BY + "2026-01-20 won\n")
    assert "signer_unmet" in found.could
    assert found.days == {("signer_unmet", "sign"): 15}


def test_the_day_of_the_end_and_after_tell_nothing() -> None:
    found = past(CALLED + "2026-01-20 mail Tom to Ines\n" + RIVAL + "2026-01-20 lost to Brightline\n")
    assert found.days == {}


def test_what_time_alone_raised_is_dated_to_its_own_day() -> None:
    found = past(CALLED + "2026-04-15 no_decision\n")
    assert found.days == {("month_of_silence", "finding"): (date(2026, 4, 15) - date(2026, 2, 4)).days}
    assert past(CALLED + "2026-02-04 no_decision\n").days == {}
    assert past(CALLED + "2026-02-05 no_decision\n").days == {("month_of_silence", "finding"): 1}


def test_deals_that_tell_nothing_say_why() -> None:
    assert left_out(CALLED) == "it goes on"
    assert left_out("2026-01-05 lost to Brightline\n" + CALLED) == "nothing is known from before its end"
    *before, end = told("deal: A story\nsellers: Ines\n" + CALLED + "2026-01-20 won\n")
    found = past_of([*before, replace(end, body=Outcome("unknown"))], usual, PUT)
    assert found == LeftOut("d-story", "nobody knows how it ended")


def test_a_check_that_breaks_counts_nowhere_and_is_named() -> None:
    def broken(deal: Deal, norms: Norms) -> Answer:
        if len(deal.touches) == 1:
            raise RuntimeError("no")
        return Raised("high", "says", ask("what?"))

    story = "deal: A\nsellers: Ines\n" + CALLED + "2026-01-12 mail Tom to Ines\n2026-02-01 won\n"
    found = past_of(told(story), usual, {"broken": broken})
    assert isinstance(found, Past)
    assert (found.could, found.days) == (frozenset(), {})
    assert [failure.check for failure in found.failed] == ["broken"]


def test_every_end_is_counted_by_itself() -> None:
    ends: list[tuple[End, int | None]] = [
        ("lost", 30),
        ("lost", 10),
        ("lost", None),
        ("no_decision", 80),
        ("other_way", None),
        ("won", 5),
        ("won", None),
        ("won", None),
    ]
    pasts = [_past(end, days) for end, days in ends]
    (record,) = records(pasts, ["a_check"])
    assert record.by_end == {
        "lost": Fired(2, 3),
        "no_decision": Fired(1, 1),
        "other_way": Fired(0, 1),
        "won": Fired(1, 3),
    }
    assert (record.not_won, record.won) == (Fired(3, 5), Fired(1, 3))
    assert (record.days, record.median_days) == ((10, 30, 80), 30)


def test_findings_and_signs_of_one_check_have_each_a_record() -> None:
    pasts = [_past("lost", 10), _past("lost", 10, "sign"), _past("won", None)]
    finding, sign = records(pasts, ["a_check"])
    assert (finding.kind, finding.not_won) == ("finding", Fired(1, 2))
    assert (sign.kind, sign.not_won) == ("sign", Fired(1, 2))


def test_few_deals_are_never_judged() -> None:
    record = _record((5, 5), (0, 5))
    more = record.more_often()
    assert more is not None
    assert more.low > 0
    assert verdict(record) == "can't tell yet"
    assert verdict(_record((40, 40), (0, 4))) == "can't tell yet"


def test_a_check_that_fires_clearly_more_often_on_lost_deals_earns_its_keep() -> None:
    assert verdict(_record((12, 15), (2, 10))) == "earns its keep"


def test_what_may_be_chance_is_left_open() -> None:
    assert verdict(_record((8, 15), (3, 10))) == "can't tell yet"


def test_it_takes_many_deals_to_say_that_a_check_tells_nothing() -> None:
    assert verdict(_record((15, 30), (15, 30))) == "can't tell yet"
    assert verdict(_record((300, 600), (300, 600))) == "fires as often on won deals"


def test_firing_more_often_on_won_deals_is_no_use_either() -> None:
    assert verdict(_record((1, 20), (15, 20))) == "fires as often on won deals"


def test_a_rare_check_is_not_written_off_for_being_rare() -> None:
    assert verdict(_record((3, 200), (0, 200))) == "can't tell yet"
    assert verdict(_record((20, 1000), (2, 1000))) == "earns its keep"


def test_a_difference_too_small_to_help_is_none() -> None:
    record = _record((1600, 2000), (1500, 2000))
    more = record.more_often()
    assert more is not None
    assert more.low > 0
    assert verdict(record) == "fires as often on won deals"


def test_judged_among_many_only_the_clear_ones_hold() -> None:
    clear, scarce = _record((15, 15), (0, 10)), _record((11, 15), (3, 10))
    idle = [_record((5, 15), (4, 10))] * 20
    assert verdict(scarce) == "earns its keep"
    assert holds_among([clear, scarce]) == [clear]
    assert holds_among([scarce]) == [scarce]
    assert holds_among([clear, scarce, *idle]) == [clear]


def _past(end: End, days: int | None, kind: Kind = "finding") -> Past:
    fired = {} if days is None else {("a_check", kind): days}
    return Past("d", end, frozenset({"a_check"}), fired)


def _record(lost: tuple[int, int], won: tuple[int, int]) -> Record:
    none = Fired(0, 0)
    by_end: dict[End, Fired] = {"lost": Fired(*lost), "no_decision": none, "other_way": none, "won": Fired(*won)}
    return Record("a_check", "finding", by_end, ())
