"""The description in OpenAPI: whole, and the acts' documents as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from premortem.api.doors import doors
from premortem.api.shown import MARK

TOLD: dict[str, Any] = msgspec.json.decode(doors.described)


def within(part: Any) -> Iterator[dict[str, Any]]:
    """Every object in it."""
    if isinstance(part, dict):
        yield part
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from within(one)


def test_every_reference_leads_somewhere_and_no_mark_is_left() -> None:
    schemas = {f"#/components/schemas/{name}" for name in TOLD["components"]["schemas"]}
    for part in within(TOLD):
        assert MARK not in part
        assert part.get("$ref", next(iter(schemas))) in schemas


def test_a_document_has_the_fields_of_its_act() -> None:
    review = TOLD["components"]["schemas"]["ReviewDocument"]
    assert {"deal", "findings", "unknowns", "next_questions"} <= set(review["properties"])
    assert "deal" in review["required"]


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    for path, methods in TOLD["paths"].items():
        for method, one in methods.items():
            assert one["summary"], path
            assert "\n" not in one["summary"]
            assert len(one["tags"]) == 1, path
            assert {"401", "403", "404", "422", "429"} <= set(one["responses"])
            named = [told["name"] for told in one["parameters"]]
            assert ("Idempotency-Key" in named) == (method != "get")


def test_two_subjects_may_share_an_address() -> None:
    assert set(TOLD["paths"]["/api/deals/{deal}/touches"]) == {"get", "post"}
