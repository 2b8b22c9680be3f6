"""Where the ledger is, and what is said when it can't be opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from premortem.ledger.chain import verify
from premortem.records import schema
from premortem.records.database_url import database, default_file
from premortem.records.errors import LedgerError
from premortem.records.opening import Ledger, introduce, open_ledger
from premortem.records.store import DatabaseStore
from tests.records.processes import run_together
from tests.records.writers import a_deal, open_only


def test_the_default_is_a_file_in_the_users_own_folder() -> None:
    assert default_file({"XDG_DATA_HOME": "/data"}, "linux") == Path("/data/premortem/ledger.sqlite3")
    assert default_file({}, "linux") == Path.home() / ".local/share/premortem/ledger.sqlite3"
    assert default_file({}, "darwin") == Path.home() / "Library/Application Support/premortem/ledger.sqlite3"
    assert default_file({"LOCALAPPDATA": "/local"}, "win32") == Path("/local/premortem/ledger.sqlite3")
    assert default_file({"PREMORTEM_LEDGER": "~/my.sqlite3"}, "linux") == Path.home() / "my.sqlite3"


def test_database_url_outranks_the_file() -> None:
    both = {"DATABASE_URL": "sqlite:////data/deals%20of%20ours.sqlite3", "PREMORTEM_LEDGER": "/elsewhere"}
    assert database(None, both)["NAME"] == str(Path("/data/deals of ours.sqlite3"))
    assert database("sqlite:///here.sqlite3", both)["NAME"] == str(Path.cwd() / "here.sqlite3")
    assert database(None, {"PREMORTEM_LEDGER": "/elsewhere"})["NAME"] == str(Path("/elsewhere"))


def test_a_url_for_postgresql() -> None:
    given = database("postgresql://ines:p%40ss%2Fword@db.example:6432/deals?sslmode=require", {})
    assert given == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "deals",
        "USER": "ines",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }
    assert database("postgres:///deals?host=/run/postgresql", {})["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://host/deals", "of the kind 'mysql'"),
        ("ledger.sqlite3", "of the kind ''"),
        ("sqlite://ledger.sqlite3", "three slashes or four"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgres://ines:secret@host", "names no database"),
        ("postgres://ines:secret@host/deals/2026", "with a slash"),
        ("postgres://ines:secret@host:many/deals", "port"),
        ("postgres://ines:secret@[host/deals", "brackets"),
    ],
)
def test_a_url_that_can_not_be_understood_says_how_to_write_it(url: str, says: str) -> None:
    with pytest.raises(LedgerError, match="unset it to keep the ledger in a file") as refused:
        open_ledger(url)
    assert str(refused.value).startswith("DATABASE_URL ")
    assert says in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(LedgerError, match="See that the server runs") as refused:
        open_ledger("postgres://ines:secret@127.0.0.1:1/deals?connect_timeout=2")
    assert "PostgreSQL's database 'deals' on 127.0.0.1" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database at all, but long enough to look like one" * 20)
    with pytest.raises(LedgerError, match=r"notes\.txt can't be opened: file is not a database\. Name another file"):
        open_ledger(f"sqlite:///{tmp_path / 'notes.txt'}")
    with pytest.raises(LedgerError, match="See that it is a file that you may write"):
        open_ledger(f"sqlite:///{tmp_path}")
    with pytest.raises(LedgerError, match=r"the folder .*notes\.txt for the ledger can't be made"):
        open_ledger(f"sqlite:///{tmp_path / 'notes.txt' / 'ledger.sqlite3'}")


def test_sqlite_writes_ahead_and_waits_for_its_turn(tmp_path: Path) -> None:
    ledger = open_ledger(f"sqlite:///{tmp_path}/new/folder/ledger.sqlite3")
    with connections[ledger.alias].cursor() as cursor:
        pragmas = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 1}
    ledger.close()


def test_many_processes_may_make_one_ledger_at_once(url: str) -> None:
    run_together(open_only, [(url,)] * 3)
    ledger = open_ledger(url)
    ledger.store.append(a_deal())
    assert list(verify(ledger.store.rows())) == []
    ledger.close()


def test_a_ledger_of_an_older_version_is_brought_up_to_date(url: str) -> None:
    alias = introduce(database(url), url)
    MigrationExecutor(connections[alias]).migrate([("records", "0001_ledger")])
    DatabaseStore(alias).append(a_deal())
    assert not schema.up_to_date(alias)

    ledger = open_ledger(url)
    assert schema.up_to_date(alias)
    assert ledger.store.read("quarry") == a_deal()
    made = ledger.reading.digest()
    ledger.reading.rebuild()
    assert ledger.reading.digest() == made
    ledger.close()


def test_a_ledger_of_a_newer_version_is_left_alone(ledger: Ledger, url: str) -> None:
    MigrationRecorder(connections[ledger.alias]).record_applied("records", "0999_later")
    with pytest.raises(LedgerError, match="newer premortem"):
        open_ledger(url)


def test_the_models_and_the_migrations_agree() -> None:
    loader = MigrationLoader(None)
    made, wanted = loader.project_state(), ProjectState.from_apps(apps)
    assert MigrationAutodetector(made, wanted).changes(loader.graph) == {}


def test_django_loads_only_when_a_ledger_is_opened() -> None:
    look = "import sys, premortem.records.opening; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
