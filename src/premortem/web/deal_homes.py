"""Whose a deal is, by the owner whom the CRM names: so that reps see their deals as soon as an export is in; and
which deals a member may change now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from premortem.acts.bringing_in.export_owners import Owners
from premortem.ledger.entries import Changed, Entry
from premortem.records.firm.models import DealHome, Member
from premortem.records.models import DealRow
from premortem.web import access
from premortem.web.ledger import ledger

AT_ONCE = 400
WORKS = ("rep", "manager", "admin")
"""The roles that may bring in deals."""


class Staff:
    """The members, found by an owner's address; not by a name, which everybody may give themselves."""

    def __init__(self, owners: Owners) -> None:
        self._owners = owners
        members = Member.objects.select_related("user", "team").filter(user__is_active=True)
        self._by_email = {one.user.email.casefold(): one for one in members if one.user.email}

    def called(self, owner: str) -> Member | None:
        email = self._owners.email(owner)
        return self._by_email.get(email.casefold()) if email else None

    def named_in_export(self) -> list[Member]:
        """The members who are users of the CRM."""
        return [one for email, one in sorted(self._by_email.items()) if self._owners.has(email)]


def changed_by(member: Member | None) -> set[str]:
    """All deals that a member may change, found at once (`access.may_change` asks of one)."""
    if member is None or member.role not in WORKS:
        return set()
    return set(access.deals_seen_by(member).values_list("deal", flat=True))


def settle_homes(written: Iterable[str], staff: Staff, importer: Member | None) -> None:
    """Give deals to their owners: those of which something was just `written`, and those that are nobody's yet.

    A deal moves only where the CRM names an owner who is a member. One whose owner is no member stays where it is; a
    new one goes to the importer's team, or else to nobody: then only those who see all deals see it.
    """
    homes = set(DealHome.objects.values_list("deal", flat=True))
    homeless = [deal for deal in DealRow.objects.values_list("deal", flat=True) if deal not in homes]
    fresh = set(written)
    rest = iter(sorted(fresh.union(homeless)))
    while some := list(islice(rest, AT_ONCE)):
        made = list(_homes(some, fresh, homes, staff, importer))
        unique, fields = ["deal"], ["owner", "team"]
        DealHome.objects.bulk_create(made, update_conflicts=True, unique_fields=unique, update_fields=fields)


def _homes(
    deals: list[str], fresh: set[str], homes: set[str], staff: Staff, importer: Member | None
) -> Iterator[DealHome]:
    for deal, entries in ledger().store.read_each(deals):
        found = staff.called(_owner(entries))
        if found is not None:
            yield DealHome(deal=deal, owner=found.user, team=found.team)
        elif deal in fresh and deal not in homes and importer is not None and importer.team is not None:
            yield DealHome(deal=deal, owner=None, team=importer.team)


def _owner(entries: list[Entry]) -> str:
    """Whom the CRM named last."""
    told = [(one.at, one.learned, str(one.body.value or "")) for one in entries if _names_owner(one)]  # type: ignore[union-attr]
    return max(told)[2] if told else ""


def _names_owner(entry: Entry) -> bool:
    return isinstance(entry.body, Changed) and entry.body.field == "owner"
