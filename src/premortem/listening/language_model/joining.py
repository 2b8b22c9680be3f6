"""What two readings have in common: of the same thing heard twice, the surer stays."""

from __future__ import annotations

from collections.abc import Iterable

from premortem.listening.scene import Reading, Scene

SEVERAL = frozenset({"person_named", "competitor_named"})
"""Claims that the same words can carry more than once: 'Ruta and Dana', 'Hexa or Brightline'."""


def joined(scene: Scene, own: Iterable[Reading], others: Iterable[Reading]) -> list[Reading]:
    """All of both, in their order, each thing once. A reading that tells who or what stays before one that does not."""
    kept = list(own)
    for one in others:
        twins = [other for other in kept if _same(scene, one, other)]
        if all(_weight(one) > _weight(other) for other in twins):
            kept = [other for other in kept if other not in twins] + [one]
    return sorted(kept, key=lambda one: (one.turn, one.start, one.claim))


def _weight(one: Reading) -> tuple[bool, float]:
    return _about(one) is not None, one.confidence


def _about(one: Reading) -> str | None:
    """Whom or what a reading is about: a person's id, else a name, else a value."""
    if one.named is not None:
        return (one.named.name or one.named.title or "").lower()
    return one.person or one.value


def _alike(one: Reading, other: Reading) -> bool:
    """'Dana' is 'Dana Whitlock' as long as nobody else is."""
    if _about(one) == _about(other):
        return True
    if one.named is None or other.named is None:
        return False
    a, b = set((_about(one) or "").split()), set((_about(other) or "").split())
    return a <= b or b <= a


def _same(scene: Scene, one: Reading, other: Reading) -> bool:
    if one.claim != other.claim:
        return False
    same_about = _alike(one, other)
    if one.claim == "person_named" and same_about:
        return True  # once a person in a touch
    if one.turn != other.turn:
        return False
    overlap = one.start < other.end and other.start < one.end
    if same_about or _about(one) is None or _about(other) is None:
        return overlap or scene.conversation.type == "call"
    return overlap and one.claim not in SEVERAL
