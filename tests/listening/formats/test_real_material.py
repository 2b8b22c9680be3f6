"""Real calls and mails by others: everything is read, and no turn is lost on the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from premortem.errors import Unreadable
from premortem.ledger.contents import Conversation
from premortem.listening.formats.opening import open_file
from tests.material import material

pytestmark = pytest.mark.material


def only(path: Path) -> Conversation:
    (conversation,) = open_file(path)
    return conversation


def test_every_cue_of_the_zoom_calls_is_a_turn() -> None:
    files = sorted(material("data/zoom-vtt").rglob("*.vtt"))
    assert files
    for file in files:
        call = only(file)
        assert len(call.turns) == file.read_text(encoding="utf-8").count("-->"), file
        assert call.remarks == ()
        assert all(turn.speaker and turn.text for turn in call.turns), file


def cues(text: str) -> list[tuple[float, float, str | None, str]]:
    """The cues as the benchmark's own checker counts them."""
    path = material("bench/check.py")
    source = path.read_text(encoding="utf-8").split("\nroot = ")[0]
    names: dict[str, Any] = {}
    exec(compile(source, str(path), "exec"), names)
    found: list[tuple[float, float, str | None, str]] = names["cues"](text)
    return found


@pytest.mark.parametrize("split", ["train", "dev"])
def test_turns_are_numbered_as_the_benchmark_numbers_them(split: str) -> None:
    files = sorted(material(f"bench/{split}").glob("*/touches/*"))
    assert files
    for file in files:
        touch = only(file)
        assert touch.at is not None
        if file.suffix != ".vtt":
            assert touch.type == ("mail" if file.suffix == ".eml" else "note"), file
            assert touch.turns[0].speaker
            continue
        expected = [(round(a, 3), round(b, 3), who, text.strip()) for a, b, who, text in cues(file.read_text("utf-8"))]
        assert [(turn.start, turn.end, turn.speaker, turn.text) for turn in touch.turns] == expected, file


def test_every_mail_is_read() -> None:
    files = [*material("data/mail").rglob("mail_*_*"), *material("data/mail").rglob("*.eml")]
    assert files
    for file in files:
        if file.name == "mail_outlook_1":
            with pytest.raises(Unreadable, match="Outlook"):
                open_file(file)
            continue
        mail = only(file)
        assert mail.type == "mail"
        assert len(mail.turns) == 1
        assert mail.turns[0].text, file
        assert mail.mentions, file


def test_replies_of_well_known_programs_lose_their_quote() -> None:
    for file in sorted(material("data/mail/talon/tests/fixtures/standard_replies").glob("*.eml")):
        assert only(file).turns[0].text == "Hello", file


def test_minutes_keep_every_turn_and_list_who_was_there() -> None:
    files = [file for file in sorted(material("data/tc39").rglob("*.md")) if file.name != "README.md"]
    assert files
    for file in files:
        call = only(file)
        labelled = re.findall(r"(?m)^[A-Z]{2,4}(?: \([^)]*\))?\??: ", file.read_text(encoding="utf-8"))
        assert call.format == "minutes"
        assert len(call.turns) >= len(labelled), file
        assert len(call.mentions) > 10
        assert call.at is not None
        assert {turn.speaker for turn in call.turns} & {mention.name for mention in call.mentions}
