"""HubSpot by its CRM API, with hubspot-api-client: the properties of deals, and batches of at most 100 deals.

A batch whose records are refused one by one is answered with 207; one in which a value is refused fails whole with 400,
and is halved until the record is found. What opens it, a private app's token, is in the environment.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import hubspot  # type: ignore[import-untyped]
import msgspec
import urllib3
from hubspot.crm import deals as deals_api  # type: ignore[import-untyped]
from hubspot.crm import properties as properties_api
from urllib3.util.retry import Retry

from premortem.errors import Unknown
from premortem.writing_back.crm import Field, HungUp, Kind, Refused, Row, Value, in_turn
from premortem.writing_back.patience import AGAIN, Busy, patiently

CALLED = "HubSpot"
TOKEN = "PREMORTEM_HUBSPOT_TOKEN"
HOST = "https://api.hubapi.com"
AT_ONCE = 100
PATIENCE = 60
SCOPES = "crm.objects.deals.read, crm.objects.deals.write and crm.schemas.deals.read"

Answer = TypeVar("Answer")

KINDS: dict[str, Kind] = {
    "string": "text",
    "number": "number",
    "enumeration": "choice",
    "date": "day",
    "datetime": "moment",
}
LONGEST = 65_536
"""Characters that a text property holds."""


def connect(environment: Mapping[str, str], host: str = HOST) -> HubSpot:
    """Raises Unknown where the environment holds no token."""
    token = environment.get(TOKEN)
    if not token:
        raise Unknown("nothing opens HubSpot", f"Set {TOKEN}, a private app's token, in the environment.")
    # Waiting is ours: what the library does by itself knows no Retry-After, and repeats what it should not.
    return HubSpot(hubspot.Client.create(access_token=token, host=host, retry=Retry(0)))


class HubSpot:
    """The firm's HubSpot."""

    at_once = AT_ONCE

    def __init__(self, client: hubspot.Client) -> None:
        self._deals = client.crm.deals.batch_api
        self._properties = client.crm.properties.core_api

    def fields(self, names: Collection[str]) -> dict[str, Field]:
        told = self._ask(partial(self._properties.get_all, "deals", _request_timeout=PATIENCE))
        return {one.name: _field(one) for one in told.results if one.name in names}

    def records(self, deals: Sequence[str]) -> dict[str, str]:
        """A record's id is a number."""
        return {deal: deal for deal in deals if deal.isascii() and deal.isdigit()}

    def values(self, records: Sequence[str], fields: Collection[Field]) -> dict[str, dict[str, Value]]:
        names = [field.name for field in fields]
        found: dict[str, dict[str, Value]] = {}
        for start in range(0, len(records), AT_ONCE):
            ids = [deals_api.SimplePublicObjectId(id=one) for one in records[start : start + AT_ONCE]]
            wanted = deals_api.BatchReadInputSimplePublicObjectId(
                inputs=ids, properties=names, properties_with_history=[]
            )
            told = self._ask(partial(self._deals.read, wanted, _request_timeout=PATIENCE))
            for one in told.results:
                found[str(one.id)] = {name: one.properties.get(name) for name in names}
        return found

    def write(self, rows: Sequence[Row], fields: Mapping[str, Field]) -> list[Refused]:
        inputs = [
            deals_api.SimplePublicObjectBatchInput(
                id=row.record, properties={name: _text(value) for name, value in row.values.items()}
            )
            for row in rows
        ]
        batch = deals_api.BatchInputSimplePublicObjectBatchInput(inputs=inputs)
        try:
            told = self._ask(partial(self._deals.update, batch, _request_timeout=PATIENCE))
        except _WholeRefused as refused:
            if len(rows) == 1:
                return [_refused(rows[0].record, refused.category, str(refused))]
            half = len(rows) // 2
            return in_turn((rows[:half], rows[half:]), lambda some: self.write(some, fields))
        written = {str(one.id) for one in told.results}
        why = _by_record(getattr(told, "errors", None) or [])
        return [
            _refused(row.record, *why.get(row.record, ("", "it did not say why")))
            for row in rows
            if row.record not in written
        ]

    def _ask(self, call: Callable[[], Answer]) -> Answer:
        return patiently(CALLED, partial(_ask_once, call))


