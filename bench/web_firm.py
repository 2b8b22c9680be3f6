"""A firm for the pages' bench: made-up deals with words and cards, forty teams, four hundred reps, and who looks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bench.dealing import made_up
from premortem.ledger.contents import Card, Conversation, Turn, keep_card, keep_conversation
from premortem.ledger.entries import Entry, Opened, Person, Touch

TEAMS, REPS = 40, 400
LESSONS, DEALS_OF_AN_ACCOUNT = 10, 3
A_TRANSACTION = 500
WORDS = 40
"""How many conversations there are, of which each touch has one."""
WHO = ("rep", "manager", "executive")


def grow(deals: int, entries: int) -> None:
    """The ledger: made-up deals with words and cards, moved up so that the last ones end these days."""
    from premortem.web.ledger import ledger

    opened, chance = ledger(), random.Random(1)
    words = [keep_conversation(opened.contents, _talk(chance)) for _ in range(WORDS)]
    cards = {f"p-{one:02}": keep_card(opened.contents, Card(name=f"Person {one}")) for one in range(5)}
    for first in range(0, deals, A_TRANSACTION):
        with opened.transaction():
            for number in range(first, min(first + A_TRANSACTION, deals)):
                told = made_up(f"deal-{number:06}", entries, random.Random(number), number % 3 == 0)
                account = f"Account {number // DEALS_OF_AN_ACCOUNT}"
                opened.store.append(list(_with_words(told, words, cards, account, random.Random(number))))
    opened.reading.rebuild()


def _talk(chance: random.Random) -> Conversation:
    word = ("budget", "contract", "servers", "migration", "Tuesday", "signature", "board", "price", "trial", "risk")
    turns = tuple(
        Turn(" ".join(chance.choices(word, k=60)), f"Person {chance.randrange(5)}", 9.0 * n) for n in range(60)
    )
    return Conversation("call", "vtt", turns, name="call.vtt")


def _with_words(
    told: list[Entry], words: list[str], cards: dict[str, str], account: str, chance: random.Random
) -> Iterator[Entry]:
    later = datetime.now(UTC) - max(one.at for one in told) - timedelta(days=chance.random() * 200)
    for one in told:
        body = one.body
        if isinstance(body, Touch):
            body = replace(body, words=chance.choice(words))
        elif isinstance(body, Opened):
            body = replace(body, account=account)
        elif isinstance(body, Person):
            body = replace(body, card=cards[body.person])
        yield replace(one, at=one.at + later, learned=one.learned + later, body=body)


def teach(deals: int) -> None:
    """Lessons, each of two findings of a deal that ended, and of a claim that was made and one that nobody made."""
    from premortem.acts.afterwards.lessons import choices, make
    from premortem.records.models import DealRow
    from premortem.web.ledger import ledger, rules

    made = 0
    for row in DealRow.objects.filter(status="lost", ended__isnull=False).order_by("deal")[:deals]:
        assert row.ended is not None
        day = row.ended.date() - timedelta(days=10)
        seen = choices(ledger().store.read(row.deal), day, rules())
        stood = [check for check, _ in seen.findings[:2]]
        if len(stood) == 2:
            held = (stood, seen.said[:1], seen.unsaid[:1])
            make(ledger(), rules(), row.deal, seen.day, "Seen before", "bench", datetime.now(UTC), *held)
            made += 1
        if made == LESSONS:
            return


def hire(deals: int) -> dict[str, str]:
    """Teams, reps and whose deal is whose; a session for each of `WHO`, by role."""
    from django.contrib.auth import get_user_model

    from premortem.records.firm.models import DealHome, Member, Team

    teams = [Team.objects.create(name=f"Team {number}") for number in range(TEAMS)]
    users = [get_user_model().objects.create(username=f"rep-{number}") for number in range(REPS)]
    for number, user in enumerate(users):
        Member.objects.create(user=user, role="rep", team=teams[number % TEAMS])
    homes = [(f"deal-{number:06}", number % REPS) for number in range(deals)]
    DealHome.objects.bulk_create(
        [DealHome(deal=deal, owner=users[rep], team=teams[rep % TEAMS]) for deal, rep in homes], batch_size=1_000
    )
    for role in WHO[1:]:
        user = get_user_model().objects.create(username=role)
        Member.objects.create(user=user, role=role, team=teams[0] if role == "manager" else None)
    return {role: session_of(role) for role in WHO}


def session_of(role: str) -> str:
    """A session of somebody in this role."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    user = get_user_model().objects.get(username="rep-0" if role == "rep" else role)
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value
