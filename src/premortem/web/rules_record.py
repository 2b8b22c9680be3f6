"""Each check's record, worked out beside the pages: it takes seconds over many deals, and a page never waits.

What a task gives back stays in the database, so the newest one is at hand for every process.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

import msgspec
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from premortem.acts.looking.norms import NormsDocument, norms_document
from premortem.acts.looking.reviewing import review_changed
from premortem.acts.looking.rules import RulesDocument
from premortem.acts.looking.rules import rules as record
from premortem.records.models import DealRow
from premortem.records.reading import ENDED
from premortem.web.ledger import ledger, playbook_place
from premortem.web.playbook_rules import rules_now

WAITING = ("READY", "RUNNING")


class Kept(NamedTuple):
    """The newest record there is, and the norms. `outdated` says that newer ones are being worked out; `failed` that
    working them out broke."""

    document: RulesDocument | None
    norms: NormsDocument | None
    outdated: bool
    failed: bool = False


@task()
def work_out_record(by: str) -> dict[str, object]:
    """Put every check to the deals that ended; `by` names what they were and by which playbook."""
    rules = rules_now()
    return {
        "rules": msgspec.to_builtins(record(ledger(), rules)),
        "norms": msgspec.to_builtins(norms_document(rules.norms_at())),
    }


@task()
def review_by_new_rules() -> int:
    """Review every deal by the playbook as it is now."""
    return review_changed(ledger(), rules_now(), timezone.localdate())


def record_now() -> Kept:
    """The newest record. Where deals ended since, or the playbook changed, a newer one is asked for, once."""
    by = _by()
    done = _tasks(work_out_record).filter(status="SUCCESSFUL").order_by("-finished_at").first()
    document = msgspec.convert(done.return_value["rules"], RulesDocument) if done else None
    norms = msgspec.convert(done.return_value["norms"], NormsDocument) if done else None
    if done is not None and done.args_kwargs["args"] == [by]:
        return Kept(document, norms, outdated=False)
    newest = _tasks(work_out_record).exclude(status="SUCCESSFUL").order_by("-enqueued_at").first()
    broke = newest is not None and newest.status == "FAILED" and newest.args_kwargs["args"] == [by]
    if not broke and (newest is None or newest.status not in WAITING):
        work_out_record.enqueue(by)
    return Kept(document, norms, outdated=True, failed=broke)


def look_anew() -> None:
    """After the playbook changed: every deal is reviewed by it, in the background."""
    if not _tasks(review_by_new_rules).filter(status="READY").exists():
        review_by_new_rules.enqueue()


def _tasks(which: Any) -> Any:
    return DBTaskResult.objects.filter(task_path=which.module_path)


def _by() -> str:
    """What a record rests on: how many deals ended, and the playbook."""
    file = playbook_place()
    book = hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file is not None and file.is_file() else "none"
    return f"{DealRow.objects.filter(status__in=ENDED).count()} ended, playbook {book}"
