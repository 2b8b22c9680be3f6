"""What went wrong, for programs: problem details (RFC 9457), with the remedy in `detail`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from msgspec import Struct
from ninja.errors import HttpError, ValidationError

from premortem.errors import PremortemError, Unknown
from premortem.records.errors import LedgerError

MEDIA_TYPE = "application/problem+json"
ABSENT = "There is no such thing here, or it is not yours to see."
"""One sentence for both, so that an answer does not tell a stranger which deals there are."""


class Mistake(Struct, frozen=True):
    """One thing that is wrong with what was sent: `where` as body.field, query.field or path.field."""

    where: str
    why: str


class Problem(Struct, frozen=True):
    """Problem details. `detail` says what went wrong and what to do; `errors` lists each mistake in what was sent."""

    status: int
    title: str
    detail: str
    type: str = "about:blank"
    errors: list[Mistake] = []


class Refused(Exception):
    """Raised where a request is answered with this status and no document; `errors` are what is wrong with the body."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, errors: Sequence[Mistake] = ()
    ) -> None:
        self.status, self.detail, self.headers, self.errors = status, detail, headers or {}, errors
        super().__init__(detail)


class NotJson(Exception):
    """Raised where a body is no JSON by its content type."""


NOT_FITTING = "What was sent does not fit. Each mistake is listed in errors."


def problem(
    status: int, detail: str, errors: Sequence[Mistake] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer that tells of a problem."""
    answer = HttpResponse(status=status, content_type=MEDIA_TYPE)
    answer.content = msgspec.json.encode(Problem(status, answer.reason_phrase, detail, errors=list(errors)))
    for name, value in (headers or {}).items():
        answer[name] = value
    return answer


def problem_of(request: HttpRequest, mistake: Exception) -> HttpResponse | None:
    """The answer to what was raised; None where nobody foresaw it."""
    match mistake:
        case Refused():
            return problem(mistake.status, mistake.detail, mistake.errors, mistake.headers)
        case ValidationError():
            return problem(422, NOT_FITTING, _mistakes(mistake))
        case HttpError():
            return _not_understood(mistake)
        case RequestDataTooBig():
            return problem(413, "This is more than 4 MB of JSON. Send it in parts.")
        case Http404():
            return problem(404, ABSENT)
        case PermissionDenied():
            return problem(403, "You may look at this and not do that. Ask an admin of the firm.")
        case Unknown():
            return problem(404 if request.method == "GET" else 422, str(mistake))
        case LedgerError() | OperationalError():
            return problem(
                503, "The ledger is busy or can't be reached. Ask again in a moment.", headers={"Retry-After": "2"}
            )
        case PremortemError():
            return problem(422, str(mistake))
        case _:
            return None


def _not_understood(mistake: HttpError) -> HttpResponse:
    """What django-ninja refused; it wraps what our own reader of bodies raised."""
    match mistake.__cause__:
        case NotJson():
            return problem(
                415,
                "Send JSON, with the header Content-Type: application/json.",
                headers={"Accept": "application/json"},
            )
        case msgspec.DecodeError() as unread:
            return problem(400, f"The body is no JSON: {unread}.")
        case _:
            return problem(mistake.status_code, str(mistake))


def _mistakes(found: ValidationError) -> list[Mistake]:
    return [_mistake(one) for one in found.errors]


def _mistake(one: dict[str, Any]) -> Mistake:
    where = [str(part) for part in one["loc"]]
    why = str(one["msg"])
    if where[0] == "body" and one["type"] == "given":
        why, _, inside = why.partition(" - at `$")  # msgspec tells where in the body
        where = ["body" + inside.rstrip("`")]
    return Mistake(".".join(where), why)
