"""Who reads through an assistant, and what is theirs: a member by a key, or the owner of a ledger without users."""

from __future__ import annotations

import os
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import connections

from premortem.errors import Unknown
from premortem.ledger.entries import Entry
from premortem.records.deal_lists import DealLists, Whose
from premortem.records.firm.models import Member
from premortem.records.models import DealRow
from premortem.web import access
from premortem.web.keys import key_of
from premortem.web.ledger import ledger

TOKEN = "PREMORTEM_TOKEN"
OWN: dict[str, Whose] = {"rep": "mine", "manager": "team"}
"""Whose deals are a role's own business; everybody else's are all that they see."""
NO_SUCH_DEAL = "list_deals shows those that you may see; an id is written exactly as there."


class Reader(NamedTuple):
    """Whoever reads. `member` is None for the owner of a machine whose ledger has no users: everything, to read."""

    member: Member | None
    writes: bool = False

    @property
    def called(self) -> str:
        return str(self.member) if self.member is not None else "the owner of this machine"

    def lists(self) -> DealLists:
        """The lists of what they may see."""
        if self.member is None:
            return DealLists(DealRow.objects.all())
        return DealLists(access.deals_seen_by(self.member), self.member.user_id, self.member.team_id)

    def whose(self, asked: Whose | None) -> Whose:
        """Whose deals are meant; without users all are the owner's."""
        if self.member is None:
            return "all"
        return asked or OWN.get(self.member.role, "all")

    def deal(self, deal: str) -> list[Entry]:
        """A deal's entries; that somebody looked is noted. Raises Unknown where it is not theirs, or not there."""
        entries = self.entries(deal)
        self.note_look(deal)
        return entries

    def entries(self, deal: str) -> list[Entry]:
        """The same, not noted: for what shows nobody's words, or notes the look itself."""
        theirs = self.member is None or access.may_see(self.member, deal)
        entries = ledger().store.read(deal) if theirs else []
        if not entries:
            raise Unknown(f"there is no deal '{deal}' that you may see", NO_SUCH_DEAL)
        return entries

    def note_look(self, deal: str, touch: str = "") -> None:
        if self.member is not None:
            access.note_look(self.member, deal, touch)

    def change(self, deal: str) -> Member:
        """The member, where they and their key may change a deal. Raises Unknown where not."""
        if self.member is None or not self.writes:
            raise read_only()
        self.entries(deal)
        if not access.may_change(self.member, deal):
            raise Unknown(f"you may look at '{deal}' and not change it", "Ask whoever works on it.")
        return self.member


def read_only() -> Unknown:
    """What whoever may only read is told."""
    return Unknown("nothing can be written through this door", "Make a key with the scope write under Settings.")


def reader() -> Reader:
    """Whoever reads now, looked up at each call, so that a key that was ended is of no use from then on.

    Raises Unknown where a key is needed and missing, wrong or over, or given where there are no users.
    """
    word = os.environ.get(TOKEN, "").strip()
    if not _users():
        if word:
            raise Unknown(
                f"{TOKEN} is set, and the ledger in {ledger().place} has no users, so no key holds there",
                "Name the firm's ledger in DATABASE_URL or PREMORTEM_LEDGER, or leave the key out.",
            )
        return Reader(None)
    if not word:
        raise Unknown(
            f"the ledger in {ledger().place} belongs to a firm, so its users' rights hold here too",
            f"Make a key on the page Settings and put it into {TOKEN} in the assistant's configuration.",
        )
    return _by_key(word)


def _users() -> bool:
    table = get_user_model()._meta.db_table
    connection = connections["default"]
    with connection.cursor() as cursor:
        there = table in connection.introspection.table_names(cursor)
    return there and get_user_model().objects.exists()


def _by_key(word: str) -> Reader:
    key = key_of(word)
    if key is None or not key.may("read"):
        raise Unknown(
            f"the key in {TOKEN} does not hold: it was ended, is over, may not read, or belongs to nobody here",
            "Make another on the page Settings.",
        )
    key.used()
    return Reader(key.member, key.may("write"))
