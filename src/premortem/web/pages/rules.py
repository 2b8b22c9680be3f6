"""Rules: each check with its record in the firm's own past, what is usual here, and what the playbook sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from premortem.acts.looking.explain import explain
from premortem.acts.looking.norms import norms_document
from premortem.acts.looking.rules import FiredShown, RuleShown
from premortem.acts.playbook import Rules, playbook_document, rules_of
from premortem.acts.telling.set_in_playbook import set_thresholds, switch_off, switch_on, thresholds_set
from premortem.acts.telling.write_playbook import MovedOn, Refused, playbook_text, text_hash
from premortem.errors import Unknown
from premortem.learning.norms import OwnNorms
from premortem.records.firm.models import Member
from premortem.web import access
from premortem.web.ledger import playbook_place
from premortem.web.playbook_rules import rules_now
from premortem.web.rules_record import Kept, look_anew, record_now
from premortem.web.threshold_form import lines_of, numbers

QUIET = ("can't tell yet", "never fired")
"""Verdicts of checks that our own past says nothing of yet: they are folded, as are those without a record."""
OPEN_ANEW = "Somebody else changed the playbook while you wrote. Open the page anew, and put in what is still missing."
MOVED_ON = "Somebody else changed the playbook meanwhile. Look at what holds now, and try again."


@never_cache
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every check, those that earn their keep first, and what is usual here."""
    return _rules(request)


@never_cache
@require_GET
def rule(request: HttpRequest, check: str) -> HttpResponse:
    """One check: what it looks for and why, and its record. Raises Http404 for a name that no check has."""
    return _rule(request, check)


@require_POST
def rule_switch(request: HttpRequest, check: str) -> HttpResponse:
    """Switch a check off with a reason, or with `on` put it to deals again; admins may."""
    access.manage(request)
    file = _written_here()
    if check not in rules_now().playbook.put:
        raise Http404
    because, started_from = request.POST.get("because", ""), request.POST.get("hash", "")
    try:
        if "on" in request.POST:
            switch_on(file, check, started_from, timezone.now())
        else:
            switch_off(file, check, because, started_from, timezone.now())
    except Refused as refused:
        return _rule(request, check, {"mistakes": refused.mistakes, "because": because})
    except MovedOn:
        return _rule(request, check, {"mistakes": [MOVED_ON], "because": because})
    look_anew()
    messages.success(request, "Switched on again." if "on" in request.POST else "Switched off, from now on.")
    return redirect("rule", check)


@require_POST
def thresholds(request: HttpRequest) -> HttpResponse:
    """Set what deals are measured by; an empty field is our own norm again. With a mistake nothing is kept."""
    access.manage(request)
    file = _written_here()
    given, wrong = numbers(request.POST, norms_document(OwnNorms()).norms)
    mistakes: list[str] = []
    if not wrong:
        try:
            if set_thresholds(file, given, request.POST.get("hash", ""), timezone.now()):
                look_anew()
                messages.success(request, "These thresholds hold from now on. The former playbook is kept beside it.")
            return redirect(reverse("rules") + "#norms")
        except Refused as refused:
            wrong = {name: refused.at[key] for name in given if (key := f"thresholds.{name}") in refused.at}
            mistakes = [] if wrong else refused.mistakes
        except MovedOn:
            mistakes = [OPEN_ANEW]
    return _rules(request, wrong, mistakes)


def _written_here() -> Path:
    """The playbook's file. Raises Http404 where none can be written from a page: then no form is there either."""
    file = playbook_place()
    if file is None:
        raise Http404
    return file


def _rules(
    request: HttpRequest, wrong: Mapping[str, str] = MappingProxyType({}), mistakes: Sequence[str] = ()
) -> HttpResponse:
    member = access.here(request)
    by = rules_now()
    kept = record_now()
    norms = kept.norms or norms_document(rules_of(None, by.playbook.file).norms_at())
    text = _text()
    typed = request.POST if wrong or mistakes else None
    shown = {
        **_checks(by, kept),
        **_setting(member, by, text),
        **({"hash": typed.get("hash", "")} if typed is not None else {}),
        "kept": kept,
        "norms": norms,
        "lines": lines_of(norms.norms, by, thresholds_set(text), typed, wrong),
        "wrong": wrong,
        "mistakes": mistakes,
        "playbook": playbook_document(by),
        "member": member,
    }
    return render(request, "rules/rules.html", shown)


def _checks(by: Rules, kept: Kept) -> dict[str, object]:
    """The checks that have something to say, and apart from them those that our own past says nothing of."""
    records = {one.check: one for one in kept.document.checks} if kept.document else {}
    off = by.playbook.off
    names = [*records, *(name for name in sorted(by.playbook.put) if name not in records)]
    every = [(name, records.get(name), off.get(name)) for name in names if name in by.playbook.put]
    quiet = [one for one in every if (one[1] is None or one[1].verdict in QUIET) and not one[2]]
    return {"checks": [one for one in every if one not in quiet], "quiet": quiet}


def _text() -> str:
    file = playbook_place()
    return playbook_text(file) if file else ""


def _setting(member: Member, by: Rules, text: str) -> dict[str, object]:
    """Who may set something, and from which text: nobody while it has a mistake, which is mended in the text."""
    admin = member.role == "admin" and playbook_place() is not None
    return {"admin": admin, "may": admin and not by.playbook.mistakes, "hash": text_hash(text)}


def _rule(request: HttpRequest, check: str, typed: Mapping[str, object] = MappingProxyType({})) -> HttpResponse:
    member = access.here(request)
    by = rules_now()
    if check not in by.playbook.put:
        raise Http404
    kept = record_now()
    records = {one.check: one for one in kept.document.checks} if kept.document else {}
    record = records.get(check)
    shown: dict[str, object] = {"check": check, "page": _page(check, by.playbook.put[check]), "record": record}
    shown |= {"kept": kept, "off": by.playbook.off.get(check), "ends": _ends(record) if record else []}
    return render(request, "rules/rule.html", shown | _setting(member, by, _text()) | dict(typed))


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
