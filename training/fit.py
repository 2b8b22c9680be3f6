"""Fit the claim reader on the corpus.

    python -m training.fit corpus build/model [--hold-out 6]

With --hold-out N every Nth deal and file of scenes is kept out and measured on afterwards: whole ones, so that no voice
is heard on both sides. Seeded: the same corpus on the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from premortem.ledger.claims import CLAIMS, TOPICS, may_say
from premortem.listening.tokens import Tokens, tokens_of
from premortem.listening.windows import MARKS, Mark
from training.corpus import Example, examples
from training.encoder import ClaimReader, pretrained, weights_folder

BATCH, EPOCHS, WARM_UP = 32, 3, 0.08
LEARN_BODY, LEARN_HEADS = 1e-4, 1e-3
FROZEN = ("words", "places", "kinds", "norm", "layers.0.", "layers.1.")
"""What stays as it was: the lowest layers, which know words; it saves a third of the time."""
HEADS = ("tagger", "judge", "claims", "topics")
SILENT_PART = 0.5
"""How many of the windows without any claim each epoch sees, drawn anew: they are the most and teach the least."""

CLAIM_NUMBER = {claim: number for number, claim in enumerate(CLAIMS)}
TOPIC_NUMBER = {topic: number for number, topic in enumerate(TOPICS)}


class Lesson(NamedTuple):
    """An example as numbers: its tokens, its claims, the tokens that carry each, its topic (-100: none)."""

    tokens: Tokens
    claims: list[int]
    carried: list[tuple[int, int]]
    topic: int
    mark: Mark


class Batch(NamedTuple):
    ids: Tensor
    own: Tensor
    present: Tensor
    claims: Tensor
    tags: Tensor
    topics: Tensor
    allowed: Tensor


def allowed(mark: Mark) -> list[float]:
    """1 for each claim that this voice may make."""
    side = "seller" if mark in ("seller", "mail_seller", "note") else "buyer"
    return [float(may_say(claim, side, mark == "note")) for claim in CLAIMS]


ALLOWED = {mark: allowed(mark) for mark in MARKS}


def lesson(example: Example, tokenizer: Tokenizer) -> Lesson:
    tokens = tokens_of(example.window, tokenizer)
    carried = [
        (place, CLAIM_NUMBER[span.claim])
        for span in example.spans
        for place, (start, end) in enumerate(tokens.places)
        if start < span.end and end > span.start and end > start
    ]
    topics = [TOPIC_NUMBER[one.value] for one in example.spans if one.value in TOPIC_NUMBER]
    claims = sorted({CLAIM_NUMBER[span.claim] for span in example.spans})
    return Lesson(tokens, claims, carried, topics[0] if topics else -100, example.window.mark)


def batches(lessons: list[Lesson], chance: random.Random | None) -> Iterator[tuple[list[int], Batch]]:
    """Batches of lessons of about one length; in chance's order while learning, in their own while measuring."""
    order = list(range(len(lessons)))
    if chance is not None:
        chance.shuffle(order)
    pools = [order[start : start + BATCH * 40] for start in range(0, len(order), BATCH * 40)]
    sized = [sorted(pool, key=lambda one: len(lessons[one].tokens.ids)) for pool in pools]
    chosen = [pool[start : start + BATCH] for pool in sized for start in range(0, len(pool), BATCH)]
    if chance is not None:
        chance.shuffle(chosen)
    for numbers in chosen:
        yield numbers, _batch([lessons[one] for one in numbers])


def _batch(lessons: list[Lesson]) -> Batch:
    longest = max(len(one.tokens.ids) for one in lessons)
    shape = (len(lessons), longest)
    ids, own, present = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    claims, tags = torch.zeros(len(lessons), len(CLAIMS)), torch.zeros(*shape, len(CLAIMS))
    for row, one in enumerate(lessons):
        length = len(one.tokens.ids)
        ids[row, :length], own[row, :length] = torch.tensor(one.tokens.ids), torch.tensor(one.tokens.own)
        present[row, :length] = 1
        claims[row, one.claims] = 1.0
        for place, claim in one.carried:
            tags[row, place, claim] = 1.0
    topics = torch.tensor([one.topic for one in lessons])
    return Batch(ids, own, present, claims, tags, topics, torch.tensor([ALLOWED[one.mark] for one in lessons]))


def loss_of(model: ClaimReader, batch: Batch) -> Tensor:
    """How wrong the claims, the tokens that carry them, and the topics are; what a voice may not say counts nothing."""
    claims, tags, topics = model(batch.ids, batch.own, batch.present)
    weight = (1 + 1.5 * batch.claims) * batch.allowed
    judged = F.binary_cross_entropy_with_logits(claims, batch.claims, weight=weight, reduction="sum") / len(claims)
    own = batch.own[:, :, None].float() * batch.allowed[:, None, :] * (1 + 2 * batch.tags)
    tagged = F.binary_cross_entropy_with_logits(tags, batch.tags, weight=own, reduction="none").sum((1, 2))
    loss = judged / 4 + (tagged / batch.own.sum(1).clamp(min=1)).mean() / 4
    if bool((batch.topics >= 0).any()):
        loss = loss + 0.2 * F.cross_entropy(topics, batch.topics, ignore_index=-100)
    return loss


def fit(lessons: list[Lesson], seed: int, epochs: int = EPOCHS) -> ClaimReader:
    """A reader that has gone through the lessons `epochs` times."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = pretrained(len(CLAIMS), len(TOPICS))
    torch.nn.init.constant_(model.claims.bias, -3.0)
    torch.nn.init.constant_(model.tagger.bias, -1.0)
    for name, weights in model.named_parameters():
        weights.requires_grad_(not name.startswith(FROZEN))
    learned = [(name, weights) for name, weights in model.named_parameters() if weights.requires_grad]
    heads = [weights for name, weights in learned if name.split(".")[0] in HEADS]
    body = [weights for name, weights in learned if name.split(".")[0] not in HEADS]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": LEARN_BODY}, {"params": heads, "lr": LEARN_HEADS}], weight_decay=0.01
    )
    telling = [one for one in lessons if one.claims]
    silent = [one for one in lessons if not one.claims]
    drawn = int(len(silent) * SILENT_PART)
    steps = epochs * math.ceil((len(telling) + drawn) / BATCH)
    warm = max(1, int(steps * WARM_UP))
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / warm) * max(0.02, 1 - max(0, step - warm) / max(1, steps - warm))
    )
    began = perf_counter()
    for epoch in range(epochs):
        model.train()
        for _, batch in batches(telling + chance.sample(silent, drawn), chance):
            loss = loss_of(model, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            pace.step()
        sys.stdout.write(f"epoch {epoch + 1} of {epochs}, {perf_counter() - began:.0f} s\n")
    return model


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("model", type=Path)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--epochs", type=int, default=EPOCHS)
    ask.add_argument("--hold-out", type=int, default=0, metavar="N")
    asked = ask.parse_args()
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = examples(asked.corpus / "deals", asked.corpus / "scenes")
    kept_out = set(sorted({one.source for one in found})[:: asked.hold_out]) if asked.hold_out else set()
    model = fit([lesson(one, tokenizer) for one in found if one.source not in kept_out], asked.seed, asked.epochs)
    if kept_out:
        from training.measure import measure, table

        unheard = [lesson(one, tokenizer) for one in found if one.source in kept_out]
        sys.stdout.write(table(measure(model, unheard, 0.5)) + "\n")
    asked.model.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), asked.model / "weights.pt")


if __name__ == "__main__":
    main()
