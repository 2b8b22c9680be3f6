"""The playbook: the firm's own thresholds, switches and lists, as the text file that they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from premortem.acts.playbook import playbook_document
from premortem.acts.telling.write_playbook import MovedOn, Refused, playbook_text, text_hash, write_playbook
from premortem.web import access
from premortem.web.ledger import playbook_place
from premortem.web.playbook_rules import rules_now
from premortem.web.rules_record import look_anew


@never_cache
@require_http_methods(["GET", "POST"])
def playbook(request: HttpRequest) -> HttpResponse:
    """Everybody may read it; an admin changes it. A draft with a mistake is not kept, and each mistake is told."""
    member = access.here(request)
    file = playbook_place()
    text = playbook_text(file) if file else ""
    shown: dict[str, object] = {
        "text": text,
        "hash": text_hash(text),
        "file": file,
        "may": member.role == "admin" and file is not None,
    }
    if request.method == "GET" or file is None:
        return render(request, "rules/playbook.html", shown | {"playbook": playbook_document(rules_now())})
    access.manage(request)
    draft = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        write_playbook(file, draft, request.POST.get("hash", ""), timezone.now())
    except Refused as refused:
        shown |= {"text": draft, "hash": request.POST.get("hash", ""), "mistakes": refused.mistakes}
    except MovedOn:
        shown |= {"text": draft, "moved_on": True}
    else:
        look_anew()
        messages.success(request, "The playbook holds from now on. The former one is kept beside it.")
        return redirect("playbook")
    return render(request, "rules/playbook.html", shown | {"playbook": playbook_document(rules_now())})
