from __future__ import annotations

from premortem.checks.review import review
from premortem.checks.single_threaded import check
from tests.checks.asking import clear, does_not_apply, raised
from tests.telling import told, who

ALONE = """
sellers: Ines
buyers: Tom, Mara
2026-01-05 call: Ines 40%, Tom 60%
2026-01-12 mail Tom to Ines
2026-01-19 note by Ines, met Tom
"""


def test_one_who_carries_it_all_is_asked_who_else_feels_it() -> None:
    found = raised(check, ALONE)
    assert found.severity == "high"
    assert found.ask.to == who("Tom")
    assert len(found.touches) == 3


def test_a_colleague_in_passing_makes_it_milder() -> None:
    story = ALONE + "2026-01-26 call: Ines, Tom\n2026-02-02 call: Ines, Tom, Mara\n"
    assert raised(check, story).severity == "medium"


def test_writing_to_others_is_not_hearing_them() -> None:
    assert raised(check, ALONE + "2026-01-26 mail Ines to Mara\n").severity == "high"


def test_a_second_voice_cures_it() -> None:
    assert "2 people" in clear(check, ALONE + "2026-01-26 call: Ines, Mara\n2026-02-02 call: Ines, Tom, Mara\n")


def test_one_touch_with_a_voice_is_too_few_to_say_everything() -> None:
    story = "sellers: Ines\n2026-01-05 call: Ines, Tom\n2026-01-06 stage Proposal\n2026-01-19 mail Ines to Tom\n"
    assert "a single touch" in does_not_apply(check, story)


def test_two_colleagues_in_one_meeting_are_still_in_passing() -> None:
    assert raised(check, ALONE + "2026-01-26 call: Ines, Tom, Mara, Gus\n").severity == "medium"


def test_whoever_signs_is_never_in_passing() -> None:
    story = ALONE.replace("Tom, Mara", "Tom, Mara (economic_buyer)") + "2026-01-26 call: Ines, Tom, Mara\n"
    assert "2 people" in clear(check, story)


def test_it_is_dated_to_the_third_touch() -> None:
    found = review(told("deal: A story\n" + ALONE + "2026-02-02 mail Tom to Ines\n")).findings
    assert next(one for one in found if one.check == "single_threaded").first_visible == "2026-01-19-note"


def test_it_is_too_early_in_the_first_call() -> None:
    assert "too early" in does_not_apply(check, "sellers: Ines\n2026-01-05 call: Ines, Tom\n")


def test_it_does_not_apply_where_no_buyer_was_heard() -> None:
    mails = "".join(f"2026-01-0{day} mail Ines to Tom\n" for day in (5, 6, 7))
    assert "no buyer" in does_not_apply(check, "sellers: Ines\n" + mails)


def test_it_does_not_apply_where_one_person_decides_alone() -> None:
    story = ALONE.replace("Tom, Mara", "Tom") + '  Ines authority_claimed Tom "T. signs himself"\n'
    assert "decides alone" in does_not_apply(check, story)
