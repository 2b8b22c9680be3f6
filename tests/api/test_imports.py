"""Files that programs bring in: looked at first, read as somebody says, taken in, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from premortem.records.models import DealRow, TouchRow
from tests.api.conftest import Program
from tests.web.conftest import OURS, House
from tests.web.test_import import CALL, deal_zip
from tests.web.test_import_export import salesforce
from tests.web.test_import_mail import LATE, PRIVATE, mailbox


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


def brought(program: Program, name: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """Where an import stands, and what it came to once it was looked at."""
    came = program.ask("post", f"imports?name={name}", data)
    assert came.status_code == 202, came.content
    place = f"imports/{came.json()['id']}"
    return place, program.get(place).json()


def test_a_call_is_added_and_read_in_the_background(house: House) -> None:
    program, before = Program(house), TouchRow.objects.filter(deal=house.ours).count()
    answer = program.ask("post", f"deals/{house.ours}/touches?name=2025-06-03+call.vtt", CALL)
    assert answer.status_code == 202, answer.content
    done = program.get(f"imports/{answer.json()['id']}").json()
    assert (done["state"], done["told"]["done"][0]["touches"]) == ("done", 1)
    assert TouchRow.objects.filter(deal=house.ours).count() == before + 1


def test_an_import_waits_for_a_yes_and_can_be_undone(house: House) -> None:
    program = Program(house)
    place, looked = brought(program, "deal.zip", deal_zip())
    assert looked["state"] == "previewed", looked["says"]
    assert looked["told"]["deals"][0]["new"]
    assert program.get("deals/d-1").status_code == 404, "nothing is written yet"
    assert program.ask("post", f"{place}/accept").status_code == 202
    assert program.get("deals/d-1").status_code == 200
    assert program.ask("post", f"{place}/accept").status_code == 409
    [ours] = program.get(f"{place}/touches").json()
    given = {"touches": [one["touch"] for one in ours["touches"]]}
    assert program.ask("post", f"{place}/undo", given).status_code == 202
    assert program.ask("post", f"{place}/undo", given).status_code == 422
    assert [one["id"] for one in program.get("imports").json()["imports"]] == [looked["id"]]


def test_an_export_is_read_as_somebody_says(house: House) -> None:
    program = Program(house, "admin")
    place, looked = brought(program, "export.zip", salesforce())
    assert (looked["state"], looked["kind"]) == ("previewed", "export"), looked["says"]
    [table] = program.get(f"{place}/mend").json()
    assert table["table"].endswith("Opportunity.csv")
    assert program.ask("put", f"{place}/choices", {"columns": {"weather": "Id"}}).status_code == 422
    assert program.ask("put", f"{place}/choices", {"days": "backwards"}).status_code == 422
    chosen = {"reasons": {"Went quiet": "no_decision"}, "seller": "Larkspur Cloud"}
    assert program.ask("put", f"{place}/choices", chosen).status_code == 202
    assert program.get(place).json()["told"]["would"]["outcomes"] == {"no_decision": 2, "open": 1}
    assert program.ask("post", f"{place}/apart", {"asked": ["who knows"]}).status_code == 422
    assert program.ask("post", f"{place}/accept").status_code == 202
    done = program.get(place).json()
    assert done["state"] == "done", done["says"]
    assert DealRow.objects.get(deal="006B").status == "no_decision"
    assert program.ask("post", f"{place}/undo", {"deals": ["006B"]}).status_code == 202
    assert program.get(place).json()["told"]["back"] == ["006B"]


def test_whose_a_mail_is_can_be_told(house: House) -> None:
    program = Program(house)
    place, looked = brought(program, "sales.mbox", mailbox(LATE, PRIVATE))
    [asked] = looked["told"]["asked"]
    wrong = program.ask("post", f"{place}/answers", {"answers": {asked["key"]: house.theirs}})
    assert wrong.status_code == 422, "another team's deal is none of theirs"
    assert program.ask("post", f"{place}/answers", {"answers": {asked["key"]: OURS}}).status_code == 202
    told = program.get(place).json()["told"]
    assert (told["placed"], told["asked_about"]) == (1, 0)


def test_a_name_that_is_no_name_of_a_file_is_refused(house: House) -> None:
    for name in ("..", "a/../..", "/"):
        assert Program(house).ask("post", f"imports?name={name}", CALL).status_code == 422, name
    _, looked = brought(Program(house), "calls/", CALL)
    assert looked["state"] in ("previewed", "failed")
