"""The replays of deals that ended, brought up to date beside the pages: over many deals that takes minutes."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from premortem.acts.afterwards.replaying import replay_changed
from premortem.records.models import DealRow
from premortem.records.replays import ENDS, Replays
from premortem.web.ledger import ledger
from premortem.web.playbook_rules import rules_now

WAITING = ("READY", "RUNNING")
AT_ONCE = 30
"""So many replays take half a second: nobody need wait for the worker."""


@task()
def replay_ended(when: str) -> int:
    """Replay the deals whose replay no longer holds; `when` names what was known of them and on which day."""
    return replay_changed(ledger(), Replays(), rules_now())


def bring_up_to_date() -> bool:
    """Whether newer replays are on their way: once a day, and whenever another deal has ended, they are asked for."""
    if 0 < Replays().waiting() <= AT_ONCE:
        replay_changed(ledger(), Replays(), rules_now())
        return False
    told = DBTaskResult.objects.filter(task_path=replay_ended.module_path)
    when = f"{DealRow.objects.filter(status__in=ENDS).count()} ended, {timezone.localdate().isoformat()}"
    newest = told.order_by("-enqueued_at").first()
    if newest is not None and newest.status in WAITING:
        return True
    if newest is not None and newest.args_kwargs["args"] == [when]:
        return False
    replay_ended.enqueue(when)
    return True
