"""What programs do with forecasts, ends, evaluations, plans and contests, from end to end."""

from __future__ import annotations

from premortem.records.firm.models import Look
from tests.api.conftest import Program
from tests.api.sales_rows import SOON, a_buyer, a_cup_wanted, last_day, opened, the_cup
from tests.web.conftest import House


def test_an_own_call_stands_in_the_forecast_of_its_deal(house: House) -> None:
    program, place = Program(house), f"{opened()}/forecast"
    assert program.ask("post", f"{place}/call", {"won": 0.4}).status_code == 201
    told = {one["method"]: one["won"] for one in program.get(place).json()["numbers"]["methods"]}
    assert told["rep"] == 0.4
    summed = program.get("forecast").json()["forecast"]
    assert [line["numbers"]["id"] for line in summed["lines"]] == [house.ours]
    assert Program(house, "stranger").get("forecast").json()["forecast"]["lines"] == []


def test_a_forecast_is_by_one_of_its_days(house: House) -> None:
    program = Program(house)
    first, *_ = program.get("forecast").json()["periods"]
    assert program.get(f"forecast?by={first}").json()["forecast"]["by"] == first
    assert first in program.get("forecast?by=2199-01-01").json()["detail"]


def test_a_deal_that_ended_has_no_forecast_and_no_call(house: House) -> None:
    program, place = Program(house), f"deals/{house.ours}/forecast"
    assert "has ended" in program.get(place).json()["detail"]
    assert program.ask("post", f"{place}/call", {"won": 0.4}).status_code == 422


def test_blame_is_pointed_out_and_the_words_are_kept(house: House) -> None:
    program, place = Program(house, "marketing"), f"deals/{house.ours}/post-mortem"
    told = program.ask("post", f"{place}/factors", {"words": "It was sales' fault that nobody asked"}).json()
    assert told["blame"][0]["instead"].startswith("what could not be seen")
    factors = {one["id"]: one for one in program.get(place).json()["factors"] if one["id"]}
    assert factors[told["id"]]["words"] == "It was sales' fault that nobody asked"
    assert program.ask("delete", f"{place}/conclusions/{told['id']}").status_code == 204
    assert told["id"] not in [one["id"] for one in program.get(place).json()["factors"]]


def test_a_link_for_a_buyer_is_told_once_and_opens_until_it_is_revoked(house: House) -> None:
    program, place = Program(house), f"deals/{house.ours}/interview/links"
    link = program.ask("post", place, {"buyer": a_buyer(), "questions": ["what_decided"]}).json()["link"]
    path = link.removeprefix("http://testserver")
    assert house.client("nobody").get(path).status_code == 200
    [told] = program.get(place).json()
    assert told["state"] == "open"
    assert path.split("/")[2] not in program.get(place).content.decode()
    assert program.ask("delete", f"{place}/{told['id']}").status_code == 204
    assert house.client("nobody").get(path).status_code == 404


def test_a_lesson_is_made_of_what_held_on_its_day(house: House) -> None:
    program, place = Program(house), f"deals/{house.ours}/lessons"
    day = last_day().isoformat()
    said = program.get(f"{place}/choices?on={day}").json()["said"]
    wish = {"on": day, "title": "They never said who signs", "claims": said[:2]}
    [made] = program.ask("post", place, wish).json()["lessons"]
    assert made["lesson"]["claims"] == said[:2]
    wrong = program.ask("post", place, wish | {"claims": ["no_such_claim"]})
    assert wrong.status_code == 422
    assert program.ask("delete", f"{place}/{made['lesson']['id']}").status_code == 204
    assert program.get("lessons").json()["lessons"] == []


def test_what_was_done_on_the_way_back_shows_there(house: House) -> None:
    program, place = Program(house), f"deals/{house.ours}/comeback"
    wrong = program.ask("put", f"{place}/criteria", {"state": "got", "on": "2001-01-01"})
    assert "not between the end and today" in wrong.json()["detail"]
    told = program.ask("put", f"{place}/criteria", {"state": "got", "words": "price\nlocation"}).json()
    assert "location" in str(told)


