"""A PostgreSQL server for tests: the one that TEST_DATABASE_URL names, else one that lives as long as the tests."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest

UNPRIVILEGED = "postgres"
Command = list[str | Path]


@dataclass(frozen=True)
class Server:
    """A server, and a database on it from which others can be made and dropped."""

    url: str

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        name = f"premortem_test_{secrets.token_hex(6)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
            try:
                yield urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))
            finally:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def running_server() -> Iterator[Server]:
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield Server(named)
        return
    binaries = _binaries()
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="premortem-pg-"))
    try:
        if account:
            shutil.chown(folder, account)
        init: Command = [binaries / "initdb", "-D", folder / "data", "-A", "trust", "-U", "tests", "--no-sync"]
        _run(init, folder, account)
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        control: Command = [binaries / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
        _run([*control, "-o", options, "start"], folder, account)
        try:
            yield Server(f"postgres://tests@/postgres?host={quote(str(folder))}")
        finally:
            _run([*control, "-m", "immediate", "stop"], folder, account)
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path:
    """The folder of initdb and pg_ctl. Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    candidates = [Path(found).parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("needs PostgreSQL: install it, or name a server in TEST_DATABASE_URL")


def _account() -> str | None:
    """PostgreSQL refuses to run as root: the account to run it as instead, None for our own."""
    if os.name != "posix" or os.getuid() != 0:
        return None
    import pwd

    try:
        return pwd.getpwnam(UNPRIVILEGED).pw_name
    except KeyError:
        pytest.skip(f"PostgreSQL does not run as root, and this machine has no user '{UNPRIVILEGED}' to run it as")


def _run(command: Command, folder: Path, account: str | None) -> None:
    given = {"user": account, "extra_groups": []} if account else {}
    with (folder / "commands.log").open("a") as log:  # a pipe would stay open as long as the server runs
        done = subprocess.run(command, cwd=folder, stdout=log, stderr=log, check=False, **given)  # type: ignore[call-overload]
    if done.returncode:
        pytest.skip(f"PostgreSQL does not start here: {(folder / 'commands.log').read_text().strip()[-300:]}")
