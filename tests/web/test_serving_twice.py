"""Two servers of one firm that start at the same moment on a new PostgreSQL database."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.records.postgresql import running_server

START = [sys.executable, "-c", "from premortem.web.serving import prepare; prepare()"]


def test_two_servers_bring_the_tables_up_to_date_one_after_the_other() -> None:
    with running_server() as server, server.fresh_database() as url:
        environment = os.environ | {"DATABASE_URL": url, "PREMORTEM_SECRET_KEY": "only for tests"}
        both = [subprocess.Popen(START, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        said = [one.communicate(timeout=300)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
