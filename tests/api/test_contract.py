"""Each route, put to the firm's cast: who may, who may not, and what it refuses."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.urls import URLPattern
from jsonschema_rs import Draft202012Validator

from premortem.api.doors import doors
from premortem.web.urls import urlpatterns
from tests.api.case import Case
from tests.api.cases import CASES, NOT_HERE, PAGES
from tests.api.conftest import Program
from tests.web.conftest import House

EACH = pytest.mark.parametrize(("name", "case"), CASES.items(), ids=list(CASES))
METHODS = ("get", "post", "put", "patch", "delete")
TOLD: dict[str, Any] = msgspec.json.decode(doors.described)
PATHS: dict[str, dict[str, Any]] = TOLD["paths"]


def operations() -> dict[str, tuple[str, str]]:
    """Each operation's method and path, as the description tells them."""
    return {one["operationId"]: (method, path) for path, some in PATHS.items() for method, one in some.items()}


@EACH
def test_who_may_and_who_may_not(name: str, case: Case, house: House) -> None:
    path = case.path if isinstance(case.path, str) else case.path(house)
    given = case.given(house) if callable(case.given) else case.given

    def ask(program: Program, method: str = case.method) -> Any:
        answer = program.ask(method, path, given)
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == answer.status_code
            assert answer.json()["detail"]
        return answer

    assert ask(Program(house, "nobody")).status_code == 401
    for who, status in case.refused.items():
        assert ask(Program(house, who)).status_code == status, who
    wrong = ask(Program(house, case.by), _not_here(name))
    assert wrong.status_code == 405
    assert case.method.upper() in wrong.headers["Allow"]
    needed, other = ("read", "write") if case.method == "get" else ("write", "read")
    assert ask(Program(house, case.by, other)).status_code == 403
    answer = ask(Program(house, case.by, needed))
    assert answer.status_code == case.status, answer.content
    assert answer.headers["RateLimit"].startswith('"minute";r=')
    if answer.content and answer.status_code < 300:
        _as_described(name, answer)


def _as_described(name: str, answer: Any) -> None:
    """Raises ValidationError where a good answer is not what the description says of it."""
    method, path = operations()[name]
    told = PATHS[path][method]["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    Draft202012Validator({**told, "components": TOLD["components"]}).validate(answer.json())


def _not_here(name: str) -> str:
    """A method that does nothing at an operation's address."""
    _, path = operations()[name]
    return next(method for method in METHODS if method not in PATHS[path])


def test_every_route_has_its_case() -> None:
    assert set(operations()) == set(CASES), "give each route a line in tests/api/cases.py"
    for name, (method, _) in operations().items():
        assert CASES[name].method == method, name


def test_programs_can_do_what_pages_do() -> None:
    pages = {str(one.name) for one in urlpatterns if isinstance(one, URLPattern) and one.name}
    assert not set(PAGES) & set(NOT_HERE)
    assert pages == set(PAGES) | set(NOT_HERE), "say in tests/api/cases.py which route does what a new page does"
    assert {one for some in PAGES.values() for one in some} <= set(operations())


def test_no_operation_is_called_twice() -> None:
    called = [one["operationId"] for some in PATHS.values() for one in some.values()]
    assert len(called) == len(set(called))
