"""How well a fitted reader tells labels in windows that it was not taught: precision, recall and F1, label by label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from bench.counting import Counts
from premortem.ledger.claims import CLAIMS
from premortem.listening.labels import LABELS
from training.encoder import ClaimReader
from training.lessons import Lesson, batches


class Heard(NamedTuple):
    """Of windows that were not taught: `logits`, `labels` and `known` (windows, labels), and whose windows they are."""

    logits: Tensor
    labels: Tensor
    known: Tensor
    sources: list[str]


def heard(model: ClaimReader, lessons: Sequence[Lesson]) -> Heard:
    """The lessons as the model hears them."""
    model.eval()
    logits, labels, known, sources = [], [], [], []
    with torch.no_grad():
        for batch in batches(lessons, None):
            told, _, _ = model(batch.ids, batch.owners, torch.arange(batch.labels.shape[1]))
            asked = batch.known.amax(2) > 0
            logits.append(told[asked])
            labels.append(batch.labels[asked])
            known.append((batch.known[asked] > 0).float())
            sources += [lessons[number].source for number, _ in batch.places]
    return Heard(torch.cat(logits), torch.cat(labels), torch.cat(known), sources)


def counted(told: Heard, threshold: float) -> dict[str, Counts]:
    """Counts by label, of all windows where it was asked about, at a threshold of the raw probability."""
    said = ((torch.sigmoid(told.logits) >= threshold) * told.known).float()
    right, wrong = (said * told.labels).sum(0), (said * (1 - told.labels)).sum(0)
    missed = ((1 - said) * told.labels * told.known).sum(0)
    counts = zip(LABELS, right.tolist(), wrong.tolist(), missed.tolist(), strict=True)
    return {label: Counts(int(r), int(w), int(m)) for label, r, w, m in counts}


def table(told: dict[str, Counts]) -> str:
    """The counts as lines of text, with micro and macro F1 of the claims at the end."""
    lines = [f"{label:28}{t.precision:7.2f}{t.recall:7.2f}{t.f1:7.2f}" for label, t in told.items()]
    claims = [told[claim] for claim in CLAIMS]
    whole = Counts(*(sum(part) for part in zip(*claims, strict=True)))
    seen = [t.f1 for t in claims if t.right + t.missed]
    lines.append(f"{'all claims':28}{whole.precision:7.2f}{whole.recall:7.2f}{whole.f1:7.2f}")
    lines.append(f"{'mean over claims':42}{sum(seen) / max(1, len(seen)):7.2f}")
    return "\n".join([f"{'':28}{'p':>7}{'r':>7}{'f1':>7}", *lines])
