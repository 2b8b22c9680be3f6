"""Each view, put to the whole cast: who sees it, who does not, and what it refuses."""

from __future__ import annotations

import pytest
from django.urls import URLPattern

from premortem.web.urls import urlpatterns
from tests.web.cases import CASES, LET_IN, Case
from tests.web.conftest import CAST, House

EACH = pytest.mark.parametrize(("name", "case"), CASES.items(), ids=list(CASES))


def address(case: Case, house: House) -> str:
    return case.path if isinstance(case.path, str) else case.path(house)


@EACH
@pytest.mark.parametrize("who", CAST)
def test_each_of_the_cast_gets_what_is_theirs(name: str, case: Case, who: str, house: House) -> None:
    answer = getattr(house.client(who), case.method)(address(case, house), case.data)
    assert answer.status_code == case.expected[who], answer.content[:500]
    if who == "nobody":
        assert answer.headers["Location"].startswith("/account/login/")


@EACH
def test_the_wrong_method_is_refused(name: str, case: Case, house: House) -> None:
    if case.refuses is not None:
        assert getattr(house.client("admin"), case.refuses)(address(case, house)).status_code == 405


def test_every_view_has_its_case() -> None:
    named = {str(one.name) for one in urlpatterns if isinstance(one, URLPattern) and one.name}
    assert named - LET_IN == set(CASES), "give each view a line in tests/web/cases.py"
