"""Fit the claim reader on the corpus.

    python -m training.fit corpus build/model [--hold-out 8]

Every Nth deal and file is kept out, whole, so that no voice is heard on both sides: the reader's confidence is set by
how it does on those. Writes reader.onnx and confidence.json, which the package ships, and weights.pt. Seeded: the same
corpus on the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import torch
from torch import Tensor
from torch.nn import functional as F

from premortem.listening.claim_model import vocabulary_shipped
from premortem.listening.labels import LABELS, TOPIC_NUMBER
from premortem.listening.wordpiece import WordPiece
from training.calibrate import calibrate
from training.corpus import HOLD_OUT, kept_out, talks
from training.encoder import ClaimReader, pretrained
from training.export import export
from training.lessons import Batch, Chance, Lesson, batches, lesson
from training.measure import counted, heard, table

EPOCHS, WARM_UP = 5, 0.06
LEARN_BODY, LEARN_HEADS = 1.5e-4, 1e-3
LAST_PASSES, LEARN_LAST, OTHERS_PART = 3, 8e-5, 0.15
FROZEN = ("words", "places", "kinds")
"""What stays as it was: the tables of words, which the corpus is too small to better."""
HEARD_BEFORE = 24
"""Tokens of context at the head of a passage while learning: fewer than while reading, to save time."""
HEADS = ("tagger", "judge", "labels", "topics")


def loss_of(model: ClaimReader, batch: Batch) -> Tensor:
    """How wrong labels, the tokens that carry them, and topics are; what was not taught counts nothing."""
    numbers = torch.arange(batch.labels.shape[1])
    labels, tags, topics = model(batch.ids, batch.owners, numbers)
    heard = (batch.known.amax(2) > 0).sum().clamp(min=1.0)
    weight = batch.known * (1 + batch.labels)
    judged = F.binary_cross_entropy_with_logits(labels.float(), batch.labels, weight=weight, reduction="sum") / heard
    rows = torch.arange(len(batch.ids))[:, None]
    taught = batch.known[rows, batch.owners.clamp(min=0)] * (batch.owners >= 0)[..., None]
    each = F.binary_cross_entropy_with_logits(
        tags.float(), batch.tags, weight=taught * (1 + batch.tags), reduction="sum"
    )
    loss = judged / 4 + each / (batch.owners >= 0).sum().clamp(min=1) / 4
    if bool((batch.topics >= 0).any()):
        told = F.cross_entropy(topics.float().flatten(0, 1), batch.topics.flatten(), ignore_index=-100)
        loss = loss + 0.1 * told * (batch.topics >= 0).sum() / heard * 10
    return loss


def fit(lessons: list[Lesson], vocabulary: WordPiece, seed: int, epochs: int = EPOCHS) -> ClaimReader:
    """A reader that has gone through the lessons `epochs` times."""
    torch.manual_seed(seed)
    model = pretrained(len(LABELS), len(TOPIC_NUMBER))
    torch.nn.init.constant_(model.labels.bias, -3.0)
    torch.nn.init.constant_(model.tagger.bias, -1.0)
    chance, counting = (Chance(seed, vocabulary, short=0.1) for _ in range(2))
    _learn(model, [lessons] * epochs, chance, counting, LEARN_BODY, LEARN_HEADS)
    return model


def settle(model: ClaimReader, lessons: list[Lesson], vocabulary: WordPiece, seed: int) -> None:
    """The last passes: whole deals, as life is, a few of the other talks, and some passages cut very short."""
    torch.manual_seed(seed + 1)
    draw = random.Random(seed + 1)
    deals = [one for one in lessons if one.source.startswith("deal-")]
    others = [one for one in lessons if not one.source.startswith("deal-")]
    plan = [deals + draw.sample(others, int(len(others) * OTHERS_PART)) for _ in range(LAST_PASSES)]
    chance, counting = (Chance(seed + 1, vocabulary, short=0.25) for _ in range(2))
    _learn(model, plan, chance, counting, LEARN_LAST, LEARN_LAST * 6)


def _learn(
    model: ClaimReader, plan: Sequence[list[Lesson]], chance: Chance, counting: Chance, body: float, heads: float
) -> None:
    """Go through the plan, a pass an entry, at paces that rise quickly and sink slowly. `counting` is as `chance`."""
    for name, weights in model.named_parameters():
        weights.requires_grad_(not name.startswith(FROZEN))
    learned = [(name, weights) for name, weights in model.named_parameters() if weights.requires_grad]
    groups = [
        {"params": [weights for name, weights in learned if (name.split(".")[0] in HEADS) is top], "lr": pace}
        for top, pace in ((False, body), (True, heads))
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = sum(1 for lessons in plan for _ in batches(lessons, counting, HEARD_BEFORE))
    warm = max(1, int(steps * WARM_UP))
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / warm) * max(0.02, 1 - max(0, step - warm) / max(1, steps - warm))
    )
    half = bool(torch.cpu._is_avx512_bf16_supported())
    began = perf_counter()
    for number, lessons in enumerate(plan, 1):
        model.train()
        seen = []
        for batch in batches(lessons, chance, HEARD_BEFORE):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                loss = loss_of(model, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            pace.step()
            seen.append(float(loss.detach()))
        took = perf_counter() - began
        sys.stdout.write(f"pass {number} of {len(plan)}, loss {sum(seen) / len(seen):.4f}, {took:.0f} s\n")
        sys.stdout.flush()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("model", type=Path)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--epochs", type=int, default=EPOCHS)
    ask.add_argument("--hold-out", type=int, default=HOLD_OUT, metavar="N")
    ask.add_argument("--settle", type=Path, metavar="FILE", help="only the last passes, on such a before-settling.pt")
    asked = ask.parse_args()
    torch.set_num_threads(2)
    vocabulary = vocabulary_shipped()
    lessons = [lesson(one, vocabulary) for one in talks(asked.corpus)]
    out = kept_out((one.source for one in lessons), asked.hold_out)
    taught = [one for one in lessons if one.source not in out]
    asked.model.mkdir(parents=True, exist_ok=True)
    if asked.settle is None:
        model = fit(taught, vocabulary, asked.seed, asked.epochs)
        torch.save(model.state_dict(), asked.model / "before-settling.pt")
    else:
        model = ClaimReader(len(LABELS), len(TOPIC_NUMBER))
        model.load_state_dict(torch.load(asked.settle))
    settle(model, taught, vocabulary, asked.seed)
    torch.save(model.state_dict(), asked.model / "weights.pt")
    export(model, asked.model / "reader.onnx")
    told = heard(model, [one for one in lessons if one.source in out])
    confidence = json.dumps({"labels": calibrate(told)}, indent=1)
    (asked.model / "confidence.json").write_text(confidence + "\n", encoding="utf-8")
    sys.stdout.write(table(counted(told, 0.5)) + "\n")


if __name__ == "__main__":
    main()
