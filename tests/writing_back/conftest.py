"""The CRMs as servers, and clients that talk to them; nobody really waits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from premortem.writing_back import hubspot, odoo, patience, salesforce
from premortem.writing_back.crm import HungUp
from premortem.writing_back.settings import OdooPlace
from tests.writing_back.answering import Answering, answering, certificate_in
from tests.writing_back.crms import HubSpotLike, OdooLike, SalesforceLike


class Ours(NamedTuple):
    """A connected CRM, what is in it, and its server."""

    crm: salesforce.Salesforce
    its: SalesforceLike
    server: Answering


class OursHubSpot(NamedTuple):
    crm: hubspot.HubSpot
    its: HubSpotLike
    server: Answering


class OursOdoo(NamedTuple):
    crm: odoo.Odoo
    its: OdooLike
    server: Answering


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_in(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds for which somebody would have waited."""
    seconds: list[float] = []
    monkeypatch.setattr(patience, "sleep", seconds.append)
    return seconds


@pytest.fixture
def our_salesforce(certificate: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float]) -> Iterator[Ours]:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    its = SalesforceLike()
    with answering(its, certificate) as server:
        yield Ours(salesforce.connect(server.url, {salesforce.TOKEN: "00D!the-token"}), its, server)


@pytest.fixture
def our_hubspot(waited: list[float]) -> Iterator[OursHubSpot]:
    its = HubSpotLike()
    with answering(its) as server:
        yield OursHubSpot(hubspot.connect({hubspot.TOKEN: "pat-the-token"}, server.url), its, server)


@pytest.fixture(params=["json-rpc", "json-2"])
def our_odoo(request: pytest.FixtureRequest, waited: list[float]) -> Iterator[OursOdoo]:
    its = OdooLike(two=request.param == "json-2")
    with answering(its) as server:
        place = OdooPlace(server.url, "larkspur", "bot@larkspur.example", request.param)
        yield OursOdoo(odoo.connect(place, {odoo.KEY: "the-key"}), its, server)


def hang_up_on(calls: Any, name: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the call of that number on, counted from 1, a method raises HungUp."""
    call, counted = getattr(calls, name), count(1)

    def until_then(*args: Any, **told: Any) -> Any:
        if next(counted) >= number:
            raise HungUp("The CRM", "the calls of this day are used up", "Run it again later.")
        return call(*args, **told)

    monkeypatch.setattr(calls, name, until_then)
