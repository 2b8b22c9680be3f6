"""The replay's page: the picture with its blind stretches, what most probably lost the deal, each touch's news."""

from __future__ import annotations

import csv
import io
from xml.dom import minidom

from premortem.acts.afterwards.replay import ReplayDocument, replay
from premortem.web.ledger import ledger
from premortem.web.pictures.lives import LEGEND, lives
from tests.web.conftest import OURS, House


def replayed() -> ReplayDocument:
    held = ledger()
    return replay(held.store.read(OURS), held.contents)


def shown(house: House) -> str:
    answer = house.client("seller").get(f"/deals/{OURS}/replay/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_names_what_most_probably_lost_the_deal_and_the_last_day_to_act(house: House) -> None:
    page, document = shown(house), replayed()

    assert "What most probably lost it" in page
    assert document.factors[0].finding.check.replace("_", " ") in page
    assert "could have changed the end" in page
    assert f"/deals/{OURS}/touches/" in page, "every touch leads to its words"


def test_the_picture_has_a_row_for_each_life_and_nothing_leaves_the_frame(house: House) -> None:
    document = replayed()
    drawn = lives(document)

    assert [row.name for row in drawn.rows] == [one.finding.check.replace("_", " ") for one in document.lives]
    for row in drawn.rows:
        assert 0 < row.start <= row.known <= row.end <= drawn.width
        assert row.y < drawn.bottom
    assert {line.says for line in drawn.lines} == {"last day to act", "the end"}


def test_a_blind_stretch_ends_when_the_ledger_knew_or_when_it_was_settled(house: House) -> None:
    document = replayed()
    by_name = {row.name: row for row in lives(document).rows}
    unknown = [one for one in document.lives if one.known_on is None and one.cured_after is None]

    assert unknown, "the sample company was imported after all had ended"
    for one in unknown:
        row = by_name[one.finding.check.replace("_", " ")]
        assert row.known == row.end, "nobody knew it before the end"


def test_a_finding_is_coloured_by_the_gravest_that_it_ever_was(house: House) -> None:
    document = replayed()
    grew = {one.check for step in document.steps for one in step.changed if one.after == "high"}
    colours = {row.name: row.severity for row in lives(document).rows}
    milder = [one for one in document.lives if one.finding.check in grew and one.finding.severity != "high"]

    assert milder, "some finding began mild and grew grave"
    for one in milder:
        assert colours[one.finding.check.replace("_", " ")] == "high"
    assert {sign.says for sign in LEGEND} >= {"medium", "low"}


def test_it_can_be_taken_along_as_svg_png_and_csv(house: House) -> None:
    client = house.client("seller")
    svg = client.get(f"/deals/{OURS}/replay/picture.svg").content.decode()
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/deals/{OURS}/replay/picture.csv").content.decode("utf-8-sig")))
    )

    assert minidom.parseString(svg).documentElement is not None
    assert "var(" not in svg
    assert all(sign.says in svg for sign in LEGEND)
    assert client.get(f"/deals/{OURS}/replay/picture.png").content.startswith(b"\x89PNG")
    assert [row["could be seen"] for row in rows] == [one.visible_on for one in replayed().lives]
    assert client.get(f"/deals/{OURS}/replay/picture.exe").status_code == 404


def test_whoever_looks_from_outside_the_team_is_noted(house: House) -> None:
    from premortem.records.firm.models import Look

    before = Look.objects.count()
    assert house.client("executive").get(f"/deals/{OURS}/replay/").status_code == 200
    assert Look.objects.count() == before + 1


def test_a_deal_with_nothing_in_it_says_what_to_do_first(house: House) -> None:
    empty = ReplayDocument(replayed().deal, "2026-03-01", [], [], [])
    assert lives(empty).rows == []
    assert lives(empty).says.startswith("0 findings")
