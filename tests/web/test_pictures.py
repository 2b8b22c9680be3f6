"""The pictures of a deal: where people, ties, gaps, touches, findings and dates stand."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from premortem.acts.bringing_in.read import hear_folder
from premortem.acts.looking.deal_page import DealPage, PersonOnPage, Tie, deal_page
from premortem.acts.witness import Cited
from premortem.sample.place import DEALS
from premortem.web.pictures.stakeholder_map import HIGH, WIDE, Box, StakeholderMap, stakeholder_map
from premortem.web.pictures.timeline import EDGE, NAMES, WIDTH, timeline, visible_on
from tests.web.conftest import NOW

WORDS = Cited("call.vtt", 3, "Ana", "I'd put you through to Bo")


def somebody(name: str, **more: object) -> PersonOnPage:
    plain: dict[str, object] = {
        "id": f"p-{name}",
        "name": name,
        "title": None,
        "side": "buyer",
        "roles": [],
        "overrules": False,
        "met": None,
        "met_on": None,
        "last_heard": None,
        "stance": "unknown",
        "words": None,
    }
    return PersonOnPage(**(plain | more))  # type: ignore[arg-type]


def box(picture: StakeholderMap, name: str) -> Box:
    return next(one for one in picture.boxes if one.name == name)


@pytest.fixture(scope="module")
def page() -> DealPage:
    folder = next(one for one in DEALS.iterdir() if one.name.startswith("01"))
    held, done = hear_folder(folder, NOW)
    return deal_page(held.store.read(done.deal), held.contents)


def test_nobody_known_to_sign_is_drawn_as_a_gap() -> None:
    picture = stakeholder_map([somebody("Ana", met="t-1")], [])
    gaps = [one.name for one in picture.boxes if one.gap]
    assert gaps == ["Who signs?", "Who speaks for us"]
    assert box(picture, "Who speaks for us").more == "inside?", "it would run over its box in one line"
    assert "nobody knows who signs" in picture.says


def test_a_known_signer_and_a_friend_leave_no_gap() -> None:
    signer = somebody("Bo", overrules=True, roles=["economic_buyer"])
    picture = stakeholder_map([signer, somebody("Ana", stance="for", met="t-1")], [])
    assert not any(one.gap for one in picture.boxes)
    assert box(picture, "Bo").y < box(picture, "Ana").y


def test_met_is_solid_and_not_met_is_told_in_words_too() -> None:
    picture = stakeholder_map([somebody("Ana", met="t-1"), somebody("Bo", stance="against")], [])
    assert box(picture, "Ana").met
    assert not box(picture, "Bo").met
    assert box(picture, "Bo").stance_says == "− against us · not met"


def test_who_sat_in_a_call_and_never_spoke_is_not_only_heard_of() -> None:
    picture = stakeholder_map([somebody("Ana"), somebody("Bo")], [], there={"p-Ana"})
    rows = {one.says: one.y for one in picture.bands}
    assert rows["There, not heard"] < box(picture, "Ana").y < rows["Only heard of"] < box(picture, "Bo").y
    assert box(picture, "Ana").stance_says == "? stance not known · not heard"
    assert box(picture, "Bo").stance_says == "? stance not known · not met"


def test_our_own_people_have_no_stance() -> None:
    picture = stakeholder_map([somebody("Kim", side="seller")], [])
    assert box(picture, "Kim").stance_says == ""
    assert box(picture, "Kim").side == "ours"


def test_boxes_never_cover_each_other_and_stay_in_the_picture() -> None:
    many = [somebody(f"Person {number}", met="t-1" if number % 2 else None) for number in range(23)]
    picture = stakeholder_map(many, [])
    for one, other in combinations(picture.boxes, 2):
        assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH
    assert all(0 <= one.x <= picture.width - WIDE and one.y + HIGH <= picture.height for one in picture.boxes)


def test_a_tie_to_somebody_who_is_not_drawn_is_left_out() -> None:
    people = [somebody("Ana", met="t-1"), somebody("Bo")]
    picture = stakeholder_map(people, [Tie("p-Ana", "p-Bo", "promised", WORDS), Tie("p-Ana", "p-gone", "named", WORDS)])
    assert [one.how for one in picture.arrows] == ["promised"]


def test_a_long_name_is_cut_to_its_box() -> None:
    picture = stakeholder_map([somebody("Wilhelmina Featherstonehaugh-Cholmondeley")], [])
    drawn = next(one for one in picture.boxes if not one.gap)
    assert drawn.name.endswith("…")
    assert len(drawn.name) <= 23


def test_every_touch_stands_in_the_lane_of_our_side_or_of_theirs(page: DealPage) -> None:
    drawn = timeline(page)
    assert {one.says for one in drawn.marks} == {f"{one.kind}, {one.on}: {one.name}" for one in page.touches}
    assert {one.y for one in drawn.marks} <= {one.y for one in drawn.lanes}
    assert drawn.lanes[-1].name == "Our side"


def test_days_run_from_left_to_right_within_the_picture(page: DealPage) -> None:
    drawn = timeline(page)
    places = [next(one.x for one in drawn.marks if one.says.endswith(touch.name)) for touch in page.touches]
    assert places == sorted(places)
    everything = [one.x for one in drawn.marks] + [one.x for one in drawn.flags]
    everything += [one.x for one in drawn.lines] + [one.x for one in drawn.stages]
    assert all(NAMES <= x <= WIDTH - EDGE for x in everything)


def test_findings_stand_where_they_became_visible(page: DealPage) -> None:
    drawn, visible = timeline(page), visible_on(page)
    assert [one.findings for one in drawn.flags] == [len(found) for found in visible.values()]
    assert sum(one.findings for one in drawn.flags) == len(page.review.findings)
    first_day = min(visible)
    assert drawn.flags[0].severity == ("high" if any(one == "high" for one, _ in visible[first_day]) else "medium")


def test_both_sides_dates_are_drawn(page: DealPage) -> None:
    assert {one.kind for one in timeline(page).lines} == {"now", "plan", "theirs-date"}
    assert page.buyers_day == "2025-06-30"
    assert page.review.deal.planned_close == "2025-04-30"


def test_a_deal_without_a_touch_can_be_drawn() -> None:
    folder = next(one for one in DEALS.iterdir() if one.name.startswith("26"))
    held, done = hear_folder(folder, NOW)
    empty = deal_page(held.store.read(done.deal), held.contents, today=date(2026, 11, 22))
    drawn = timeline(empty)
    assert drawn.marks == []
    assert drawn.flags == []
    assert drawn.says.startswith("0 touches")
