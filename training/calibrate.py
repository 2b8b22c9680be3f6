"""How sure the reader may be of itself: what its scores were worth on talks that it was not taught.

A logit z of a label becomes the confidence σ(slope·z + offset) (Platt 1999), fitted on the talks kept out. A label that
is rare there borrows from the others: its own slope and offset are drawn towards the common ones.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from premortem.listening.labels import LABELS
from training.measure import Heard

OWN_SLOPE, OWN_OFFSET = 8.0, 2.0
"""How hard a label's own slope and offset are held to the common ones."""
DEAL, SCENE = 1.0, 0.4
"""Scenes are denser than life: what is heard in them is right more often."""


def calibrate(told: Heard) -> dict[str, dict[str, float]]:
    """Slope and offset a label, as {label: {"slope": …, "offset": …}}; whole deals count more than scenes."""
    common = torch.tensor([1.0, 0.0], requires_grad=True)
    own = torch.zeros(2, len(LABELS), requires_grad=True)
    learn = torch.optim.LBFGS([common, own], max_iter=200, line_search_fn="strong_wolfe")
    logits, labels = told.logits, told.labels
    weight = told.known * torch.tensor([DEAL if one.startswith("deal-") else SCENE for one in told.sources])[:, None]

    def loss() -> Tensor:
        learn.zero_grad()
        sure = (common[0] + own[0]) * logits + common[1] + own[1]
        wrong = F.binary_cross_entropy_with_logits(sure, labels, weight=weight, reduction="sum")
        total = wrong + OWN_SLOPE * (own[0] ** 2).sum() + OWN_OFFSET * (own[1] ** 2).sum()
        total.backward()
        return total

    learn.step(loss)
    slopes, offsets = (common[0] + own[0]).tolist(), (common[1] + own[1]).tolist()
    return {
        label: {"slope": round(slope, 4), "offset": round(offset, 4)}
        for label, slope, offset in zip(LABELS, slopes, offsets, strict=True)
    }
