"""The guide's examples, run against a server as they stand there."""

from __future__ import annotations

import os
import pkgutil
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from premortem.api import routes
from premortem.web.wsgi import application
from tests.api.conftest import a_key
from tests.web.conftest import House

GUIDE = Path(__file__).resolve().parents[2] / "docs/api.md"
ROW = re.compile(r"^\| ([a-z_, ]+) \|", re.MULTILINE)
CURL = re.compile(r"^\$ curl (.+)$", re.MULTILINE)


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *given: object) -> None:
        return None


@pytest.fixture
def server(house: House) -> Iterator[str]:
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()
        thread.join()


@pytest.mark.skipif(shutil.which("curl") is None, reason="the examples are for curl")
def test_every_example_works(server: str) -> None:
    examples = CURL.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(examples) > 8
    environment = {**os.environ, "PREMORTEM": server, "KEY": a_key("seller")}
    for one in examples:
        key = "" if "Authorization" in one else '-H "Authorization: Bearer $KEY"'
        command = f"curl -s --fail-with-body {key} {one}"
        done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{one}\n{done.stdout}{done.stderr}"


def test_every_subject_is_in_the_guide() -> None:
    told = {name.strip() for row in ROW.findall(GUIDE.read_text(encoding="utf-8")) for name in row.split(",")}
    assert {one.name for one in pkgutil.iter_modules(routes.__path__)} <= told


def test_every_status_is_in_the_guide() -> None:
    from premortem.api.schema import EVERY, OF_WRITES

    told = set(re.findall(r"\b[45]\d\d\b", GUIDE.read_text(encoding="utf-8")))
    assert set(EVERY) | set(OF_WRITES) <= told
