from __future__ import annotations

import json
from datetime import UTC, datetime

from premortem.ledger.contents import Mention, Turn
from tests.listening.formats.reading import opened, refused, said

GONG = {
    "callTranscripts": [
        {
            "callId": "77",
            "transcript": [
                {
                    "speakerId": "1",
                    "topic": "Small talk",
                    "sentences": [
                        {"start": 0, "end": 440, "text": "Hello."},
                        {"start": 480, "end": 1010, "text": "Hi!"},
                    ],
                },
                {"speakerId": "2", "topic": None, "sentences": [{"start": 3390, "end": 3830, "text": "Yes."}]},
            ],
        }
    ]
}
PARTIES = [
    {"speakerId": "1", "name": "Dana Whitlock", "emailAddress": "dana@a.example"},
    {"speakerId": "", "name": "Sue"},
]


def test_gong_speaks_in_monologues_and_milliseconds() -> None:
    call = opened(json.dumps(GONG), "gong.json")
    assert call.format == "Gong JSON"
    assert call.turns == (Turn("Hello. Hi!", "1", 0, 1.01), Turn("Yes.", "2", 3.39, 3.83))
    assert call.remarks == ("2 of its speakers are known by a number only.",)


def test_gong_parties_give_the_names() -> None:
    about = {"metaData": {"id": "77", "title": "Review", "started": "2026-06-13T00:50:25+02:00"}, "parties": PARTIES}
    call = opened(json.dumps({**GONG, "calls": [about]}))
    assert [turn.speaker for turn in call.turns] == ["Dana Whitlock", "2"]
    assert call.at == datetime(2026, 6, 12, 22, 50, 25, tzinfo=UTC)
    assert call.subject == "Review"
    assert call.mentions[0] == Mention(how="listed", name="Dana Whitlock", email="dana@a.example")
    assert len(call.mentions) == 2


def test_fireflies_speaks_in_sentences_and_seconds() -> None:
    transcript = {
        "title": "Kickoff",
        "date": 1700000000000,
        "meeting_attendees": [{"displayName": "Dana", "email": "dana@a.example"}],
        "participants": ["dana@a.example", "tom@b.example"],
        "sentences": [
            {"index": 0, "speaker_name": "Dana", "text": "Who signs?", "start_time": 1.2, "end_time": 3.4},
            {"index": 1, "speaker_name": None, "text": "I do.", "start_time": "4", "end_time": None},
        ],
    }
    call = opened(json.dumps({"data": {"transcript": transcript}}))
    assert call.format == "Fireflies JSON"
    assert call.turns == (Turn("Who signs?", "Dana", 1.2, 3.4), Turn("I do.", None, 4.0, None))
    assert call.at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert [mention.email for mention in call.mentions] == ["dana@a.example", "tom@b.example"]


def test_zoom_tells_whose_words_only_where_one_had_the_floor() -> None:
    entries = [
        {"text": "Hello.", "ts": "00:00:04.880", "end_ts": "00:00:05.480", "users": [{"username": "Dana"}]},
        {"text": "Hi.", "ts": "00:00:06", "users": [{"username": "Dana"}, {"username": "Tom"}]},
        {"text": "Me.", "ts": "?", "username": "Tom"},
    ]
    whole = {"type": "zoom_transcript", "recording_start": "2026-01-01T10:00:00Z", "timeline": entries}
    call = opened(json.dumps(whole))
    assert call.turns == (Turn("Hello.", "Dana", 4.88, 5.48), Turn("Hi.", None, 6.0), Turn("Me.", "Tom"))
    assert call.at == datetime(2026, 1, 1, 10, tzinfo=UTC)


def test_zooms_timeline_without_words_says_what_to_export() -> None:
    fault = refused(json.dumps({"timeline": [{"ts": "00:00:04.880", "users": [{"username": "Dana"}]}]}))
    assert ".vtt" in fault.remedy


def test_otters_unit_follows_from_the_duration() -> None:
    speech = {
        "title": "Weekly",
        "speakers": [{"id": 7, "speaker_name": "Dana"}],
        "transcripts": [{"transcript": "Hello.", "speaker_id": 7, "start_offset": 16000, "end_offset": 160000}],
    }
    assert opened(json.dumps({"speech": {**speech, "duration": 10}})).turns == (Turn("Hello.", "Dana", 1.0, 10.0),)
    assert opened(json.dumps({**speech, "duration": 160})).turns[0].end == 160.0
    unsure = opened(json.dumps(speech))
    assert said(unsure) == [("Dana", "Hello.")]
    assert unsure.turns[0].start is None
    assert "left out" in unsure.remarks[0]


def test_unknown_broken_and_bottomless_json_is_refused() -> None:
    assert "no format" in refused('{"meeting": "Harbour", "highlights": []}').why
    assert refused('{"speech": {\n"title": "We').place == "line 2"
    assert "deep" in refused(b"[" * 100_000).why
    assert "number" in refused(b'{"a": ' + b"9" * 9_000 + b"}").why
    assert "no spoken words" in refused('{"timeline": [], "type": "zoom_transcript"}').why


def test_half_characters_are_marked() -> None:
    call = opened('{"timeline": [{"ts": "00:00:01", "text": "caf\\ud83d", "username": "Dana"}]}')
    assert call.turns[0].text == "caf\ufffd"
    assert "broken" in call.remarks[0]
