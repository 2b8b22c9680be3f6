"""A mail finds its deal by people, account, thread and time; what fits none or two is asked; private mail stays out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from premortem.errors import Unknown
from premortem.importing.placing.deals import DealKnown, Deals
from premortem.importing.placing.fitting import Signs, decide, fits
from premortem.importing.placing.mails import HAS_IT, Mail, place_mails
from premortem.importing.placing.privacy import Privacy
from tests.importing.letters_told import firm, mail

TOM, DANA, INES = "tom@harbour.example", "dana@harbour.example", "ines@cadence.example"
FEBRUARY = "Tue, 10 Feb 2026 09:00:00 +0000"
NEXT_YEAR = "Tue, 12 Jan 2027 09:00:00 +0000"


def placed(*mails: Mail, deals: Deals | None = None, **more: object) -> list[tuple[str, str | None]]:
    found = place_mails(mails, deals or firm(), Privacy(), **more)  # type: ignore[arg-type]
    return [(one.became, one.deal) for one in found]


def why(one: Mail, privacy: Privacy | None = None, **more: object) -> str:
    (found,) = place_mails([one], firm(), privacy or Privacy(), **more)  # type: ignore[arg-type]
    return f"{found.became}: {found.why}"


def test_whoever_takes_part_tells_the_deal() -> None:
    assert placed(mail(TOM, INES)) == [("placed", "d-harbour")]
    assert placed(mail(INES, DANA)) == [("placed", "d-second")]
    assert placed(mail("law@counsel.example", INES)) == [("placed", "d-harbour")]


def test_an_account_with_one_deal_at_the_time_tells_it() -> None:
    new = "new.colleague@eu.harbour.example"
    assert placed(mail(new, INES, day=FEBRUARY)) == [("placed", "d-harbour")]
    assert placed(mail(new, INES)) == [("asked", None)]


def test_people_of_two_deals_are_asked_about_with_both() -> None:
    (found,) = place_mails([mail(TOM, f"{INES}, {DANA}")], firm(), Privacy())
    assert (found.became, found.why) == ("asked", "it fits 2 deals")
    assert {one.deal for one in found.candidates} == {"d-harbour", "d-second"}
    assert found.candidates[0].why == "tom@harbour.example takes part in it"


def test_who_takes_part_in_one_deal_outweighs_the_account_of_another() -> None:
    both = DealKnown(
        deal="d-third",
        name="Harbour: yard",
        account="Harbour Freight Ltd",
        created=datetime(2026, 2, 1, tzinfo=UTC),
        theirs=frozenset({TOM, DANA}),
        buyers=frozenset({TOM, DANA}),
    )
    assert placed(mail(TOM, f"{INES}, {DANA}"), deals=firm(both)) == [("placed", "d-third")]


def test_after_a_deals_end_its_people_are_asked_about() -> None:
    (found,) = place_mails([mail(TOM, INES, day=NEXT_YEAR)], Deals([firm().by_id["d-harbour"]]), Privacy())
    assert (found.became, found.why) == ("asked", "no deal of theirs ran at the time")
    assert found.candidates[0].why.endswith("195 days after it ended")


def test_a_few_days_before_a_deal_was_entered_count_as_its_own() -> None:
    assert placed(mail(TOM, INES, day="Mon, 05 Jan 2026 09:00:00 +0000")) == [("placed", "d-harbour")]


def test_the_thread_settles_what_two_deals_claim_whichever_way_it_runs() -> None:
    first = mail(TOM, f"{INES}, {DANA}", place="box#1", Message_ID="<one@x>")
    answer = mail(DANA, INES, place="box#2", Message_ID="<two@x>", In_Reply_To="<one@x>")
    assert placed(first, answer) == [("placed", "d-second"), ("placed", "d-second")]
    assert placed(answer, first) == [("placed", "d-second"), ("placed", "d-second")]


def test_a_mail_that_answers_one_the_deal_has_is_the_deals_at_any_time() -> None:
    late = mail(TOM, INES, day=NEXT_YEAR, Message_ID="<x@y>", References="<known@harbour.example>")
    assert placed(late) == [("placed", "d-harbour")]


def test_a_stranger_in_a_deals_thread_is_asked_about() -> None:
    stranger = mail("tom.at.home@gmail.com", INES, In_Reply_To="<known@harbour.example>")
    assert why(stranger) == "asked: it is part of a deal's thread, but nobody in it is known"


def test_people_and_thread_that_tell_two_deals_are_asked_about() -> None:
    assert placed(mail(DANA, INES, In_Reply_To="<known@harbour.example>")) == [("placed", "d-harbour")]
    other = DealKnown(
        "d-other",
        "Quay",
        "Quay AG",
        datetime(2026, 1, 1, tzinfo=UTC),
        theirs=frozenset({"jo@quay.example"}),
        buyers=frozenset({"jo@quay.example"}),
    )
    found = place_mails([mail("jo@quay.example", INES, In_Reply_To="<known@harbour.example>")], firm(other), Privacy())[
        0
    ]
    assert found.why == "its people and its thread tell two deals"


def test_what_a_deal_has_is_told_so() -> None:
    assert why(mail(TOM, INES, Message_ID="<known@harbour.example>")) == f"placed: {HAS_IT}"


def test_private_mail_stays_out() -> None:
    assert why(mail("mother@gmail.com", INES)) == "left_out: nobody in it belongs to a known account"
    assert why(mail("gerrit@cadence.example", INES)) == "left_out: only our own people are in it"
    assert why(mail("news@shop.example", INES, List_Unsubscribe="<x>")) == "left_out: it went to a list"


def test_an_absence_note_is_no_word_from_the_buyer() -> None:
    assert why(mail(TOM, INES, Auto_Submitted="auto-replied")).startswith("left_out: a machine sent it")


def test_a_list_through_which_a_known_person_writes_does_not_hide_them() -> None:
    assert placed(mail(TOM, "it-all@harbour.example", List_Id="<it.harbour>")) == [("placed", "d-harbour")]


@pytest.mark.parametrize(
    ("privacy", "told"),
    [
        (Privacy(never=("harbour.example",)), "'harbour.example' is never read"),
        (Privacy(never=("tom@*",)), "'tom@*' is never read"),
        (Privacy(never_subjects=("salary",)), "a subject with 'salary' is never read"),
        (Privacy(never_folders=("private",)), "the folder 'private' is never read"),
    ],
)
def test_what_is_never_read_is_not_looked_at(privacy: Privacy, told: str) -> None:
    assert why(mail(TOM, INES, folder="INBOX/Private", subject="Re: Salary!"), privacy) == f"left_out: {told}"


def test_an_answer_outranks_what_was_seen_and_must_name_a_deal() -> None:
    asked = mail(TOM, f"{INES}, {DANA}", Message_ID="<q@x>")
    assert placed(asked, answers={"q@x": "d-second"}) == [("placed", "d-second")]
    assert placed(asked, answers={"q@x": "never"}) == [("left_out", None)]
    with pytest.raises(Unknown, match="'d-9', which is no deal"):
        placed(asked, answers={"q@x": "d-9"})


def test_the_same_mail_in_two_folders_counts_once() -> None:
    one, again = (mail(TOM, INES, place=place, Message_ID="<s@x>") for place in ("sent#1", "inbox#9"))
    assert placed(one, again) == [("placed", "d-harbour"), ("left_out", None)]


def test_only_mails_since_a_day_are_taken() -> None:
    assert why(mail(TOM, INES), since=date(2026, 5, 1)) == "left_out: it was written before 2026-05-01"


def test_a_mail_without_any_time_is_asked_about() -> None:
    assert why(mail(TOM, INES, day="")) == "asked: nothing tells when it was"


def test_a_call_finds_its_deal_by_full_names_or_by_what_it_is_called() -> None:
    at = datetime(2026, 4, 14, tzinfo=UTC)
    for signs, deal in (
        (Signs(at, names=("Tom Reyes", "Ines Okafor")), "d-harbour"),
        (Signs(at, text="2026-04-14 Harbour payroll.vtt"), "d-second"),
        (Signs(at, names=("TOM RÉYES",)), "d-harbour"),
    ):
        assert decide(signs, fits(signs, firm()), firm()).deal == deal
    assert fits(Signs(at, names=("Tom",)), firm()) == []


PEOPLE = [TOM, DANA, INES, "x@gmail.com", "law@counsel.example", "news@shop.example", "someone@harbour.example", ""]


DRAWN = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.sampled_from(["", FEBRUARY, NEXT_YEAR, "nonsense"]),
        st.integers(0, 12),
        st.integers(0, 12),
    ),
    max_size=20,
)
Drawn = list[tuple[str, str, str, int, int]]


@given(DRAWN)
def test_the_sum_is_right_and_every_fate_has_its_reason(drawn: Drawn) -> None:
    deals = firm()
    mails = [
        mail(sender, to, f"box#{at}", day=day, Message_ID=f"<{own}@x>", In_Reply_To=f"<{other}@x>")
        for at, (sender, to, day, own, other) in enumerate(drawn)
    ]
    found = place_mails(mails, deals, Privacy())
    assert len(found) == len(mails)
    for one in found:
        assert one.why
        assert (one.became == "placed") == (one.deal is not None)
        assert one.became != "placed" or one.deal in deals.by_id
        assert one.became != "asked" or one.candidates


@given(DRAWN)
def test_the_order_of_a_mailbox_has_no_say(drawn: Drawn) -> None:
    mails = [
        mail(sender, to, f"box#{at}", day=day, Message_ID=f"<{at}@x>", In_Reply_To=f"<{other}@x>")
        for at, (sender, to, day, _, other) in enumerate(drawn)
    ]
    assert place_mails(mails, firm(), Privacy()) == place_mails(mails[::-1], firm(), Privacy())[::-1]


def test_a_copy_that_is_never_read_does_not_hide_the_one_that_is() -> None:
    thrown_away = mail(TOM, INES, place="Deleted Items/1", Message_ID="<one@x>", folder="Deleted Items")
    kept = mail(TOM, INES, place="INBOX/2", Message_ID="<one@x>", folder="INBOX")
    again = mail(TOM, INES, place="INBOX/3", Message_ID="<one@x>", folder="INBOX")
    found = place_mails([thrown_away, kept, again], firm(), Privacy())
    assert [one.became for one in found] == ["left_out", "placed", "left_out"]
    assert found[2].why == "it is the same mail as INBOX/2"
