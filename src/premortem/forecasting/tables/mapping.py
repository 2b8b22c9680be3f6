"""Which column means what: told in a small TOML file, else guessed from names and contents.

outcome = "Status"          # the column that says how a deal ended
won = ["Closed Won"]        # which of its values are which; all others are open
lost = ["Closed Lost", "No decision"]
start = "Created"           # the day a deal began
end = "Closed"              # the day it ended
amount = "Value"
id = "Deal no."
ignore = ["Region"]         # not to be learned from
known_later = ["NPS"]       # filled only after the end

won_date = "Signed"         # instead of outcome: a deal is won if this day …
within_days = 30            # … lies at most so long after its start
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from premortem.errors import Unreadable
from premortem.forecasting.tables.reading import Table


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """What the user told of the columns; nothing where they told nothing."""

    outcome: str | None = None
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    amount: str | None = None
    id: str | None = None
    ignore: tuple[str, ...] = ()
    known_later: tuple[str, ...] = ()
    won_date: str | None = None
    within_days: int | None = None
    day_first: bool | None = None

    def columns(self) -> list[tuple[str, str]]:
        """Each key that names a column, with the column's name."""
        one = [(key, getattr(self, key)) for key in ("outcome", "start", "end", "amount", "id", "won_date")]
        many = [(key, name) for key in ("ignore", "known_later") for name in getattr(self, key)]
        return [(key, name) for key, name in one + many if name is not None]


def read_mapping(path: Path, table: Table) -> Mapping:
    """Read it, and fit its names to the table's. Raises Unreadable where it is wrong or names no column of it."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        mapping = msgspec.convert(told, Mapping)
    except OSError as error:
        raise Unreadable(path.name, "", f"it can't be opened: {error.strerror}", "Is the path right?") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(path.name, "", f"it is no TOML ({error})", 'A line looks so: outcome = "Status"') from None
    except msgspec.ValidationError as error:
        keys = ", ".join(Mapping.__struct_fields__)
        raise Unreadable(path.name, "", f"{error}", f"It may set: {keys}.") from None
    if mapping.won_date and mapping.within_days is None:
        why = "'won_date' alone doesn't say which deals are lost and which still open"
        raise Unreadable(path.name, "within_days", why, "Say within how many days of its start a deal must be won.")
    return msgspec.convert({**msgspec.to_builtins(mapping), **_as_written(path, mapping, table)}, Mapping)


def _as_written(path: Path, mapping: Mapping, table: Table) -> dict[str, object]:
    """The names as they stand in the header, whatever their case."""
    by_plain = {plain(name): name for name in table.header}
    found: dict[str, object] = {}
    for key, name in mapping.columns():
        column = name if name in table.header else by_plain.get(plain(name))
        if column is None:
            why = f"there is no column '{name}' in {table.file}"
            raise Unreadable(path.name, key, why, f"It has: {', '.join(table.header)}.")
        if key in ("ignore", "known_later"):
            earlier = found.get(key, [])
            found[key] = [*earlier, column] if isinstance(earlier, list) else [column]
        else:
            found[key] = column
    return found


def plain(name: str) -> str:
    """A name or value to compare by: lower case, words with single blanks between them."""
    parted = "".join(
        f" {one}" if one.isupper() and at and name[at - 1].islower() else one for at, one in enumerate(name)
    )
    return " ".join("".join(one if one.isalnum() or one == "?" else " " for one in parted.lower()).split())
