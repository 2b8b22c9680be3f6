"""Rules: each check with its record in the firm's own past, what is usual here, and the playbook."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest
from msgspec import Struct
from ninja import Router

from premortem.acts.looking.explain import explain
from premortem.acts.looking.norms import NormsDocument, norms_document
from premortem.acts.looking.rules import RuleShown
from premortem.acts.playbook import PlaybookDocument, playbook_document, rules_of
from premortem.acts.telling.write_playbook import MovedOn, playbook_text, text_hash, write_playbook
from premortem.acts.telling.write_playbook import Refused as Wrong
from premortem.api.asked import by
from premortem.api.problems import NOT_FITTING, Mistake, Refused
from premortem.api.shown import Given, Shown
from premortem.errors import Unknown
from premortem.web import access
from premortem.web.ledger import playbook_place
from premortem.web.playbook_rules import rules_now
from premortem.web.rules_record import Kept, look_anew, record_now

router = Router()


class Rule(Struct, frozen=True):
    """A check; `off` is why it is switched off, `record` None until one was worked out."""

    check: str
    off: str | None
    record: RuleShown | None


class RulePage(Struct, frozen=True):
    """A check and its page in Markdown: what it looks for, why, when it abstains."""

    rule: Rule
    page: str


class Rules(Struct, frozen=True):
    """Every check, and what is usual here. `outdated`: the records are being worked out anew; `failed`: that broke."""

    rules: list[Rule]
    norms: NormsDocument
    outdated: bool
    failed: bool


class PlaybookFile(Struct, frozen=True):
    """The playbook as the text that it is, the hash by which to say what was changed, and what it sets."""

    text: str
    hash: str
    sets: PlaybookDocument


class Draft(Struct, frozen=True, forbid_unknown_fields=True):
    """A new text for the playbook, and the hash of the one that it was made from."""

    text: str
    hash: str


@router.get("rules", response=Shown[Rules])
def rules(request: HttpRequest) -> Rules:
    """Every check with its record, those that earn their keep first."""
    access.here(request)
    book, kept = rules_now().playbook, record_now()
    recorded = [one.check for one in kept.document.checks] if kept.document else []
    names = [*recorded, *sorted(book.put.keys() - set(recorded))]
    norms = kept.norms or norms_document(rules_of(None, book.file).norms_at())
    told = [_rule(name, book.off, kept) for name in names if name in book.put]
    return Rules(told, norms, kept.outdated, kept.failed)


@router.get("rules/{check}", response=Shown[RulePage])
def rule(request: HttpRequest, check: str) -> RulePage:
    """One check: its page and its record."""
    access.here(request)
    book = rules_now().playbook
    if check not in book.put:
        raise Http404
    try:
        page = explain(check)[check]
    except Unknown:  # a check of the firm's own: its text stands in its file
        page = getattr(book.put[check], "__doc__", None) or ""
    return RulePage(_rule(check, book.off, record_now()), page)


@router.get("playbook", response=Shown[PlaybookFile])
def playbook(request: HttpRequest) -> PlaybookFile:
    """The playbook; empty where there is none yet."""
    access.here(request)
    file = playbook_place()
    text = playbook_text(file) if file else ""
    return PlaybookFile(text, text_hash(text), playbook_document(rules_now()))


@router.put("playbook", response=Shown[PlaybookFile])
def playbook_write(request: HttpRequest, given: Given[Draft]) -> PlaybookFile:
    """Put a draft in the playbook's place; admins may. A draft with a mistake is not kept."""
    access.manage(request)
    file = playbook_place()
    if file is None:
        raise Refused(409, "This ledger is no file. Name the playbook's file in PREMORTEM_PLAYBOOK, and start again.")
    try:
        write_playbook(file, given.text, given.hash, by(request)[1])
    except Wrong as wrong:
        errors = [Mistake("body.text", one) for one in wrong.mistakes]
        raise Refused(422, NOT_FITTING, errors=errors) from wrong
    except MovedOn as moved:
        raise Refused(409, "The playbook is not what the draft was made from. Read it again first.") from moved
    look_anew()
    return playbook(request)


def _rule(check: str, off: Mapping[str, str], kept: Kept) -> Rule:
    records = {one.check: one for one in kept.document.checks} if kept.document else {}
    return Rule(check, off.get(check), records.get(check))
