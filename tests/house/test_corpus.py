"""The corpus is labelled by its own rules: every quote is there word for word, and nobody says what they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from premortem.ledger.claims import CLAIMS
from training.scenes import Wrong, read_scenes

SCENES = Path(__file__).resolve().parents[2] / "corpus" / "scenes"


def test_every_scene_can_be_read_and_every_claim_is_taught_both_ways() -> None:
    scenes = [scene for file in sorted(SCENES.glob("*.txt")) for scene in read_scenes(file)]
    turns = [turn for scene in scenes for turn in scene.turns]
    right = {label.claim for turn in turns for label in turn.labels}
    hard = {claim for turn in turns for claim, _ in turn.negatives}
    assert len(turns) > 10_000
    assert right == set(CLAIMS)
    assert hard == set(CLAIMS)


HEAD = "# scene: a test\n# buyer: Rada Pencheva, Operations\n# seller: Conrad Mbeki\n\n"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("Rada: no money\n  = budget_missing there is no money", "not in the turn above"),
        ("Conrad: no money here\n  = budget_missing no money here", "seller can't say budget_missing"),
        ("Conrad: who signs\n  = discovery_question [astrology] who signs", "the topic must be one of"),
        ("Rada: hello\n  ! happiness joke", "'happiness' is no claim"),
        ("Zed: hello", "the speaker 'Zed' is nobody"),
        ("hello there", "neither a turn, a label, nor a head"),
    ],
)
def test_a_wrong_label_is_named_with_file_and_line(tmp_path: Path, lines: str, says: str) -> None:
    file = tmp_path / "scene.txt"
    file.write_text(HEAD + lines + "\n", encoding="utf-8")
    with pytest.raises(Wrong, match=rf"scene\.txt:\d+: .*{says}"):
        read_scenes(file)