class _WholeRefused(Exception):
    """The whole batch was refused for what stands in it."""

    def __init__(self, category: str, message: str) -> None:
        super().__init__(message)
        self.category = category


def _ask_once(call: Callable[[], Answer]) -> Answer:
    try:
        return call()
    except (deals_api.ApiException, properties_api.ApiException) as error:
        raise _plainly(error) from error
    except urllib3.exceptions.HTTPError as lost:
        raise Busy(f"the connection was lost ({type(lost).__name__})") from lost


def _plainly(error: Any) -> Exception:
    """What an answer other than 2xx means."""
    told = _body(error.body)
    category, message = str(told.get("category", "")), str(told.get("message", "")).strip().rstrip(".")
    if error.status == 429:
        if str(told.get("policyName", "")).upper() == "DAILY":
            return HungUp(CALLED, "the calls of this day are used up", AGAIN)
        return Busy("too many calls (429)", (error.headers or {}).get("Retry-After"))
    if error.status == 0 or error.status >= 500:
        return Busy(f"it is busy ({error.status})", (error.headers or {}).get("Retry-After"))
    if error.status == 401:
        return HungUp(CALLED, "the token does not hold", f"Set a valid one in {TOKEN}. {AGAIN}")
    if error.status == 403:
        return HungUp(CALLED, "the app may not do this", f"Give it the scopes {SCOPES}.")
    if error.status == 400:
        return _WholeRefused(category, message or "the values are not valid")
    return HungUp(CALLED, f"it refuses the call ({error.status} {category})", "See the app's scopes in HubSpot.")


def _body(raw: Any) -> dict[str, Any]:
    try:
        told = msgspec.json.decode(raw or b"{}")
    except msgspec.DecodeError:  # a proxy's page: its status says enough
        return {}
    return told if isinstance(told, dict) else {}


def _by_record(errors: Sequence[Any]) -> dict[str, tuple[str, str]]:
    """Why each record was refused, of an answer of 207: the ids stand in each error's context."""
    return {
        record: (str(one.category or ""), str(one.message or "").strip().rstrip("."))
        for one in errors
        for ids in (one.context or {}).values()
        for record in ids
    }


def _refused(record: str, category: str, message: str) -> Refused:
    if category == "OBJECT_NOT_FOUND":
        remedy = "Import the CRM's export again, so that the ledger learns of it."
        return Refused(record, f"the deal is deleted, or was merged into another: {message}", remedy)
    if "READ_ONLY" in message or "read only" in message.lower():
        return Refused(record, f"the property can't be written: {message}", "Name another one in [fields].")
    if category == "VALIDATION_ERROR":
        return Refused(record, f"HubSpot does not take the value: {message}", "See the property's kind and its rules.")
    return Refused(record, f"it was refused: {message} [{category}]", "See the deal in HubSpot; then run again.")


def _text(value: Value) -> str:
    """HubSpot takes every value as text; nothing empties a property but the empty text."""
    return "" if value is None else str(value)


def _field(told: Any) -> Field:
    kind = KINDS.get(told.type)
    choices = {one.value: one.label for one in told.options or [] if not one.hidden}
    fixed = bool(told.modification_metadata and told.modification_metadata.read_only_value)
    return Field(
        name=told.name,
        label=told.label,
        kind=None if told.field_type in ("checkbox", "booleancheckbox", "html") else kind,
        own=not told.hubspot_defined,
        writable=not fixed and not told.calculated,
        longest=LONGEST if kind == "text" else None,
        choices=choices,
    )
