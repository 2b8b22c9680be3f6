"""The commands as a user runs them: words for people, JSON for programs, one line and a code when it goes wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from premortem.sample.place import DEALS

HOSTING = next(DEALS.glob("01-*"))


def premortem(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from premortem.cli.main import run; run()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def document(*words: object) -> Any:
    done = premortem(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("firm") / "ledger of ours.sqlite3"
    assert premortem("import", HOSTING, "--ledger", file).returncode == 0
    return file


def test_a_folder_is_reviewed_without_any_set_up() -> None:
    found = document("review", HOSTING)
    assert found["schema"] == "premortem.review/1"
    assert found["deal"]["id"] == "lark-01"
    assert found["findings"]
    touches = {touch.name for touch in (HOSTING / "touches").iterdir()}
    for finding in found["findings"]:
        assert finding["severity"] in ("high", "medium", "low")
        assert finding["first_visible"] in touches
        assert finding["ask"]["question"].endswith("?")
        assert finding["evidence"] or finding["touches"]
    assert found["likely_cause"]["check"] in {finding["check"] for finding in found["findings"]}


def test_every_quote_stands_word_for_word_in_its_touch() -> None:
    read = document("read", HOSTING)
    turns = {(touch["touch"], turn["turn"]): turn["text"] for touch in read["touches"] for turn in touch["turns"]}
    assert read["facts"]
    for fact in read["facts"]:
        text = turns[fact["touch"], fact["turn"] or 0]
        assert fact["quote"] == text[fact["start"] : fact["end"]] != ""


def test_a_review_as_of_a_day_sees_nothing_that_came_later() -> None:
    found = document("review", HOSTING, "--as-of", "2025-03-13")
    assert found["as_of"] == "2025-03-13"
    cited = {cited["touch"] for finding in found["findings"] for cited in finding["evidence"]}
    assert max(cited) < "2025-03-14"
    assert found["deal"]["touches"] == 3


def test_the_same_review_comes_from_the_ledger(ledger: Path) -> None:
    def seen(found: Any) -> list[tuple[str, str, str]]:
        return [(one["check"], one["severity"], one["first_visible"]) for one in found["findings"]]

    assert seen(document("review", "lark-01", "--ledger", ledger)) == seen(document("review", HOSTING))


def test_a_single_transcript_is_read() -> None:
    call = next((HOSTING / "touches").glob("*first-call.vtt"))
    read = document("read", call)
    assert [touch["kind"] for touch in read["touches"]] == ["call"]
    assert read["touches"][0]["measures"]["by"] == "time"
    assert {person["name"] for person in read["people"]} >= {"Rupesh Solanki", "Desmond Achebe"}


def test_people_read_the_same_in_words() -> None:
    told = premortem("review", HOSTING).stdout
    assert "What could lose this deal" in told
    assert "Ask " in told
    assert "\x1b" not in told
    heard = premortem("read", HOSTING).stdout
    assert "Rupesh Solanki" in heard
    lived = premortem("replay", HOSTING).stdout
    assert "When could it be seen" in lived


def test_a_replay_tells_each_touch() -> None:
    lived = document("replay", HOSTING)
    assert lived["schema"] == "premortem.replay/1"
    # The goodbye mail of the day of the loss is after the last day on which anything could be done.
    assert len(lived["steps"]) == len(list((HOSTING / "touches").iterdir())) - 1
    appeared = {one["check"] for step in lived["steps"] for one in step["appeared"]}
    assert appeared == {life["finding"]["check"] for life in lived["lives"]}


def test_verify_and_rebuild(ledger: Path) -> None:
    verified = document("verify", "--ledger", ledger)
    assert (verified["breaks"], verified["deals"]) == ([], 1)
    assert premortem("verify", "--ledger", ledger, "--head", verified["head"]).returncode == 0
    other = premortem("verify", "--ledger", ledger, "--head", "0" * 64)
    assert other.returncode == 1
    assert "when you noted it" in other.stderr
    rebuilt = document("rebuild", "--ledger", ledger)
    assert (rebuilt["deals"], rebuilt["as_before"]) == (1, True)


def test_people_are_merged_and_split(ledger: Path) -> None:
    def ids() -> list[str]:
        return [person["id"] for person in document("people", "lark-01", "--ledger", ledger)]

    before = ids()
    one, other = [person["id"] for person in document("people", "lark-01", "--ledger", ledger)][:2]
    assert premortem("merge", "lark-01", one, other, "--ledger", ledger).returncode == 0
    assert one not in ids()
    assert premortem("merge", "lark-01", other, other, "--ledger", ledger).returncode == 2
    assert premortem("split", "lark-01", other, "--ledger", ledger).returncode == 0
    assert ids() == before
    assert premortem("side", "lark-01", one, "outside", "--ledger", ledger).returncode == 0
    sides = {person["id"]: person["side"] for person in document("people", "lark-01", "--ledger", ledger)}
    assert sides[one] == "outside"


def test_deals_lists_what_weighs_most(ledger: Path) -> None:
    (line,) = document("deals", "--ledger", ledger)
    assert (line["deal"]["id"], line["deal"]["outcome"], line["failed"]) == ("lark-01", "lost", 0)
    assert "Bellfield" in premortem("deals", "--ledger", ledger).stdout


def test_coach_looks_at_a_deal_and_at_one_of_us(ledger: Path) -> None:
    counted = document("coach", "lark-01", "--ledger", ledger)
    assert counted["schema"] == "premortem.coach/1"
    assert [call["by"] for call in counted["calls"]] == ["time"] * 3
    assert counted["yardsticks"]["ended_calls"] == 3
    assert all("other firms" in one["source"] for one in counted["yardsticks"]["others"])
    assert document("coach", HOSTING)["calls"] == counted["calls"]
    own = document("coach", "--person", "keisha", "--ledger", ledger)
    assert (own["schema"], own["person"], len(own["calls"])) == ("premortem.coach-person/1", "Keisha Monroe", 3)
    told = premortem("coach", "--person", "keisha", "--ledger", ledger).stdout
    assert "2025-03" in told
    assert "Keisha Monroe asked nobody about" in told


def test_a_file_left_out_of_coaching_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(HOSTING, folder)
    (folder / "touches" / "2025-03-20-broken.vtt").write_bytes(b"\x00\x01\x02\x03" * 99)
    done = premortem("coach", folder)
    assert done.returncode == 1
    assert "2025-03-20-broken.vtt" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("review", "no-such-deal"), "is neither a folder nor a deal"),
        (("review", "folder/that/is/not"), "there is no file or folder"),
        (("read", "missing.vtt"), "there is no file or folder missing.vtt"),
        (("explain", "astrology"), "there is no check 'astrology'. There are "),
        (("merge", "nowhere", "a", "b"), "there is no deal 'nowhere'"),
        (("coach",), "Name either a deal or folder, or --person NAME."),
        (("coach", "somewhere", "--person", "Ines"), "Name either a deal or folder, or --person NAME."),
        (("coach", "--person", "Ines"), "nobody on our side is called 'Ines'"),
        (("coach", "no-such-deal"), "is neither a folder nor a deal"),
    ],
)
def test_what_goes_wrong_is_one_line_and_exit_code_2(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    ledger = ("--ledger", tmp_path / "l.sqlite3") if words[0] in ("review", "merge", "coach") else ()
    done = premortem(*words, *ledger)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("premortem: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def test_a_file_left_out_shows_in_the_exit_code(tmp_path: Path) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(HOSTING, folder)
    (folder / "touches" / "2025-03-20-broken.vtt").write_bytes(b"\x00\x01\x02\x03" * 99)
    for command in ("read", "review", "replay"):
        assert premortem(command, folder).returncode == 1
    assert [Path(left["file"]).name for left in json.loads(premortem("read", folder, "--json").stdout)["left_out"]] == [
        "2025-03-20-broken.vtt"
    ]


def test_every_check_explains_itself() -> None:
    listed = premortem("explain").stdout
    for check in ("economic_buyer_unmet", "gone_quiet"):
        assert check in listed
        assert "What to ask next" in premortem("explain", check).stdout


def test_the_same_folder_reads_the_same_to_the_byte() -> None:
    assert premortem("read", HOSTING, "--json").stdout == premortem("read", HOSTING, "--json").stdout


def test_the_demo_builds_a_ledger_of_its_own_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "demo.sqlite3"
    shown = document("demo", "--ledger", file)
    assert (shown["schema"], len(shown["deals"]), shown["verified"]["breaks"]) == ("premortem.demo/1", 40, [])
    assert shown["review"]["deal"]["id"] == "lark-01"
    again = premortem("demo", "--ledger", file)
    assert again.returncode == 2
    assert "is there already" in again.stderr
