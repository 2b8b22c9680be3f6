"""How well a fitted reader tells claims in windows that it was not taught: precision, recall and F1, claim by claim."""

from __future__ import annotations

from typing import NamedTuple

import torch

from premortem.ledger.claims import CLAIMS
from training.encoder import ClaimReader
from training.fit import Lesson, batches


class Told(NamedTuple):
    """Counts of one claim at one threshold."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def measure(model: ClaimReader, lessons: list[Lesson], threshold: float) -> dict[str, Told]:
    """Counts by claim, of all windows whose voice may make it."""
    model.eval()
    right, wrong, missed = (torch.zeros(len(CLAIMS)) for _ in range(3))
    with torch.no_grad():
        for _, batch in batches(lessons, None):
            logits, _, _ = model(batch.ids, batch.own, batch.present)
            said = (torch.sigmoid(logits) * batch.allowed >= threshold).float()
            right += (said * batch.claims).sum(0)
            wrong += (said * (1 - batch.claims)).sum(0)
            missed += ((1 - said) * batch.claims).sum(0)
    counted = zip(CLAIMS, right.tolist(), wrong.tolist(), missed.tolist(), strict=True)
    return {claim: Told(int(r), int(w), int(m)) for claim, r, w, m in counted}


def table(told: dict[str, Told]) -> str:
    """The counts as lines of text, with micro and macro F1 at the end."""
    lines = [f"{claim:28}{t.precision:7.2f}{t.recall:7.2f}{t.f1:7.2f}" for claim, t in told.items()]
    whole = Told(*(sum(part) for part in zip(*told.values(), strict=True)))
    seen = [t.f1 for t in told.values() if t.right + t.missed]
    lines.append(f"{'all':28}{whole.precision:7.2f}{whole.recall:7.2f}{whole.f1:7.2f}")
    lines.append(f"{'mean over claims':42}{sum(seen) / max(1, len(seen)):7.2f}")
    return "\n".join([f"{'':28}{'p':>7}{'r':>7}{'f1':>7}", *lines])
