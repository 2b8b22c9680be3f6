"""Salesforce by its REST API, with simple-salesforce: Opportunity's describe and sObject Collections.

Up to 2,000 records a read and 200 a write, each record for itself (allOrNone false), after Salesforce's REST API
Developer Guide. What opens it is in the environment: an access token, or the key and secret of a connected app that may
use the client credentials flow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from simple_salesforce.api import Salesforce as Client
from simple_salesforce.exceptions import SalesforceAuthenticationFailed, SalesforceError

from premortem.errors import Unknown
from premortem.writing_back.crm import Field, HungUp, Kind, Refused, Row, Value, taken
from premortem.writing_back.patience import AGAIN, Busy, patiently
from premortem.writing_back.salesforce_words import record_id, remedy_of

CALLED = "Salesforce"
TOKEN, KEY, SECRET = ("PREMORTEM_SALESFORCE_TOKEN", "PREMORTEM_SALESFORCE_KEY", "PREMORTEM_SALESFORCE_SECRET")
VERSION = "60.0"
READ_AT_ONCE = 2_000
WRITE_AT_ONCE = 200
PATIENCE = 60
"""Seconds that a call may take."""
LOCKED = "UNABLE_TO_LOCK_ROW"

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("string", "textarea", "url"), "text"),
    **dict.fromkeys(("double", "int"), "number"),
    **{"percent": "percent", "picklist": "choice", "date": "day", "datetime": "moment"},
}


def connect(instance: str, environment: Mapping[str, str]) -> Salesforce:
    """Raises Unknown where the environment holds no secret, and HungUp where Salesforce refuses it."""
    token, key, secret = (environment.get(name) for name in (TOKEN, KEY, SECRET))
    if token:
        return Salesforce(Client(instance_url=instance, session_id=token, version=VERSION))
    if not key or not secret:
        raise Unknown("nothing opens Salesforce", f"Set {TOKEN}, or {KEY} and {SECRET}, in the environment.")
    domain = (urlsplit(instance).hostname or "").removesuffix(".salesforce.com")
    try:
        client = Client(consumer_key=key, consumer_secret=secret, domain=domain, version=VERSION)
    except SalesforceAuthenticationFailed as refused:
        why = f"it refuses {KEY} and {SECRET} ({refused.code})"
        raise HungUp(CALLED, why, "See that the app may use the client credentials flow.") from refused
    except (OSError, ValueError) as lost:  # what goes wrong on the way is an OSError, a page for an answer a ValueError
        raise HungUp(CALLED, f"{domain} can't be reached ({type(lost).__name__})", "Check `instance`.") from lost
    return Salesforce(client)


class Salesforce:
    """The firm's Salesforce; its deals are Opportunities."""

    at_once = WRITE_AT_ONCE

    def __init__(self, client: Client) -> None:
        self._client = client
        self._retry_after: str | None = None
        client.session.hooks["response"].append(self._note)

    def fields(self, names: Collection[str]) -> dict[str, Field]:
        described = self._ask("GET", "sobjects/Opportunity/describe")
        return {one["name"]: _field(one) for one in described["fields"] if one["name"] in names}

    def records(self, deals: Sequence[str]) -> dict[str, str]:
        return {deal: record for deal in deals if (record := record_id(deal)) is not None}

    def values(self, records: Sequence[str], fields: Collection[Field]) -> dict[str, dict[str, Value]]:
        names = [field.name for field in fields]
        found: dict[str, dict[str, Value]] = {}
        for start in range(0, len(records), READ_AT_ONCE):
            some = list(records[start : start + READ_AT_ONCE])
            told = self._ask("POST", "composite/sobjects/Opportunity", {"ids": some, "fields": ["Id", *names]})
            for record, one in zip(some, told, strict=True):
                if one is not None:  # deleted, or not for this user
                    found[record] = {name: one.get(name) for name in names}
        return found

    def write(self, rows: Sequence[Row], fields: Mapping[str, Field]) -> list[Refused]:
        refused, locked = self._write(rows)
        if locked:  # somebody saved the record just then: once more, on its own
            try:
                again, still = self._write(locked)
            except HungUp as end:
                waiting = {row.record for row in locked}
                end.written = tuple(one for one in taken(rows, refused) if one not in waiting)
                raise
            refused += again
            refused += [Refused(row.record, *remedy_of(LOCKED, "somebody is saving the record")) for row in still]
        return refused

    def _write(self, rows: Sequence[Row]) -> tuple[list[Refused], list[Row]]:
        kind = {"type": "Opportunity"}
        records = [{"attributes": kind, "id": row.record, **row.values} for row in rows]
        told = self._ask("PATCH", "composite/sobjects", {"allOrNone": False, "records": records})
        refused, locked = [], []
        for row, one in zip(rows, told, strict=True):
            if one["success"]:
                continue
            first: dict[str, Any] = (one.get("errors") or [{}])[0]
            code, message = first.get("statusCode", "UNKNOWN"), first.get("message", "no reason was given")
            if code == LOCKED:
                locked.append(row)
            else:
                refused.append(Refused(row.record, *remedy_of(code, message, first.get("fields") or [])))
        return refused, locked

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return patiently(CALLED, lambda: self._ask_once(method, path, body))

    def _ask_once(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        self._retry_after = None
        try:
            return self._client.restful(path, method=method, json=body, timeout=PATIENCE)
        except SalesforceError as error:
            raise self._plainly(error) from error
        except OSError as lost:
            raise Busy(f"the connection was lost ({type(lost).__name__})") from lost

    def _plainly(self, error: SalesforceError) -> Exception:
        """What an answer other than 2xx means; the answer itself is told by its code and message alone."""
        first: dict[str, Any] = error.content[0] if isinstance(error.content, list) and error.content else {}
        code, message = str(first.get("errorCode", "")), str(first.get("message", "")).strip().rstrip(".")
        if code == "REQUEST_LIMIT_EXCEEDED":
            return HungUp(CALLED, "the firm's calls of the last 24 hours are used up", AGAIN)
        if error.status in (429, 500, 502, 503, 504):
            return Busy(f"it is busy ({error.status})", self._retry_after)
        if error.status == 401:
            return HungUp(CALLED, "the token no longer holds", f"Set a new one in {TOKEN}. {AGAIN}")
        if code in ("API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED"):
            return HungUp(CALLED, "this user may not use the API", "Give them the permission 'API Enabled'.")
        why = f"it refuses the call ({error.status} {code}{': ' + message if message else ''})"
        return HungUp(CALLED, why, "See that the user may read and edit opportunities.")

    def _note(self, answer: Any, *_: Any, **__: Any) -> None:
        self._retry_after = answer.headers.get("Retry-After")


def _field(told: dict[str, Any]) -> Field:
    offered = [one for one in told.get("picklistValues") or [] if one["active"]]
    kind = KINDS.get(told["type"])
    return Field(
        name=told["name"],
        label=told.get("label") or told["name"],
        kind=kind,
        own=bool(told["custom"]),
        writable=bool(told["updateable"]) and not told.get("calculated"),
        longest=(told.get("length") or None) if kind == "text" else None,
        choices={one["value"]: one.get("label") or one["value"] for one in offered},
        free=not told.get("restrictedPicklist", False),
        blank=bool(told.get("nillable", True)),
    )
