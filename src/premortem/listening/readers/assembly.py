"""Finding readers by their place, ordering them by what they need, and applying them to a touch.

A reader is any other module beside this one whose name begins with no underscore; third parties add theirs by an entry
point of the group `premortem.readers`. A reader whose NEEDS nobody gives is refused: a gap is an error, never a silent
nothing.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import NamedTuple, Protocol, cast

from msgspec.structs import replace

from premortem.ledger.claims import CLAIMS, may_say
from premortem.listening import readers as _here
from premortem.listening.readers._selling import nobody_sells
from premortem.listening.scene import Reader, Reading, Scene

GROUP = "premortem.readers"

SURE_ENOUGH = 0.3
"""How sure a reading must be unless somebody asks for more: where precision and recall together were best on deals kept
out of training. docs/readers.md tells what each other setting gives."""

SURE_WHERE_NOBODY_SELLS = 0.9
"""The readers learned from sellers and buyers; of other meetings only what they could swear to is given."""


class ReadersDontFit(ValueError):
    """A reader needs a claim that no other gives, or readers need each other in a circle."""


class Hearing(NamedTuple):
    """What was found in a touch, which readers really read it, and what went wrong, in plain words."""

    readings: list[Reading]
    version: str
    remarks: tuple[str, ...] = ()


class Readers(Protocol):
    """What listens to a touch: an assembly, or one with more beside it. `version` is what a full hearing has."""

    @property
    def version(self) -> str: ...

    def hear(self, scene: Scene) -> Hearing: ...


class Assembly(NamedTuple):
    """Readers that fit together, in their order."""

    readers: tuple[Reader, ...]
    version: str
    sure: float = SURE_ENOUGH
    """What is less sure is not proposed."""

    @classmethod
    def of(cls, readers: Iterable[Reader], sure: float = SURE_ENOUGH) -> Assembly:
        """Raises ReadersDontFit, see `assemble`."""
        ordered = tuple(assemble(readers))
        return cls(ordered, reading_version(ordered, sure), sure)

    @classmethod
    def found(cls, sure: float = SURE_ENOUGH) -> Assembly:
        """All that are installed. Raises ReadersDontFit, see `find_readers`."""
        return cls.of(find_readers(), sure)

    def hear(self, scene: Scene) -> Hearing:
        """What they all find, under their version."""
        return Hearing(self.read_all(scene), self.version)

    def read_all(self, scene: Scene) -> list[Reading]:
        """What is sure enough of what they all find."""
        least = max(self.sure, SURE_WHERE_NOBODY_SELLS) if nobody_sells(scene) else self.sure
        return [one for one in read_all(scene, self.readers) if one.confidence >= least]


def find_readers() -> list[Reader]:
    """The package's own readers and those of entry points, in an order in which each finds its needs met.

    Raises ReadersDontFit where that cannot be, or where a module lacks what makes it a reader.
    """
    return list(_found())


@cache
def _found() -> tuple[Reader, ...]:
    names = sorted(
        one.name
        for one in pkgutil.iter_modules(_here.__path__)
        if not one.name.startswith("_") and one.name != "assembly"
    )
    own = [importlib.import_module(f"{_here.__name__}.{name}") for name in names]
    others = [point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
    return tuple(assemble([cast(Reader, one) for one in (*own, *others)]))


def assemble(readers: Iterable[Reader]) -> list[Reader]:
    """Readers in an order in which those that give a claim come before those that need it.

    Raises ReadersDontFit naming the reader and the claim that is missing.
    """
    waiting = list(readers)
    for one in waiting:
        _checked(one)
    given = frozenset(claim for one in waiting for claim in one.GIVES)
    for one in waiting:
        for claim in sorted(one.NEEDS - given):
            raise ReadersDontFit(
                f"The reader {name_of(one)} needs the claim '{claim}', which no reader gives: "
                "add one that does, or take this one out."
            )
    ready: list[Reader] = []
    while waiting:
        met = [one for one in waiting if not any(one.NEEDS & other.GIVES for other in waiting if other is not one)]
        if not met:
            circle = ", ".join(name_of(one) for one in waiting)
            raise ReadersDontFit(f"The readers {circle} need each other in a circle: one must do without.")
        ready += met
        waiting = [one for one in waiting if one not in met]
    return ready


def _checked(reader: Reader) -> None:
    lacks = [part for part in ("GIVES", "NEEDS", "VERSION", "read") if not hasattr(reader, part)]
    if lacks:
        raise ReadersDontFit(f"The reader {name_of(reader)} lacks {', '.join(lacks)}: see listening/scene.py, Reader.")
    unknown = sorted((reader.GIVES | reader.NEEDS) - CLAIMS.keys())
    if unknown:
        raise ReadersDontFit(f"The reader {name_of(reader)} speaks of '{unknown[0]}', which is no claim.")


def name_of(reader: Reader) -> str:
    """What a reader is called: its module's last name."""
    name = getattr(reader, "__name__", type(reader).__name__)
    return str(name).rpartition(".")[2]


def read_all(scene: Scene, readers: Sequence[Reader]) -> list[Reading]:
    """What the readers, in their order, find in a touch.

    Left out is what the speaker's side may not say. A claim stands once a turn, unless the person or value differs;
    of doubles the surest stays. In mails and notes, one turn each, a claim stands once a quote.
    """
    found: list[Reading] = []
    for reader in readers:
        before = [one for one in found if one.claim in reader.NEEDS]
        proposed = (replace(one, reader=name_of(reader)) for one in reader.read(scene, before))
        found += [one for one in proposed if may_say(one.claim, scene.side(one.turn), scene.in_note)]
    return sorted(_joined(scene, found), key=lambda one: (one.turn, one.start, one.claim))


def _joined(scene: Scene, found: Iterable[Reading]) -> Iterable[Reading]:
    call = scene.conversation.type == "call"
    best: dict[tuple[object, ...], Reading] = {}
    for one in found:
        place = one.turn if call else (one.turn, one.start, one.end)
        key: tuple[object, ...] = (one.claim, place, one.person, one.named, one.value)
        if key not in best or best[key].confidence < one.confidence:
            best[key] = one
    vague = {key for key, one in best.items() if not any((one.person, one.named, one.value))}
    for key in vague:  # 'she signs', in a turn that also tells who she is, adds nothing
        if call and any(other[:2] == key[:2] for other in best if other not in vague):
            del best[key]
    return best.values()


def reading_version(readers: Sequence[Reader], sure: float = SURE_ENOUGH) -> str:
    """A short digest of which readers, in which versions, read a touch, and how sure they had to be."""
    told = "\n".join(sorted(f"{name_of(one)} {one.VERSION}" for one in readers)) + f"\n{sure:.2f}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]
