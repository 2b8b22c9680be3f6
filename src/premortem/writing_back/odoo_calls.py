"""Calls to Odoo in its two ways: JSON-RPC (/jsonrpc, all versions up to its end) and JSON-2 (/json/2, from 19 on)."""

from __future__ import annotations

from itertools import count
from typing import Any, NamedTuple, Protocol

import httpx2

from premortem.writing_back.crm import HungUp
from premortem.writing_back.patience import AGAIN, Busy, patiently

CALLED = "Odoo"
PATIENCE = 60
BUSY = (429, 502, 503, 504)
OLDER = 'Set api = "json-rpc" for an Odoo before 19.'
REMEDY = "Check url, database and user in [odoo], and PREMORTEM_ODOO_KEY."


class Said(NamedTuple):
    """What Odoo says where it refuses a call: the name of its exception, and its message."""

    name: str
    message: str


class Calls(Protocol):
    def call(self, model: str, method: str, ids: list[int] | None = None, **told: Any) -> Any | Said:
        """What a method returns, or what Odoo says where it refuses. Raises HungUp where it answers nobody."""


class JsonRpc:
    """The service `object` of /jsonrpc, as a user who is known by the service `common`."""

    def __init__(self, url: str, database: str, user: str, key: str) -> None:
        """Raises HungUp where Odoo does not know the user or the key."""
        self._client = httpx2.Client(base_url=url, timeout=PATIENCE)
        self._numbers = count(1)
        self._key, self._database = key, database
        who = self._serve("common", "authenticate", database, user, key, {})
        if isinstance(who, Said) or not isinstance(who, int) or who is False:
            raise HungUp(CALLED, f"it does not let {user} in", REMEDY)
        self._who = who

    def call(self, model: str, method: str, ids: list[int] | None = None, **told: Any) -> Any | Said:
        args = [] if ids is None else [ids]
        return self._serve("object", "execute_kw", self._database, self._who, self._key, model, method, args, told)

    def _serve(self, service: str, method: str, *args: Any) -> Any | Said:
        params = {"service": service, "method": method, "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": next(self._numbers)}
        answer = patiently(CALLED, lambda: _post(self._client, "/jsonrpc", body))
        told = _json(answer)
        if answer.status_code != 200 or not isinstance(told, dict):
            raise HungUp(CALLED, f"it answers no JSON-RPC ({answer.status_code})", REMEDY)
        if "error" not in told:
            return told.get("result")
        data = told["error"].get("data") or {}
        return Said(str(data.get("name", "")), str(data.get("message") or told["error"].get("message", "")))


class JsonTwo:
    """A method is an address, its parameters have names, and the key is a bearer token."""

    def __init__(self, url: str, database: str, key: str) -> None:
        headers = {"Authorization": f"bearer {key}", "User-Agent": "premortem"}
        if database:
            headers["X-Odoo-Database"] = database
        self._client = httpx2.Client(base_url=url, timeout=PATIENCE, headers=headers)

    def call(self, model: str, method: str, ids: list[int] | None = None, **told: Any) -> Any | Said:
        body = told if ids is None else {"ids": ids, **told}
        answer = patiently(CALLED, lambda: _post(self._client, f"/json/2/{model}/{method}", body))
        found = _json(answer)
        if answer.status_code == 200:
            return found
        if answer.status_code == 401:
            raise HungUp(CALLED, "it does not know the key", f"Set a valid one in PREMORTEM_ODOO_KEY. {AGAIN}")
        if not isinstance(found, dict) or "name" not in found:
            raise HungUp(CALLED, f"it answers no JSON-2 ({answer.status_code})", 'Set api = "json-rpc" before Odoo 19.')
        return Said(str(found["name"]), str(found.get("message", "")))


def _post(client: httpx2.Client, path: str, body: dict[str, Any]) -> httpx2.Response:
    try:
        answer = client.post(path, json=body)
    except httpx2.TransportError as lost:
        raise Busy(f"the connection was lost ({type(lost).__name__})") from lost
    if answer.status_code in BUSY:
        raise Busy(f"it is busy ({answer.status_code})", answer.headers.get("Retry-After"))
    return answer


def _json(answer: httpx2.Response) -> Any:
    try:
        return answer.json()
    except ValueError:  # a proxy's page: its status says enough
        return None
