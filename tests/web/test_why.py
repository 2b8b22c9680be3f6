"""Why did we lose? The page, the deals behind an answer with their words, and the pictures to take along."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from xml.dom import minidom

import pytest

from premortem.acts.afterwards.replaying import replay_changed
from premortem.acts.afterwards.why import wanted, why
from premortem.acts.afterwards.why_ages import AgesShown, CurveShown
from premortem.records.firm.models import Look
from premortem.records.replays import Replays
from premortem.web.ledger import ledger
from premortem.web.pictures.by_age import by_age
from premortem.web.pictures.five_questions import five_questions
from tests.web.conftest import NOW, OURS, THEIRS, House

ALL_TIME = "from=2020-01-01&to=2026-11-22"


@pytest.fixture
def replayed(house: House) -> House:
    replay_changed(ledger(), Replays())
    return house


def page(house: House, who: str, address: str = f"/why/?{ALL_TIME}") -> str:
    answer = house.client(who).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_executive_sees_five_questions_over_all_deals_and_few_are_called_few(replayed: House) -> None:
    shown = page(replayed, "executive")
    for one in why(Replays(), wanted(None, None, NOW.date())).questions:
        assert one.asked in shown
    assert "1 lost<" in shown
    assert "1 won" in shown
    assert "few" in shown
    assert "read them one by one rather than the shares" in shown


def test_a_rep_sees_their_own_deals_alone(replayed: House) -> None:
    shown = page(replayed, "seller")
    assert "Of the deals that you see" in shown
    assert "1 lost<" in shown
    assert "1 won" not in shown
    assert "No deal that you see ended in these days" in page(replayed, "stranger")


def test_nobody_of_ours_is_named_on_the_page(replayed: House) -> None:
    from premortem.acts.afterwards.post_mortem import our_names
    from premortem.ledger.fold import deal_as_of

    held = ledger()
    names = [one for deal in (OURS, THEIRS) for one in our_names(deal_as_of(held.store.read(deal)), held.contents)]
    shown = page(replayed, "executive")
    assert names
    assert not [one for one in names if one in shown]


def test_behind_a_number_stand_the_deals_with_their_words(replayed: House) -> None:
    before = Look.objects.count()
    shown = page(replayed, "executive", f"/why/decides/?{ALL_TIME}")
    assert f"/deals/{OURS}/" in shown
    assert f"/deals/{THEIRS}/" in shown
    assert "<blockquote>" in shown
    assert Look.objects.count() > before, "whoever reads words from outside the team is noted"
    assert THEIRS not in page(replayed, "seller", f"/why/decides/?{ALL_TIME}")
    assert replayed.client("seller").get("/why/whose_fault/").status_code == 404


def test_a_few_replays_are_made_at_once(house: House) -> None:
    assert "still being replayed" not in page(house, "executive")
    assert Replays().waiting() == 0


def test_replays_that_wait_are_said_and_asked_for_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from django_tasks_db.models import DBTaskResult

    monkeypatch.setattr("premortem.web.replays_kept.AT_ONCE", 0)
    assert "still being replayed" in page(house, "executive")
    page(house, "executive")
    assert DBTaskResult.objects.filter(task_path__contains="replay_ended").count() == 1


@pytest.mark.parametrize("wrong", ["from=soon", "from=2026-05-01&to=2026-01-01", "segment=huge"])
def test_a_question_that_makes_no_sense_is_answered_in_words(replayed: House, wrong: str) -> None:
    assert 'role="alert"' in page(replayed, "executive", f"/why/?{wrong}")


@pytest.mark.parametrize("picture", ["questions", "ages"])
def test_the_pictures_can_be_taken_along(replayed: House, picture: str) -> None:
    client = replayed.client("executive")
    svg = client.get(f"/why/pictures/{picture}.svg?{ALL_TIME}").content.decode()
    assert minidom.parseString(svg).documentElement is not None
    assert "var(" not in svg
    assert client.get(f"/why/pictures/{picture}.png?{ALL_TIME}").content.startswith(b"\x89PNG")
    rows = list(
        csv.reader(io.StringIO(client.get(f"/why/pictures/{picture}.csv?{ALL_TIME}").content.decode("utf-8-sig")))
    )
    assert len(rows) > 5
    assert client.get(f"/why/pictures/{picture}.exe?{ALL_TIME}").status_code == 404
    assert client.get(f"/why/pictures/people.png?{ALL_TIME}").status_code == 404


def test_dots_stand_within_their_intervals_and_the_frame(replayed: House) -> None:
    drawn = five_questions(why(Replays(), wanted(None, None, NOW.date())))
    dots = [dot for block in drawn.blocks for dot in block.dots]
    for dot in dots:
        assert dot.x is None or 0 < dot.low <= dot.x <= dot.high < drawn.width
        assert dot.y < drawn.bottom


def test_names_of_lines_never_stand_on_one_another() -> None:
    curves = [
        CurveShown(end, [0.0, share], [0.0, 0.0], [0.0, 1.0])
        for end, share in (("won", 0.3), ("lost", 0.31), ("no_decision", 0.0))
    ]
    drawn = by_age(AgesShown(9, 6, [0, 30], [9, 3], curves, [1]))
    places = sorted(line.label_y for line in drawn.lines)
    assert all(after - before >= 15 for before, after in pairwise(places))
    assert places[-1] <= drawn.bottom
