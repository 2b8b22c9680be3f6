"""Words in which nobody can be recognised: names, firms, addresses, amounts and days replaced, each always by the same.

Days move by a constant number of whole weeks, so weekdays and the time between them stay; amounts are multiplied by one
number and rounded. In quotes, a capitalised word that is neither an everyday word nor known in small letters may be a
name that nobody listed, so it is left out: '[…]'. By what all this is chosen follows from the hashes of the deal's own
words, which only the ledger holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from premortem.acts.afterwards.in_writing import (
    ACRONYMS,
    CODE,
    GLUED,
    LEADING,
    LEFT_OUT,
    NUMBER,
    RELATIVE,
    WORD,
    as_written,
    caseless,
    factor,
    number_read,
    opens,
    rounded,
    tidy,
    weeks_back,
)
from premortem.acts.afterwards.invented_names import FIRMS, FIRST, LAST, fresh
from premortem.acts.afterwards.originals import (
    DOMAIN,
    EMAIL,
    LONG,
    PHONE,
    SMALL_CHANGE,
    YEAR,
    Originals,
    everyday,
    parts,
)
from premortem.ledger.entries import PersonId
from premortem.ledger.saying import MONTHS, on
from premortem.listening.days import days_said
from premortem.listening.money import amounts
from premortem.listening.people_names import may_be_nicknames, spellings, words_of

SPOKEN_OF = re.compile(r"\{p-[0-9a-f]+\}")
"""A person in a sentence of ours, whose name is put in later."""


class _Change(NamedTuple):
    """Characters `start` to `end` become `by`."""

    start: int
    end: int
    by: str


class Disguise:
    """Replaces what `originals` names. `seed` chooses what by; the same one always chooses the same."""

    def __init__(self, hidden: Originals, seed: str) -> None:
        self._hidden = hidden
        self._draw = int(sha256(seed.encode()).hexdigest(), 16)
        self._taken = parts([*hidden.names, *hidden.firms])
        self._people: dict[str, str] = {}
        self._firms: dict[str, str] = {}
        self._given: set[str] = set()
        self._called: dict[PersonId, str] = {}
        self._name_people()
        self._name_firms()
        self._weeks = weeks_back(hidden.days, self._draw)
        self._times = factor(hidden.amounts, self._draw)
        self._long = [one for one in (*self._people, *self._firms) if len(one) >= GLUED]
        self._phrases = list(self._of_everyday_words())
        self._wide = [one for one in (*self._people, *self._firms) if caseless(one)]

    def _of_everyday_words(self) -> Iterator[tuple[re.Pattern[str], str]]:
        """Names like 'Will May', which only stand out in full: each with what it becomes."""
        for name in (*self._hidden.names, *self._hidden.firms):
            words = re.findall(r"[^\W_]+", name)
            if len(words) > 1 and all(everyday(word) or len(word) < LONG for word in words):
                spaced = r"[\W_]+".join(map(re.escape, words))
                yield re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE), self._in_full(name) or LEFT_OUT

    def person(self, person: PersonId | None) -> str:
        """How a person is called in the story."""
        return self._called.get(person or "", "somebody")

    def firm(self, name: str) -> str:
        """How a firm is called in the story."""
        known = [self._firms[one] for one in sorted(parts([name], 1)) if one in self._firms]
        return known[0] if known else LEFT_OUT

    def day(self, day: date) -> date:
        return day - timedelta(weeks=self._weeks)

    def amount(self, number: float) -> str:
        """The amount of the story, rounded to two digits: '61,000'."""
        return f"{rounded(number * self._times):,.0f}"

    def quote(self, words: str, day: date) -> str:
        """Somebody's words, said on a day."""
        return self._written(words, [*self._certain(words, day), *self._numbers(words), *self._words(words, True)])

    def sentence(self, words: str, day: date) -> str:
        """A sentence of our own, in which only what is known to point to somebody is replaced.

        Its '{p-…}' stay as they are: the digits of an id look like a telephone number, its letters like a name.
        """
        read = SPOKEN_OF.sub(lambda found: "\0" * len(found.group()), words)
        return self._written(words, [*self._certain(read, day), *self._words(read, False)])

    def _name_people(self) -> None:
        firsts = fresh(FIRST, self._taken, self._draw % len(FIRST), "Person")
        lasts = fresh(LAST, self._taken, self._draw // 64 % len(LAST), "Name")
        for person, names in self._hidden.people.items():
            for name in names:
                self._name(name, firsts, lasts)
            first = next(firsts) if not names else ""
            self._called[person] = first or self._in_full(names[0]) or next(firsts)
        for name in self._hidden.others:
            self._name(name, firsts, lasts)

    def _name(self, name: str, firsts: Iterator[str], lasts: Iterator[str]) -> None:
        """A word of a name and all its pieces become the same: 'O'Hara' and 'Hara', 'Jean-Luc' and 'Luc'."""
        words = words_of(name).words
        for place, word in enumerate(words):
            pieces = [re.sub(r"[\W\d_]", "", one) for one in (word, *re.split(r"[-‐'’.&/_+]", word))]
            pieces = [one for one in pieces if len(one) >= (1 if caseless(one) else 2)]
            if not pieces or (everyday(pieces[0]) and len(words) == 1 and word.islower()):
                continue
            spelt = [one for piece in pieces for one in sorted(spellings(piece))]
            known = next((self._people[one] for one in spelt if one in self._people), None)
            invented = known or next(lasts if place else firsts)
            self._given.update(spelt if place == 0 else ())
            for one in spelt:
                self._people.setdefault(one, invented)

    def _in_full(self, name: str) -> str:
        found = []
        for word in words_of(name).words:
            piece = re.sub(r"[\W\d_]", "", re.split(r"[-‐'’.]", word)[0])
            found += [self._people[one] for one in sorted(spellings(piece)) if one in self._people][:1]
        return " ".join(dict.fromkeys(found))

    def _name_firms(self) -> None:
        brands = fresh(FIRMS, self._taken, self._draw // 4096 % len(FIRMS), "Firm")
        for name in self._hidden.firms:
            own = [one for one in sorted(parts([name], 2)) if one not in self._people]
            if not own:
                continue
            known = next((self._firms[one] for one in own if one in self._firms), None)
            brand = known or next(brands)
            for one in own:
                self._firms.setdefault(one, brand)

    def _certain(self, words: str, day: date) -> Iterator[_Change]:
        """Addresses, numbers to call, days, amounts, and years."""
        for hit in EMAIL.finditer(words):
            yield _Change(hit.start(), hit.end(), "somebody@firm.example")
        for hit in DOMAIN.finditer(words):
            if "/" in hit.group() or not everyday(hit.group().split(".")[0]):
                yield _Change(hit.start(), hit.end(), "firm.example")
        for said in days_said(words, day):
            if not RELATIVE.fullmatch(words[said.start : said.end].lower()):
                yield _Change(said.start, said.end, self._day_said(words[said.start : said.end], said.value))
        for pattern, by in self._phrases:
            for hit in pattern.finditer(words):
                yield _Change(hit.start(), hit.end(), by)
        for hit in PHONE.finditer(words):
            yield _Change(hit.start(), hit.end(), "[a phone number]")
        for money in amounts(words):
            currency = f" {money.currency}" if money.currency else ""
            yield _Change(money.start, money.end, self.amount(money.number) + currency)
        for hit in YEAR.finditer(words):
            yield _Change(hit.start(), hit.end(), str(int(hit.group()) - max(1, round(self._weeks / 52))))

    def _day_said(self, words: str, value: str | None) -> str:
        lead = hit.group() if (hit := LEADING.match(words)) else ""
        if value is None:
            return f"{lead}[a day]"
        first, _, last = value.partition("/")
        start = self.day(date.fromisoformat(first))
        if not last:
            return lead + on(start)
        middle = self.day(date.fromisoformat(first) + (date.fromisoformat(last) - date.fromisoformat(first)) / 2)
        return f"{lead}{MONTHS[middle.month - 1]} {middle.year}"

    def _numbers(self, words: str) -> Iterator[_Change]:
        for hit in CODE.finditer(words):
            yield _Change(hit.start(), hit.end(), LEFT_OUT)
        for spoken in amounts(words, bare=True):
            if spoken.number >= SMALL_CHANGE and not YEAR.fullmatch(words[spoken.start : spoken.end]):
                yield _Change(spoken.start, spoken.end, self.amount(spoken.number))
        for hit in NUMBER.finditer(words):
            yield _Change(hit.start(), hit.end(), self.amount(number_read(hit.group())))

    def _words(self, words: str, quoted: bool) -> Iterator[_Change]:
        for hit in WORD.finditer(words):
            yield from self._word(hit.group(), hit.start(), words, quoted)

    def _word(self, token: str, start: int, words: str, quoted: bool) -> Iterator[_Change]:
        stem = re.sub(r"['’](?:s|S)?$", "", token)
        end = start + len(stem)
        known = self._known(stem, opens(words, start))
        if known is not None:
            yield _Change(start, end, known)
        elif caseless(stem):
            if quoted:
                yield _Change(start, end, LEFT_OUT)
        elif quoted and stem[0].isupper() and not self._is_plain(stem):
            yield _Change(start, end, LEFT_OUT)

    def _known(self, stem: str, opens: bool) -> str | None:
        """What a word of somebody's name becomes; None for a word that is in no name."""
        bare = re.sub(r"[’']", "", stem)
        of_several = spellings(bare[:-1]) if len(bare) > 3 and bare[-1] in "sS" and not everyday(bare) else ()
        for spelt in (*spellings(stem), *spellings(bare), *of_several):
            if spelt in self._people:
                if everyday(spelt) and (opens or stem.islower()):
                    return None  # 'Will you', 'may I': the word, not the name
                if len(spelt) < 3 and stem.islower():
                    return None
                return as_written(self._people[spelt], stem)
            if spelt in self._firms:
                if everyday(spelt):
                    return None
                return LEFT_OUT if stem.islower() else self._firms[spelt]
        if any(long in spelt for spelt in spellings(bare) for long in self._long):
            return LEFT_OUT
        if any(wide in stem for wide in self._wide):
            return LEFT_OUT
        if stem[0].isupper() and not everyday(stem):
            plain = min(spellings(stem))
            met = next((one for one in sorted(self._given) if may_be_nicknames(plain, one)), None)
            return None if met is None else self._people.get(met)
        return None

    def _is_plain(self, stem: str) -> bool:
        """Whether a capitalised word is a word, as far as one can tell."""
        low = stem.casefold()
        return everyday(low.partition("'")[0].partition("’")[0]) or low in self._hidden.words or stem in ACRONYMS

    @staticmethod
    def _written(words: str, changes: list[_Change]) -> str:
        """The words with all changes made; of two that overlap the one that was told first."""
        kept: list[_Change] = []
        for one in changes:
            if all(one.end <= other.start or one.start >= other.end for other in kept):
                kept.append(one)
        told, at = [], 0
        for one in sorted(kept):
            told += [words[at : one.start], one.by]
            at = one.end
        return tidy("".join([*told, words[at:]]))