def test_a_trial_with_something_missing_begins_for_a_reason_alone(house: House) -> None:
    program, place = Program(house), f"{opened()}/trials"
    [planned] = program.ask("post", place, {"goal": "a foothold"}).json()["trials"]
    begin = f"{place}/{planned['id']}/begin"
    assert "nothing says what it must show" in program.ask("post", begin, {}).json()["detail"]
    [begun] = program.ask("post", begin, {"because": "they plugged it in"}).json()["trials"]
    assert (begun["state"], begun["override"]) == ("running", "they plugged it in")


def test_only_the_field_closes_a_problem(house: House) -> None:
    program, place = Program(house), f"deals/{house.ours}/problems"
    given = {"words": "drops the link", "met": str(last_day()), "met_by": a_buyer(), "moment": "evaluation"}
    [problem] = program.ask("post", place, given).json()["problems"]
    refused = Program(house, "admin").ask("post", f"{place}/{problem['id']}/closed")
    assert refused.status_code == 422
    [closed] = program.ask("post", f"{place}/{problem['id']}/closed").json()["problems"]
    assert closed["closed_by"]


def test_what_another_changed_meanwhile_is_not_written_over(house: House) -> None:
    program, place = Program(house), f"deals/{house.ours}/project/steps"
    [step] = program.ask("post", place, {"title": "A trial week", "shared": True}).json()["tasks"]
    here = f"{place}/{step['id']}"
    given = {"seen": step["version"], "title": "Two trial weeks"}
    assert Program(house, "manager").ask("put", here, given).status_code == 200
    late = program.ask("put", here, given | {"title": "No trial"})
    assert late.status_code == 409
    assert "Two trial weeks" in late.json()["detail"]
    [kept] = program.ask("put", here, {"seen": step["version"], "due": SOON}).json()["tasks"]
    assert (kept["title"], kept["due"]) == ("Two trial weeks", SOON)


def test_places_of_a_contest_are_for_those_who_take_part(house: House) -> None:
    place = the_cup()(house)
    assert Program(house).get(place).json()["mine"]
    told = Program(house, "stranger").get(place).json()
    assert (told["mine"], told["places"], told["leaders"]) == (None, [], [])


def test_a_contest_that_nobody_could_win_is_refused_line_by_line(house: House) -> None:
    wanted = a_cup_wanted(prize="A car, if the budget permits", note="For those who sell 200% over quota")
    told = Program(house, "manager").ask("post", "contests", wanted)
    assert told.status_code == 422
    assert len(told.json()["errors"]) >= 2
    assert Program(house, "manager").ask("post", "contests", a_cup_wanted()).json()["state"] == "draft"


def test_a_day_that_no_deal_has_is_refused(house: House) -> None:
    told = Program(house).ask("post", f"deals/{house.ours}/lunches", {"on": "0001-01-01"})
    assert told.status_code == 422
    assert "1970-01-01" in told.json()["detail"]


def test_reading_others_words_is_logged_here_too(house: House) -> None:
    program = Program(house, "executive")
    looks = ("replay", "post-mortem", "comeback", "trials", "problems", "content", "relations", "visibility", "project")
    for one in looks:
        assert program.get(f"deals/{house.ours}/{one}").status_code == 200, one
    assert Look.objects.filter(user__username="executive").count() == len(looks)


def test_so_is_an_answer_to_a_change_that_shows_them(house: House) -> None:
    program = Program(house, "admin")
    given = {"what": "Who signs?", "way": "ask", "due": SOON}
    assert program.ask("post", f"deals/{house.ours}/matters", given).status_code == 201
    assert program.ask("post", f"deals/{house.ours}/lunches/held", {"on": "2026-11-02"}).status_code == 201
    assert Look.objects.filter(deal=house.ours, user__username="admin").count() == 2
