"""Odoo by its JSON-RPC, or from Odoo 19 on by its JSON-2 API: fields_get, search_read and write of crm.lead.

A write is one transaction: records that get the same values go together, and one by one where that is refused. What
opens it, a user's API key, is in the environment. After Odoo's developer documentation, External API.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from premortem.errors import Unknown
from premortem.writing_back.crm import Field, Kind, Refused, Row, Value, in_turn
from premortem.writing_back.odoo_calls import CALLED, Calls, JsonRpc, JsonTwo, Said
from premortem.writing_back.settings import OdooPlace

KEY = "PREMORTEM_ODOO_KEY"
MODEL = "crm.lead"
READ_AT_ONCE = 1_000
WRITE_AT_ONCE = 100
EXPORTED = re.compile(r"__export__\.crm_lead_(\d+)(?:_[0-9a-f]+)?")
"""An External ID that Odoo made when it exported the record: its number stands in it."""
EXTERNAL = re.compile(r"(\w+)\.([\w.-]+)")
EVEN_ENDED = {"active_test": False}
"""Odoo hides archived records, and a lost opportunity is one."""

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("char", "text"), "text"),
    **dict.fromkeys(("integer", "float"), "number"),
    **{"selection": "choice", "date": "day", "datetime": "moment"},
}


def connect(place: OdooPlace, environment: Mapping[str, str]) -> Odoo:
    """Raises Unknown where the environment holds no key, and HungUp where Odoo refuses it."""
    key = environment.get(KEY)
    if not key:
        raise Unknown("nothing opens Odoo", f"Set {KEY}, the API key of a user, in the environment.")
    if place.api == "json-2":
        return Odoo(JsonTwo(place.url, place.database, key))
    if not place.database or not place.user:
        raise Unknown("nobody knows which database and user of Odoo are meant", "Set both in [odoo].")
    return Odoo(JsonRpc(place.url, place.database, place.user, key))


class Odoo:
    """The firm's Odoo; its deals are leads."""

    at_once = WRITE_AT_ONCE

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def fields(self, names: Collection[str]) -> dict[str, Field]:
        told = self._sure(
            MODEL,
            "fields_get",
            allfields=sorted(names),
            attributes=["string", "type", "readonly", "selection", "size", "store"],
        )
        return {name: _field(name, one) for name, one in told.items() if name in names}

    def records(self, deals: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        external: dict[str, tuple[str, str]] = {}
        for deal in deals:
            if deal.isascii() and deal.isdigit():
                found[deal] = deal
            elif made := EXPORTED.fullmatch(deal):
                found[deal] = made[1]
            elif named := EXTERNAL.fullmatch(deal):
                external[deal] = (named[1], named[2])
        return found | self._named(external)

    def _named(self, external: dict[str, tuple[str, str]]) -> dict[str, str]:
        """Records by External IDs that somebody gave; none where this user may not look them up."""
        if not external:
            return {}
        modules, names = ({one[place] for one in external.values()} for place in (0, 1))
        domain = [["model", "=", MODEL], ["module", "in", sorted(modules)], ["name", "in", sorted(names)]]
        told = self._calls.call("ir.model.data", "search_read", domain=domain, fields=["module", "name", "res_id"])
        if isinstance(told, Said):
            return {}
        known = {(one["module"], one["name"]): str(one["res_id"]) for one in told}
        return {deal: known[one] for deal, one in external.items() if one in known}

    def values(self, records: Sequence[str], fields: Collection[Field]) -> dict[str, dict[str, Value]]:
        by_name = {field.name: field for field in fields}
        found: dict[str, dict[str, Value]] = {}
        for start in range(0, len(records), READ_AT_ONCE):
            domain = [["id", "in", [int(one) for one in records[start : start + READ_AT_ONCE]]]]
            told = self._sure(MODEL, "search_read", domain=domain, fields=list(by_name), context=EVEN_ENDED)
            for one in told:
                found[str(one["id"])] = {name: _read(one.get(name), field) for name, field in by_name.items()}
        return found

    def write(self, rows: Sequence[Row], fields: Mapping[str, Field]) -> list[Refused]:
        alike: dict[bytes, list[Row]] = {}
        for row in rows:
            alike.setdefault(msgspec.json.encode(row.values, order="deterministic"), []).append(row)
        return in_turn(alike.values(), lambda group: self._together(group, fields))

    def _together(self, rows: Sequence[Row], fields: Mapping[str, Field]) -> list[Refused]:
        values = {name: _written(value, fields[name]) for name, value in rows[0].values.items()}
        told = self._calls.call(MODEL, "write", [int(row.record) for row in rows], vals=values)
        if not isinstance(told, Said):
            return []
        if len(rows) == 1:
            return [Refused(rows[0].record, *_plainly(told))]
        return in_turn(([row] for row in rows), lambda one: self._together(one, fields))

    def _sure(self, model: str, method: str, **told: Any) -> Any:
        found = self._calls.call(model, method, **told)
        if isinstance(found, Said):
            why, remedy = _plainly(found)
            raise Unknown(f"{CALLED}: {why}", remedy)
        return found


def _plainly(said: Said) -> tuple[str, str]:
    """Why Odoo refuses, in words with its own beside them, and what to do."""
    name, message = said.name.rpartition(".")[2], " ".join(said.message.split()).rstrip(".")
    if name == "MissingError":
        return f"the record is deleted: {message}", "Import the CRM's export again, so that the ledger learns of it."
    if name == "AccessError":
        return f"this user may not do this: {message}", "Give them the rights of Sales, on all documents."
    if name in ("ValidationError", "UserError", "RedirectWarning"):
        return f"a rule of the firm's forbids it: {message}", "Mend the record in Odoo, and run again."
    if name in ("ValueError", "KeyError") and "field" in message.lower():
        return f"a field is not there any more: {message}", "Make it again, or take it out of [fields]."
    return f"it was refused: {message} [{said.name}]", "See the record in Odoo; then run again."


def _field(name: str, told: dict[str, Any]) -> Field:
    kind = KINDS.get(told["type"])
    return Field(
        name=name,
        label=str(told.get("string") or name),
        kind=kind,
        own=name.startswith("x_"),
        writable=bool(told.get("store", True)) and not told.get("readonly"),
        longest=told.get("size") or None,
        choices={str(value): str(label) for value, label in told.get("selection") or []},
        blank=kind != "number",
    )


def _read(told: Any, field: Field) -> Value:
    """Odoo says False for what is empty, and tells moments in UTC without saying so."""
    if told is False or told is None:
        return None
    return f"{told.replace(' ', 'T')}Z" if field.kind == "moment" else told


def _written(value: Value, field: Field) -> Value | bool:
    if value is None:
        return False
    return str(value).replace("T", " ").removesuffix("Z") if field.kind == "moment" else value
