from __future__ import annotations

from datetime import UTC, datetime

from tests.listening.formats.reading import opened, refused, said

ZOOM = """WEBVTT

1
00:00:07.700 --> 00:00:09.070
Dana Whitlock: Morning. The point is: we sign in May.

2
00:00:12.980 --> 00:00:14.020
Luca | Vero: Good.

3
00:00:15.000 --> 00:00:16.500
and that was all of it

4
00:00:17.000 --> 00:00:18.000
Dana Whitlock: Q3 &amp; Q4
are full.
"""


def test_zoom_gives_a_turn_for_each_cue_and_keeps_one_without_a_speaker() -> None:
    call = opened(ZOOM, "2026-02-03-call.vtt")
    assert call.type == "call"
    assert call.format == "WebVTT"
    assert said(call) == [
        ("Dana Whitlock", "Morning. The point is: we sign in May."),
        ("Luca | Vero", "Good."),
        (None, "and that was all of it"),
        ("Dana Whitlock", "Q3 & Q4 are full."),
    ]
    assert (call.turns[0].start, call.turns[0].end) == (7.7, 9.07)
    assert call.remarks == ()


def test_the_day_comes_from_the_files_name() -> None:
    call = opened(ZOOM, "2026-02-03-call.vtt")
    assert call.at == datetime(2026, 2, 3, 12, tzinfo=UTC)
    assert call.day_only
    assert opened(ZOOM, "call.vtt").at is None


def test_teams_puts_several_voices_into_one_cue() -> None:
    call = opened(
        "WEBVTT\n\n8f1c0a34-1111-2222-3333-444455556666/12-0\n00:00:01.000 --> 00:00:05.000\n"
        "<v Whitlock, Dana>Who signs: me,\nmostly.</v>\n<v Tom Reyes>And &lt;Anna&gt;.</v>\n"
    )
    assert said(call) == [("Whitlock, Dana", "Who signs: me, mostly."), ("Tom Reyes", "And <Anna>.")]
    assert call.turns[0].end == call.turns[1].start
    assert call.turns[1].end == 5.0


def test_in_a_file_with_voice_tags_a_colon_makes_no_speaker() -> None:
    call = opened(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Tom>Hi.</v>\n\n00:02.000 --> 00:03.000\nAnna: is what I heard\n"
    )
    assert said(call)[1] == (None, "Anna: is what I heard")


def test_missing_hours_commas_missing_blank_lines_and_comments_do_no_harm() -> None:
    call = opened(
        "\ufeffWEBVTT - Meet\nKind: captions\n\nNOTE\nwritten by hand\n\nSTYLE\n::cue { color: red }\n\n"
        "1\n00:01,000 --> 00:02,500 align:start\n<i>Tom Reyes:</i> One.\n2\n00:03,000 --> 00:04,000\nAnna Bell: Two.\n"
    )
    assert said(call) == [("Tom Reyes", "One."), ("Anna Bell", "Two.")]
    assert call.turns[0].start == 1.0


def test_two_speakers_in_one_cue_of_labels_are_two_turns() -> None:
    call = opened(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nTom Reyes: One.\n\n"
        "00:02.000 --> 00:04.000\nAnna Bell: Two.\nTom Reyes: Ok.\n"
    )
    assert [speaker for speaker, _ in said(call)] == ["Tom Reyes", "Anna Bell", "Tom Reyes"]


def test_lines_outside_any_cue_are_told_of() -> None:
    call = opened(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nTom Reyes: One.\n\nlost words\n\n00:03.000 --> 00:04.000\nTom: Two.\n"
    )
    assert len(call.turns) == 2
    assert call.remarks == ("1 line stands outside any cue and was left out, the first is line 6.",)


def test_a_file_that_breaks_off_names_its_line() -> None:
    for end in ("00:00:20.000 --> 00:0", "00:00:20.000 --> 00:00:21.000", "00:00:2", "5\n"):
        text = f"{ZOOM}\n{end}"
        fault = refused(text, "cut.vtt")
        assert fault.place == f"line {len(text.splitlines())}"
        assert "again" in fault.remedy


def test_a_time_that_cannot_be_read_names_its_line() -> None:
    assert refused("WEBVTT\n\n00:01.000 -> 00:02.000\nTom: One.\n").place == "line 3"


def test_a_file_without_cues_is_refused() -> None:
    assert "no cue" in str(refused("WEBVTT\n\nNOTE nothing was said\n"))


def test_srt_is_read_alike() -> None:
    call = opened(
        "1\n00:00:01,000 --> 00:00:02,000\nTom Reyes: One.\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo.\n", "a.srt"
    )
    assert call.format == "SRT"
    assert said(call) == [("Tom Reyes", "One."), (None, "Two.")]
