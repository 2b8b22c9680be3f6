"""Rules: each check with its record in the firm's own past, what is usual here, and what the playbook sets."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from premortem.acts.looking.explain import explain
from premortem.acts.looking.norms import norms_document
from premortem.acts.looking.rules import FiredShown, RuleShown
from premortem.acts.playbook import playbook_document, rules_of
from premortem.errors import Unknown
from premortem.web import access
from premortem.web.playbook_rules import rules_now
from premortem.web.rules_record import record_now


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every check, those that earn their keep first."""
    member = access.here(request)
    by = rules_now()
    kept = record_now()
    records = {one.check: one for one in kept.document.checks} if kept.document else {}
    off = by.playbook.off
    names = [*records, *(name for name in sorted(by.playbook.put) if name not in records)]
    shown = {
        "checks": [(name, records.get(name), off.get(name)) for name in names if name in by.playbook.put],
        "kept": kept,
        "norms": kept.norms or norms_document(rules_of(None, by.playbook.file).norms_at()),
        "playbook": playbook_document(by),
        "member": member,
    }
    return render(request, "rules/rules.html", shown)


@require_GET
def rule(request: HttpRequest, check: str) -> HttpResponse:
    """One check: what it looks for and why, and its record. Raises Http404 for a name that no check has."""
    access.here(request)
    by = rules_now()
    if check not in by.playbook.put:
        raise Http404
    kept = record_now()
    records = {one.check: one for one in kept.document.checks} if kept.document else {}
    record = records.get(check)
    shown: dict[str, object] = {"check": check, "page": _page(check, by.playbook.put[check]), "record": record}
    shown |= {"kept": kept, "off": by.playbook.off.get(check), "ends": _ends(record) if record else []}
    return render(request, "rules/rule.html", shown)


def _ends(record: RuleShown) -> list[tuple[str, FiredShown]]:
    """How often it spoke, by how deals ended; another way is told where any deal ended so."""
    ends = [("lost", record.lost), ("no decision", record.no_decision), ("solved another way", record.other_way)]
    return [*(one for one in ends if one[1].of), ("not won, together", record.not_won), ("won", record.won)]


def _page(name: str, check: object) -> list[tuple[str, str]]:
    """A check's page, paragraph by paragraph, each with what it is: h2, item or p. The template escapes the words."""
    try:
        text = explain(name)[name]
    except Unknown:  # a check of the firm's own: its text stands in its file
        text = getattr(check, "__doc__", None) or ""
    return [_block(block) for block in text.strip().split("\n\n") for block in _split(block) if block.strip()]


def _split(block: str) -> list[str]:
    """A heading and the words right beneath it, apart."""
    if not block.lstrip().startswith("#"):
        return [block]
    head, _, rest = block.strip().partition("\n")
    return [head, rest]


def _block(block: str) -> tuple[str, str]:
    words = " ".join(block.split())
    if words.startswith("#"):
        return "h2", words.lstrip("# ")
    return ("item", words[2:]) if words.startswith("- ") else ("p", words)
