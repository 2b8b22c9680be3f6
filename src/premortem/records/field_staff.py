"""Who stands before customers, as the firm knows its members; a ledger without a firm knows nobody."""

from __future__ import annotations

from django.db import connections


def field_staff_of(alias: str, user: str) -> tuple[bool, str | None, frozenset[str]]:
    """Whether members are kept in this database at all, a user's role in it, and whom the firm named as of the field.

    A ledger that no page was ever shown from has no tables of a firm.
    """
    from premortem.records.firm.models import Firm, Member

    tables = connections[alias].introspection.table_names()
    if "firm_member" not in tables or not Member.objects.using(alias).exists():
        return False, None, frozenset()
    role = Member.objects.using(alias).filter(user__username=user).values_list("role", flat=True).first()
    named = Firm.objects.using(alias).values_list("field_people", flat=True).first() or ""
    return True, role, frozenset(named.split())
