"""Webhooks: which addresses are told of what, and the log of what became of each message. For admins."""

from __future__ import annotations

import secrets
from datetime import timedelta

import msgspec
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from premortem.errors import Unknown
from premortem.records.firm.webhook_rows import Delivery, DeliveryTry, Webhook
from premortem.records.models import DealRow
from premortem.web import access
from premortem.web.webhooks import sending
from premortem.web.webhooks.addresses import place_of
from premortem.web.webhooks.events import EVENTS, TEST, Event
from premortem.web.webhooks.signing import new_nonce, same_key, secret_of, sum_of
from premortem.web.webhooks.work import keep_telling

AT_ONCE = 50
BOTH_SIGN = timedelta(days=1)
"""For how long after a new secret the old one signs too."""
WORDS = (
    "Names, and what people said, leave this machine with each message. Without it: ids, checks, days and addresses."
)


class HookForm(forms.Form):
    """An address, and what it is told of."""

    address = forms.CharField(
        label="Address",
        max_length=2_000,
        widget=forms.TextInput({"class": "web-address", "inputmode": "url", "autocomplete": "off"}),
        help_text="With https, in the public network. Redirects are not followed.",
    )
    events = forms.MultipleChoiceField(
        label="What it is told of",
        choices=[(name, f"{name}: {says}") for name, says in EVENTS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one at least."},
    )
    with_words = forms.BooleanField(required=False, label="With names and words", help_text=WORDS)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            place_of(address, settings.WEBHOOK_HOSTS)
        except Unknown as refused:
            raise forms.ValidationError(str(refused)) from refused
        return address

    def put(self, hook: Webhook) -> None:
        """Write what was chosen into a row."""
        hook.address, hook.with_words = self.cleaned_data["address"], self.cleaned_data["with_words"]
        hook.choose(self.cleaned_data["events"])


@never_cache
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """All addresses. A new one's secret is shown in the one answer that makes it: no redirect, which would keep it."""
    member = access.manage(request)
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        nonce = new_nonce()
        hook = Webhook(made_by=member.user, nonce=nonce, secret_sum=sum_of(secret_of(nonce)))
        hook.pages, hook.off_since = request.build_absolute_uri("/"), timezone.now()
        form.put(hook)
        hook.save()
        sending.switch_on(hook)
        keep_telling()
        return _secret_shown(request, hook)
    counted = Webhook.objects.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state="waiting")),
        lost=Count("deliveries", filter=Q(deliveries__state="given up")),
    )
    return render(request, "webhooks/webhooks.html", {"hooks": counted, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, number: int) -> HttpResponse:
    """One address: what it is told of, and its log."""
    access.manage(request)
    hook = get_object_or_404(Webhook, pk=number)
    form = HookForm(request.POST) if request.method == "POST" else HookForm(initial=_chosen(hook))
    if request.method == "POST" and form.is_valid():
        form.put(hook)
        hook.pages = request.build_absolute_uri("/")
        hook.save(update_fields=["address", "events", "with_words", "pages"])
        messages.success(request, "Kept.")
        return redirect("webhook", number)
    page = Paginator(_log(hook), AT_ONCE).get_page(request.GET.get("page"))
    names = dict(DealRow.objects.filter(deal__in={one.deal for one in page}).values_list("deal", "name"))
    shown = [(one, names.get(one.deal, one.deal), _about(one)) for one in page]
    given = {"hook": Webhook.objects.get(pk=number), "form": form, "page": page, "log": shown, "now": timezone.now()}
    return render(request, "webhooks/webhook.html", given)


@never_cache
@require_POST
def webhook_do(request: HttpRequest, number: int) -> HttpResponse:
    """Send a test, take a new secret, switch on or off, or end it."""
    access.manage(request)
    hook, now = get_object_or_404(Webhook, pk=number), timezone.now()
    match request.POST.get("do"):
        case "test":
            _test(request, hook)
        case "secret":
            return _new_secret(request, hook)
        case "off":
            sending.switch_off(hook, "", now)
            messages.success(request, "Off. What happens from now on is not told.")
        case "on":
            sending.switch_on(hook)
            messages.success(request, "On. What still waited goes out now.")
        case "end":
            hook.delete()
            messages.success(request, f"{hook.address} is told nothing more, and its log is gone.")
            return redirect("webhooks")
        case _:
            raise Http404
    keep_telling()
    return redirect("webhook", number)


@never_cache
@require_http_methods(["GET", "POST"])
def webhook_message(request: HttpRequest, number: int, message: int) -> HttpResponse:
    """One message with all its tries; a POST sends it again."""
    access.manage(request)
    delivery = get_object_or_404(Delivery.objects.select_related("hook"), pk=message, hook=number)
    if request.method == "POST":
        sending.again(delivery, timezone.now())
        keep_telling()
        messages.success(request, "It goes out again within seconds, under the same id.")
        return redirect("webhook_message", number, message)
    payload = msgspec.json.format(delivery.payload, indent=2)
    given = {"one": delivery, "hook": delivery.hook, "payload": payload, "tries": delivery.tries.all()}
    return render(request, "webhooks/message.html", given)


def _chosen(hook: Webhook) -> dict[str, object]:
    return {"address": hook.address, "events": hook.chosen, "with_words": hook.with_words}


def _log(hook: Webhook) -> QuerySet[Delivery]:
    """Its messages, the newest first, each with the number of its tries and what the last of them met."""
    last = DeliveryTry.objects.filter(delivery=OuterRef("pk"))
    return (
        Delivery.objects.filter(hook=hook)
        .annotate(
            tried=Count("tries"),
            status=Subquery(last.values("status")[:1]),
            ms=Subquery(last.values("ms")[:1]),
            said=Subquery(last.values("says")[:1]),
        )
        .order_by("-made_at", "-pk")
    )


def _about(delivery: Delivery) -> object:
    """What tells one message from others of its event."""
    data = msgspec.json.decode(delivery.payload).get("data", {})
    return next((data[key] for key in ("check", "claim", "category", "kind") if key in data), "")


def _test(request: HttpRequest, hook: Webhook) -> None:
    """A message that says nothing; where the address is off it waits with the others."""
    now, word = timezone.now(), secrets.token_hex(8)
    event = Event(TEST, now, {"says": "This is a test."}, reverse("webhook", args=[hook.pk]), word)
    sending.say(hook, event, now)
    said = "It goes out once this is switched on." if hook.off_since else "It goes out within seconds."
    messages.success(request, f"A test was written. {said} Load this page again to see what became of it.")


def _new_secret(request: HttpRequest, hook: Webhook) -> HttpResponse:
    """A new secret; the old one signs beside it for a day, where this server can still make it."""
    still = same_key(hook)
    hook.old_nonce, hook.old_until = (hook.nonce, timezone.now() + BOTH_SIGN) if still else ("", None)
    hook.nonce = new_nonce()
    hook.secret_sum = sum_of(secret_of(hook.nonce))
    hook.save(update_fields=["old_nonce", "old_until", "nonce", "secret_sum"])
    return _secret_shown(request, hook)


def _secret_shown(request: HttpRequest, hook: Webhook) -> HttpResponse:
    return render(request, "webhooks/secret.html", {"hook": hook, "secret": secret_of(hook.nonce)})
