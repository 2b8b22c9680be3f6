"""The same on PostgreSQL, whose triggers are written otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.records.postgresql import running_server
from tests.web.webhooks.receiver import Receiver

ROOT = Path(__file__).parents[3]


def test_notes_come_with_what_they_tell_and_go_out(receiver: Receiver) -> None:
    with running_server() as server, server.fresh_database() as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "premortem.web.settings",
            "PREMORTEM_SECRET_KEY": "only for tests",
            "PREMORTEM_WEBHOOK_HOSTS": "127.0.0.1",
        }
        start = [sys.executable, "-m", "tests.web.webhooks.on_postgresql", receiver.address]
        done = subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    told = [(got.message["type"], got.message["data"].get("check")) for got in receiver.got]
    assert sorted(told[:2]) == [("deal.opened", None), ("finding.raised", "gone_quiet")]
    assert sorted(told[2:]) == [("finding.cleared", "gone_quiet"), ("finding.raised", "no_coach")]
