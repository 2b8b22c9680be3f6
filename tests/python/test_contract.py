"""What `import premortem` promises to other people's programs: these names, so called, giving these documents."""

from __future__ import annotations

import asyncio
import inspect
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

import premortem
from premortem.sample.place import DEALS

DEAL = DEALS / "18-rive-droite-field-reports"
NAMES = {
    *("Forecast", "Ledger", "PeriodForecast", "PremortemError", "Reading", "Replay", "Review", "TableForecast"),
    *("forecast", "open", "read", "replay", "review"),
}
SIGNATURES = {
    "read": "(path: 'Place') -> 'Reading'",
    "review": (
        "(path: 'Place', *, as_of: 'Day | None' = None, playbook: 'Place | None' = None, "
        "lists: 'Sequence[str]' = ()) -> 'Review'"
    ),
    "replay": "(path: 'Place', *, playbook: 'Place | None' = None) -> 'Replay'",
    "forecast": "(table: 'Place', *, columns: 'Place | None' = None) -> 'TableForecast'",
    "open": "(place: 'Place | None' = None, *, playbook: 'Place | None' = None) -> 'Ledger'",
    "Ledger.bring_in": "(self, path: 'Place', *, deal: 'str | None' = None) -> 'list[BroughtIn]'",
    "Ledger.close": "(self) -> 'None'",
    "Ledger.deals": "(self) -> 'list[DealShown]'",
    "Ledger.forecast": ("(self, deal: 'str | None' = None, *, by: 'Day | None' = None) -> 'PeriodForecast | Forecast'"),
    "Ledger.read": "(self, deal: 'str') -> 'Reading'",
    "Ledger.replay": "(self, deal: 'str') -> 'Replay'",
    "Ledger.review": ("(self, deal: 'str', *, as_of: 'Day | None' = None, lists: 'Sequence[str]' = ()) -> 'Review'"),
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> premortem.Ledger:
    held = premortem.open(tmp_path_factory.mktemp("ledger") / "deals.db")
    held.bring_in(DEAL)
    return held


def test_these_names_are_handed_out_and_no_others() -> None:
    assert {name for name in dir(premortem) if name in NAMES} == NAMES
    assert {*premortem.__all__, "open"} == NAMES  # a star never hides Python's own `open`
    with pytest.raises(AttributeError, match="no attribute 'reveiw'"):
        premortem.reveiw  # type: ignore[attr-defined]  # noqa: B018


def test_they_are_called_so() -> None:
    found = {name: getattr(premortem, name) for name in NAMES if name.islower()}
    methods = inspect.getmembers(premortem.Ledger, inspect.isfunction)
    found |= {f"Ledger.{name}": method for name, method in methods if not name.startswith("_")}
    assert {name: str(inspect.signature(one)) for name, one in found.items()} == SIGNATURES
    assert all(inspect.getdoc(one) for one in found.values())


def test_a_ledger_says_of_a_deal_what_its_folder_says(ledger: premortem.Ledger) -> None:
    assert ledger.review("lark-18") == premortem.review(DEAL)
    assert ledger.review("lark-18", as_of="2025-10-01") == premortem.review(DEAL, as_of=date(2025, 10, 1))
    assert ledger.replay("lark-18").lives[0].visible_on == premortem.replay(DEAL).lives[0].visible_on
    assert [one.quote for one in ledger.read("lark-18").facts] == [one.quote for one in premortem.read(DEAL).facts]
    assert [(one.id, one.outcome) for one in ledger.deals()] == [("lark-18", "lost")]
    assert [one.known_already for one in ledger.bring_in(DEAL)] == [4]


def test_documents_are_those_of_the_command_line_and_short_to_look_at(ledger: premortem.Ledger) -> None:
    review = premortem.review(DEAL)
    assert review.plain() == json.loads(msgspec.json.encode(review))
    assert review.plain()["schema"] == "premortem.review/1"
    documents = (review, ledger.read("lark-18"), ledger.replay("lark-18"), ledger.forecast(by="2099-12-31"), ledger)
    for one in documents:
        assert repr(one).startswith(f"<{type(one).__name__}: ")
        assert len(repr(one)) < 200


def test_a_notebooks_event_loop_is_no_hindrance(ledger: premortem.Ledger) -> None:
    async def cell() -> list[str]:
        with premortem.open(ledger.place) as again:
            again.bring_in(DEAL)
            return [one.id for one in again.deals()]

    assert asyncio.run(cell()) == ["lark-18"]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda _: premortem.read("nowhere.vtt"), "there is no file or folder nowhere.vtt. Check the path."),
        (lambda _: premortem.review(DEALS), "there are 40 deals here. Give one of them"),
        (lambda _: premortem.review(DEAL, as_of="yesterday"), "'yesterday' is no day. Write it YYYY-MM-DD"),
        (lambda _: premortem.review(DEAL, lists=["xyz"]), "there is no list 'xyz'"),
        (lambda _: premortem.review(DEAL, playbook="none.toml"), "there is no file or folder none.toml"),
        (lambda _: premortem.forecast("none.csv"), "there is no file or folder none.csv"),
        (lambda _: premortem.open("mysql://me:secret@host/db"), "a database of the kind 'mysql'"),
        (lambda held: held.review("d-9"), "there is no deal 'd-9' in the ledger. `deals()` lists what is there."),
        (lambda held: held.forecast("lark-18"), "'lark-18' has ended: lost"),
        (lambda held: held.bring_in("nowhere"), "there is no deal here"),
    ],
)
def test_what_goes_wrong_says_what_to_do(
    ledger: premortem.Ledger, ask: Callable[[premortem.Ledger], object], says: str
) -> None:
    with pytest.raises(premortem.PremortemError) as wrong:
        ask(ledger)
    assert says in str(wrong.value)
    assert "secret" not in str(wrong.value)


def test_files_are_only_read_and_no_library_tells_its_maker(tmp_path: Path) -> None:
    script = f"import premortem; print(premortem.review({str(DEAL)!r}))"
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=tmp_path,
        env=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.startswith("<Review: Rive Droite Relief")
    assert list(tmp_path.iterdir()) == []  # ONNX Runtime would keep an id of the machine here, and send it
