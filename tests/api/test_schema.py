"""Whatever a program sends, the API never breaks, and answers as its description says.

Each operation gets a few requests made from its schema, right ones and wrong ones, half of them to rows that are there.
PREMORTEM_EXAMPLES says how many of each; they are the same in every run.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from premortem.records.firm.models import Member
from premortem.web.wsgi import application
from tests.api.conftest import a_key
from tests.api.rows import rows_there
from tests.api.sales_rows import lived_in
from tests.web.conftest import _point_to

EXAMPLES = int(os.environ.get("PREMORTEM_EXAMPLES", "5"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA: Any = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
OPERATIONS = {one.ok().definition.raw["operationId"]: one.ok() for one in SCHEMA.get_all_operations()}
ANSWERED: Counter[int] = Counter()
LIVED: dict[str, str] = {}
"""Rows of OURS, by their names in an address."""


@pytest.fixture(scope="module")
def firm(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A firm of this module's own: what one request writes, the next may find."""
    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("asked") / "ledger.sqlite3"
        shutil.copy(built, file)
        _point_to(file, patch)
        patch.setattr("django.conf.settings.API_PER_MINUTE", 1_000_000)
        LIVED.update(lived_in())
        yield file


@pytest.fixture
def key(firm: Path) -> str:
    """A new one of the admin's, who may have ended the last one, or be admin no more."""
    Member.objects.filter(user__username="admin").update(role="admin")
    get_user_model().objects.filter(username="admin").update(is_active=True)
    return a_key("admin")


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode, ids=lambda one: one.value)
def test_no_server_error_and_no_answer_outside_the_schema(name: str, mode: GenerationMode, key: str) -> None:
    there = {**LIVED, **rows_there()}

    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode), real=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any, real: bool) -> None:
        if real:
            case.path_parameters = {
                **case.path_parameters,
                **{one: there[one] for one in case.path_parameters if one in there},
            }
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {key}"}
        answer = case.call()
        ANSWERED[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    ask()


def test_much_was_done() -> None:
    asked = ANSWERED.total()
    assert sum(ANSWERED[status] for status in (200, 201, 202, 204)) > asked / 6, ANSWERED
    assert ANSWERED[401] < asked / 20, ANSWERED
