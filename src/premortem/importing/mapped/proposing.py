"""A mapping for tables of no known CRM, proposed from their headers and values; a person looks at it and changes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from msgspec import Struct

from premortem.importing.mapped.endings import OUTCOMES
from premortem.importing.mapped.mapping import Accounts, Deals, Mapping
from premortem.importing.tables.sheet import Sheet, bare, nobody
from premortem.importing.tables.styles import EMPTY, found_days, found_numbers

SAMPLE = 20_000
ENOUGH = 0.9
"""So many of a column's filled cells must be days, or numbers, for it to be a column of them; half of them, where its
name says so: damaged cells are told one by one, and the others are read."""
ENOUGH_ALIKE = 5
"""Letters with which a column and a stage both begin: 'engage_date' and 'Engaging'."""
CALLED = {
    "id": r"id|uuid|guid|key|number|no|nr|nummer|ref|reference|código|codigo",
    "name": r"name|title|project|projekt|proyecto|projet|subject|deal|opportunity|bezeichnung|titel|nombre|nom",
    "account": r"account|company|customer|client|organi[sz]ation|firma|kunde|cliente|empresa|société|société",
    "owner": r"owner|rep|agent|salesperson|seller|salesman|assigned|executive|verkäufer|vendedor|vendeur|betreuer",
    "stage": r"stage|status|phase|state|etapa|étape|estado|outcome|result",
    "amount": r"amount|value|revenue|price|acv|arr|tcv|size|betrag|wert|montant|importe|valor|umsatz",
    "currency": r"currency|währung|devise|moneda|curr",
    "created": r"creat\w*|start\w*|open\w*|engag\w*|began|begin|erstellt|angelegt|entered|added|creación|first",
    "modified": r"modif\w*|updat\w*|changed|geändert|last activity",
    "planned_close": r"expected|planned|estimated|target|forecast\w*|anticipated|geplant\w*|prévue?|due|previst[oa]",
    "ended": r"clos\w*|end|ended|finish\w*|decided|decision|won on|lost on|abschluss|geschlossen|cierre|clôture",
    "reason": r"reason|grund|why|motivo|raison|motif",
    "rival": r"competitor|rival|lost to|wettbewerber|competidor|concurrent",
    "contact_name": r"contact|person|ansprechpartner|contacto|interlocuteur",
    "contact_email": r"e-?mail|mail",
    "contact_phone": r"phone|telefon|teléfono|téléphone|mobile",
    "contact_title": r"job title|position|funktion|cargo|fonction",
    "domain": r"website|web|domain|url|homepage",
}
_FOUND = {field: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for field, words in CALLED.items()}
ENDS = frozenset(bare(value) for value, status in OUTCOMES.items() if status != "open")
FINAL = re.compile(r"\b(clos\w*|won|final|end|actual|signed)\b", re.IGNORECASE)


class _Seen(Struct):
    """A column as its values show it."""

    place: int
    name: str
    words: str
    filled: list[bool]
    days: bool
    numbers: bool
    unique: bool
    values: Counter[str]

    def called(self, field: str) -> bool:
        return bool(_FOUND[field].search(self.words))

    @property
    def ends(self) -> int:
        """In how many rows it says how a deal ended."""
        return sum(rows for value, rows in self.values.items() if bare(value) in ENDS)


def proposed(tables: Sequence[Sheet]) -> Mapping | None:
    """A mapping by what the tables look like; None where none of them looks like deals with an id."""
    looked = [(sheet, _columns(sheet)) for sheet in tables]
    fitting = [(_like_deals(columns), -number) for number, (_, columns) in enumerate(looked)]
    best, place = max(fitting, default=(0, 0))
    if not best:
        return None
    sheet, columns = looked[-place]
    others = [(other, seen) for other, seen in looked if other is not sheet]
    deals = _deals(sheet, columns)
    stages = next((one for one in columns if one.name == deals.stage), None)
    return Mapping(
        source="table",
        called="a table of deals",
        deals=deals,
        accounts=_accounts(deals, others),
        stage_days=_stage_days(stages, columns),
        spelling=_spelling(sheet, columns, others),
        outcomes=_outcomes(columns, deals),
    )


def _columns(sheet: Sheet) -> list[_Seen]:
    rows = [cells for _, cells in islice(sheet.rows(nobody), SAMPLE)]
    found = []
    for place, name in enumerate(sheet.header):
        cells = [row[place].strip() for row in rows]
        filled = [cell.lower() not in EMPTY for cell in cells]
        told = [cell for cell, is_filled in zip(cells, filled, strict=True) if is_filled]
        words = re.sub(r"(?<=[a-zäöü])(?=[A-Z])|[_\W]+", " ", name)
        days, numbers = found_days(told), found_numbers(told)
        if days.order in ("open", "both"):
            days.order = "day first"
        dated = any(_FOUND[field].search(words) for field in ("created", "modified", "planned_close", "ended"))
        are_days = bool(told) and sum(days.read(cell) is not None for cell in told) >= _enough(dated) * len(told)
        numbers.decimal = numbers.decimal if numbers.decimal in (".", ",") else "."
        valued = bool(_FOUND["amount"].search(words)) and not are_days
        are_numbers = bool(told) and sum(numbers.read(cell) is not None for cell in told) >= _enough(valued) * len(told)
        keyed = _enough(bool(_FOUND["id"].search(words)))
        unique = len(told) >= min(1, keyed + 0.1) * len(rows) and len(set(told)) >= keyed * max(1, len(rows))
        found.append(_Seen(place, name, words, filled, are_days, are_numbers, unique, Counter(told)))
    return found


def _enough(called_so: bool) -> float:
    return 0.5 if called_so else ENOUGH


def _like_deals(columns: Sequence[_Seen]) -> int:
    """How much a table looks like one of deals: it has an id, and says of some how they ended, or is called so."""
    if not any(one.unique for one in columns):
        return 0
    ends = any(one.ends for one in columns if len(one.values) <= 40)
    staged = any(one.called("stage") and len(one.values) <= 40 for one in columns)
    dated = any(one.days for one in columns)
    valued = any(one.numbers and one.called("amount") for one in columns)
    return (4 * ends + 2 * staged + dated + valued) if ends or staged else 0


def _deals(sheet: Sheet, columns: Sequence[_Seen]) -> Deals:
    left = list(columns)

    def take(field: str, fits: Callable[[_Seen], bool]) -> str:
        found = next((one for one in left if one.called(field) and fits(one)), None)
        if found is None:
            return ""
        left.remove(found)
        return found.name

    def plain(one: _Seen) -> bool:
        return not one.days and not one.numbers

    deals = Deals(table=sheet.name)
    deals.id = take("id", lambda one: one.unique) or _first_unique(left)
    staged = max((one for one in left if len(one.values) <= 40), key=_staged, default=None)
    if staged is not None and _staged(staged) > 0:
        deals.stage = staged.name
        left.remove(staged)
        ends = next((one for one in left if one.ends and len(one.values) <= 12), None) if not staged.ends else None
        if ends is not None:
            deals.outcome = ends.name
            left.remove(ends)
    deals.modified = take("modified", lambda one: one.days)
    deals.planned_close = take("planned_close", lambda one: one.days)
    deals.created = take("created", lambda one: one.days)
    closing = next((one for one in left if one.days and one.called("ended")), None)
    if closing is not None:
        left.remove(closing)
        if deals.planned_close or _only_when_ended(closing, columns, deals):
            deals.ended = closing.name
        else:
            deals.planned_close = closing.name
    amount = next((one for one in left if one.numbers and one.called("amount")), None)
    if amount is not None:
        left.remove(amount)
        if FINAL.search(amount.words):
            deals.end_amount = amount.name
        else:
            deals.amount = amount.name
    deals.currency = take("currency", lambda one: plain(one) and len(one.values) < 40)
    deals.reason = take("reason", plain)
    deals.rival = take("rival", plain)
    deals.contact_email = take("contact_email", plain)
    deals.contact_phone = take("contact_phone", lambda one: not one.days)
    deals.contact_title = take("contact_title", plain)
    deals.owner = take("owner", plain)
    deals.account = take("account", plain)
    deals.contact_name = take("contact_name", plain)
    deals.name = take("name", plain)
    return deals


def _staged(one: _Seen) -> int:
    return 2 * bool(one.ends) + one.called("stage")


def _first_unique(left: list[_Seen]) -> str:
    found = next((one for one in left if one.unique and not one.days), None)
    if found is None:
        return ""
    left.remove(found)
    return found.name


def _only_when_ended(closing: _Seen, columns: Sequence[_Seen], deals: Deals) -> bool:
    """Whether the day stands in rows that ended, and hardly in others: then it is no plan."""
    return bool(closing.filled) and 0 < sum(closing.filled) < 0.97 * len(closing.filled) and bool(deals.stage)


def _accounts(deals: Deals, others: Sequence[tuple[Sheet, list[_Seen]]]) -> Accounts | None:
    for sheet, columns in others:
        for one in columns:
            if deals.account and bare(one.name) == bare(str(deals.account)) and one.unique:
                domains = [other.name for other in columns if other.called("domain")]
                return Accounts(table=sheet.name, name=one.name, domain=domains[:1])
    return None


def _stage_days(stages: _Seen | None, columns: Sequence[_Seen]) -> dict[str, str | list[str]]:
    """Columns of days that are named like a stage: since when the deal was in it."""
    found: dict[str, str | list[str]] = {}
    for one in columns if stages is not None else ():
        for stage in sorted(stages.values if stages else ()):
            stem = one.words.split()[0].lower() if one.words.split() else ""
            if one.days and stem[:ENOUGH_ALIKE] == stage.lower()[:ENOUGH_ALIKE]:
                found.setdefault(stage, one.name)
    return found


def _spelling(sheet: Sheet, columns: Sequence[_Seen], others: Sequence[tuple[Sheet, list[_Seen]]]) -> dict[str, str]:
    return {
        f"{sheet.name}.{one.name}": f"{other.name}.{key.name}"
        for one in columns
        for other, seen in others
        for key in seen
        if key.unique and bare(key.name) == bare(one.name) and not one.unique
    }


def _outcomes(columns: Sequence[_Seen], deals: Deals) -> dict[str, str]:
    """What the values that end a deal are taken for: written out, to be seen and changed."""
    known = {bare(value): status for value, status in OUTCOMES.items()}
    told = next((one for one in columns if one.name == (deals.outcome or deals.stage)), None)
    return {value: known.get(bare(value), "open") for value in sorted(told.values if told else ())}
