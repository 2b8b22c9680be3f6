"""What programs do, from end to end."""

from __future__ import annotations

from typing import Any

from premortem.records.firm.models import Look, SavedView, Token
from premortem.records.models import FactRow
from premortem.web.keys import secret_of
from tests.api.conftest import Program
from tests.api.rows import a_fact, a_person, a_touch, some_words
from tests.web.conftest import House


def test_a_fact_is_rejected_and_its_touch_shows_it(house: House) -> None:
    program, fact = Program(house), a_fact(house)
    told = program.ask("post", f"{fact}/word", {"says": "rejected"}).json()
    assert (told["says"], told["told"]) == ("rejected", True)
    page = program.get(f"deals/{house.ours}/touches/{told['touch']}").json()
    standing = {one["id"]: one["standing"] for turn in page["turns"] for one in turn["facts"]}
    assert standing[told["fact"]] == "rejected"
    again = program.ask("post", f"{fact}/word", {"says": "rejected"}).json()
    assert again["told"] is False


def test_a_fact_that_nobody_heard_is_added(house: House) -> None:
    program, given = Program(house), some_words(house)
    told = program.ask("post", f"{a_touch(house, 'call')}/facts", given).json()
    assert FactRow.objects.get(deal=house.ours, fact=told["fact"]).claim == "pain_stated"
    wrong = program.ask("post", f"{a_touch(house, 'call')}/facts", given | {"words": "a zebra in the hall"})
    assert wrong.status_code == 422
    assert "do not stand in the turn" in wrong.json()["detail"]


def test_a_check_is_set_aside_and_speaks_again(house: House) -> None:
    program = Program(house)
    found = [one["check"] for one in program.get(f"deals/{house.ours}/review").json()["findings"]]
    place = f"deals/{house.ours}/waivers/{found[0]}"
    assert program.ask("put", place, {"because": " "}).status_code == 422
    assert program.ask("put", place, {"because": "their board decides in May"}).status_code == 204
    review = program.get(f"deals/{house.ours}/review").json()
    assert found[0] not in [one["check"] for one in review["findings"]]
    assert review["waived"] == [{"check": found[0], "why": "their board decides in May"}]
    assert program.ask("delete", place).status_code == 204
    assert [one["check"] for one in program.get(f"deals/{house.ours}/review").json()["findings"]] == found


def test_the_past_is_seen_as_of_its_day(house: House) -> None:
    program = Program(house)
    now = program.get(f"deals/{house.ours}").json()
    then = program.get(f"deals/{house.ours}?as_of={now['first_day']}").json()
    assert then["review"]["as_of"] == now["first_day"]
    assert len(then["touches"]) < len(now["touches"])
    assert program.get(f"deals/{house.ours}?as_of=0001-01-01").status_code == 422


def test_two_records_are_merged_and_parted_again(house: House) -> None:
    program, place = Program(house), a_person(house)
    page = program.get(place).json()
    other = next(one for one in page["others"] if one["side"] == "buyer")
    merged = program.ask("post", f"{place}/same", {"other": other["id"]}).json()
    assert merged["id"] == other["id"]
    parted = program.ask("delete", f"deals/{house.ours}/people/{other['id']}/same").json()
    assert set(parted["people"]) == {page["id"], other["id"]}


def test_people_are_found_by_a_name_and_else_deal_by_deal(house: House) -> None:
    program = Program(house, "admin")
    first = program.get("people?limit=1&side=buyer").json()
    rest = program.get(f"people?limit=1&side=buyer&cursor={first['next']}").json()
    deals = [{place["deal"] for one in part["people"] for place in one["places"]} for part in (first, rest)]
    assert deals[0] | deals[1] == {house.ours, house.theirs}
    assert not deals[0] & deals[1]
    name = first["people"][0]["name"]
    assert name in [one["name"] for one in program.get(f"people?q={name}").json()["people"]]
    assert Program(house, "stranger").get(f"people?q={name}").json()["people"] == []


def test_words_that_are_looked_at_from_outside_are_logged(house: House) -> None:
    program, touch = Program(house, "executive"), a_touch(house, "call")
    for place in (touch, f"deals/{house.ours}/call-sheet", a_person(house)):
        assert program.get(place).status_code == 200
    assert Look.objects.filter(user__username="executive").count() == 3
    told = Program(house, "admin").get("looks?limit=2").json()
    assert [one["username"] for one in told["looks"]] == ["executive"] * 2
    assert told["next"]


def test_a_key_makes_none_that_may_more_or_lives_longer(house: House) -> None:
    program = Program(house, "admin", "write")
    wanted: dict[str, Any] = {"name": "report", "scopes": ["read"], "ends_on": "2020-01-01"}
    assert program.ask("post", "keys", wanted).status_code == 422
    asking = Token.objects.get(secret=secret_of(program.word))
    later = asking.ends_at.date().isoformat()
    assert program.ask("post", "keys", wanted | {"ends_on": later}).status_code == 403
    told = program.ask("post", "keys", wanted | {"ends_on": later, "scopes": ["write"]}).json()
    made = Token.objects.get(secret=secret_of(told["word"]))
    assert made.ends_at <= asking.ends_at
    assert (made.scopes, told["key"]["id"]) == ("write", made.pk)


def test_a_playbook_with_a_mistake_is_not_kept(house: House) -> None:
    program = Program(house, "admin")
    now = program.get("playbook").json()
    wrong = program.ask("put", "playbook", {"text": "[off]\nno_such_check = 'x'\n", "hash": now["hash"]})
    assert wrong.status_code == 422
    assert "no_such_check" in wrong.json()["errors"][0]["why"]
    assert program.ask("put", "playbook", {"text": "", "hash": "0"}).status_code == 409


def test_somebody_stays_admin(house: House) -> None:
    program = Program(house, "admin")
    mine = next(one for one in program.get("members").json() if one["username"] == "admin")
    answer = program.ask("put", f"members/{mine['id']}", {"role": "rep", "active": True})
    assert answer.status_code == 422
    assert "stay admin" in answer.json()["errors"][0]["why"]


def test_a_view_keeps_what_the_list_knows(house: House) -> None:
    program = Program(house)
    told = program.ask("post", "views", {"name": "Mine", "query": "whose=mine&colour=red"}).json()
    assert told["query"] == "whose=mine"
    assert SavedView.objects.get().query == "whose=mine"
