"""What writes `WebhookNews`: triggers of the database, while any webhook is on.

So the note that there is something to tell stands or falls with what it tells, whichever program wrote it. They are
put up after every migration: SQLite drops them with a table that a migration makes anew, and may not rename a table
that one of them speaks of, which is why they come down before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections

ENTRIES = ("opened", "outcome", "touch", "verdict", "forecast", "milestone", "problem")
"""The kinds of entries that `web.webhooks.news` makes something of."""
NEWS = "INSERT INTO firm_webhooknews (what, deal, seq) VALUES"
ON = "EXISTS (SELECT 1 FROM firm_webhook WHERE off_since IS NULL)"
KINDS = ", ".join(f"'{kind}'" for kind in ENTRIES)
DONE = "NEW.state = 'done' AND OLD.state <> 'done'"

# Name, when, on which table, under which condition, what. A review that goes leaves its findings to be compared with,
# unless some are kept already; whatever comes in its place is news.
WRITES = [
    ("entry", "INSERT", "records_entry", f"NEW.kind IN ({KINDS})", f"{NEWS} ('entry', NEW.deal, NEW.seq)"),
    (
        "review_gone",
        "DELETE",
        "records_reviewrow",
        "",
        "INSERT INTO firm_toldfindings (deal, findings) SELECT OLD.deal, OLD.findings WHERE true"
        " ON CONFLICT (deal) DO NOTHING",
    ),
    ("review", "INSERT", "records_reviewrow", "", f"{NEWS} ('review', NEW.deal, NEW.entries)"),
    ("import", "UPDATE", "firm_upload", DONE, f"{NEWS} ('import', '', NEW.id)"),
]


def take_down(using: str, plan: Sequence[object], **_: Any) -> None:
    """Before a migration that changes something, on SQLite alone."""
    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        with connection.cursor() as cursor:
            for name, *_rest in WRITES:
                cursor.execute(f"DROP TRIGGER IF EXISTS firm_news_{name}")


def put_up(using: str, **_: Any) -> None:
    """After every migration, where there are the tables."""
    connection = connections[using]
    needed = {"firm_webhook", "firm_upload", "records_entry", "records_reviewrow"}
    if needed <= set(connection.introspection.table_names()):
        made = _sqlite if connection.vendor == "sqlite" else _postgresql
        with connection.cursor() as cursor:
            for one in WRITES:
                cursor.execute(made(*one))


def _sqlite(name: str, verb: str, table: str, when: str, does: str) -> str:
    condition = f"{when} AND {ON}" if when else ON
    return f"CREATE TRIGGER IF NOT EXISTS firm_news_{name} AFTER {verb} ON {table} WHEN {condition} BEGIN {does}; END"


def _postgresql(name: str, verb: str, table: str, when: str, does: str) -> str:
    """Made once: a trigger that is there already is left alone, since changing it would wait for every writer."""
    condition = f"WHEN ({when}) " if when else ""
    return f"""DO $put_up$ BEGIN
        CREATE OR REPLACE FUNCTION firm_news_{name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF {ON} THEN {does}; END IF; RETURN NULL; END $$;
        IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'firm_news_{name}') THEN
            CREATE TRIGGER firm_news_{name} AFTER {verb} ON {table}
            FOR EACH ROW {condition}EXECUTE FUNCTION firm_news_{name}();
        END IF; END $put_up$"""
