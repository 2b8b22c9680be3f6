from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from premortem.ledger.contents import Mention
from premortem.listening.formats.hypertext import text_of
from premortem.listening.formats.mail_cut import new_text
from premortem.listening.formats.opening import open_touches
from tests.listening.formats.reading import opened

HEAD = (
    'From: "Whitlock, Dana" <dana@harbour.example>\nTo: Tom Reyes <tom@quay.example>, ines@quay.example\n'
    "Cc: Sue <sue@quay.example>\nDate: Thu, 13 Mar 2025 16:42:11 +0100\nSubject: Re: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n"
    "Message-ID: <2@harbour.example>\nIn-Reply-To: <1@quay.example>\n"
)


def mail(body: str, head: str = "") -> bytes:
    return (HEAD + head + "\n" + body).encode()


def test_a_mail_is_its_new_text_and_who_is_on_it() -> None:
    one = opened(mail("Hi Tom,\n\nThe board meets on 4 May.\n\nBest,\nDana\n\nDana Whitlock\nCFO, Harbour\n\n"
                      "On Wed, 12 Mar 2025 at 10:00, Tom Reyes <tom@quay.example> wrote:\n> When?\n"))  # fmt: skip
    assert one.type == "mail"
    assert [(turn.speaker, turn.text) for turn in one.turns] == [
        ("Whitlock, Dana", "Hi Tom,\n\nThe board meets on 4 May.")
    ]
    assert one.signature == "Best,\nDana\n\nDana Whitlock\nCFO, Harbour"
    assert one.at == datetime(2025, 3, 13, 15, 42, 11, tzinfo=UTC)
    assert not one.day_only
    assert one.subject == "Re: Grüße"
    assert (one.message_id, one.in_reply_to) == ("2@harbour.example", "1@quay.example")
    assert one.mentions == (
        Mention(how="from", name="Whitlock, Dana", email="dana@harbour.example"),
        Mention(how="to", name="Tom Reyes", email="tom@quay.example"),
        Mention(how="to", email="ines@quay.example"),
        Mention(how="cc", name="Sue", email="sue@quay.example"),
    )
    assert one.remarks == ()


@pytest.mark.parametrize(
    "quote",
    [
        "On Mon, Apr 2, 2012 at 6:26 PM, Tom <tom@quay.example> wrote:\n> Hi",
        "On Mon, Apr 2, 2012 at 6:26 PM, Tom\n<tom@quay.example> wrote:\n\n> Hi\n> there",
        "Am 03.04.2012 um 16:19 schrieb Tom <tom@quay.example>:\n> Hi",
        "Le 3 avr. 2012 à 16:19, Tom <tom@quay.example> a écrit :\n> Hi",
        "02.04.2012 14:20 пользователь Tom <tom@quay.example> написал:\n> Hi",
        "-----Original Message-----\nFrom: Tom\nSent: Monday\nTo: Dana\nSubject: Hi\n\nHi",
        "From: Tom <tom@quay.example>\nSent: Monday\nTo: Dana\nSubject: Hi\n\nHi",
        "________________________________\nFrom: Tom <tom@quay.example>\nSent: Monday\nTo: Dana\nSubject: Hi\n\nHi",
        "> Subject: Hi\n> From: tom@quay.example\n> Hi",
    ],
)
def test_quoted_history_is_cut_whatever_wrote_it(quote: str) -> None:
    assert new_text(f"We sign in May.\n\n{quote}\n").text == "We sign in May."


def test_an_answer_below_the_quote_is_the_new_text() -> None:
    assert new_text("On 04/02/2012 06:26 PM, Tom wrote:\n> When?\nIn May.\n").text == "In May."


def test_answers_between_quoted_lines_are_not_lost() -> None:
    new = new_text("See below.\n\nOn 04/02/2012 06:26 PM, Tom wrote:\n> When?\n\nIn May.\n\n> Who?\n\nMe.\n")
    assert new.text.startswith("See below.")
    assert "In May." in new.text
    assert new.text.endswith("Me.")
    assert "between quoted lines" in new.remarks[0]


def test_nothing_but_a_quote_is_kept_with_a_remark() -> None:
    new = new_text("> Hi\n> there\n")
    assert new.text == "> Hi\n> there"
    assert "quoted" in new.remarks[0]


@pytest.mark.parametrize(
    "body",
    [
        "Thanks,\nthat helps.\n\nThe board wants three things:\n- price\n- a date\n- a name",
        "We said no.\n\nThanks, but the answer stands: nobody here wants to move before the audit is over, I think.",
        "Ok.\n\nBest,\nDana\n\nPS: the board meets on 4 May.",
        "This is confidential between us: the board will say no.",
        "Done.\n\nBest\nCould you ask Tom who signs above fifty thousand?",
    ],
)
def test_new_text_is_never_taken_for_a_signature(body: str) -> None:
    assert new_text(body).text == body


@pytest.mark.parametrize(
    "tail",
    [
        "Kind regards\nDana Whitlock\nCFO | Harbour | +44 20 7946 0000",
        "-- \nDana",
        "Sent from my iPhone",
        "Dana Whitlock\nCFO, Harbour",
        "Cheers,\nDana\n\nThis e-mail may contain confidential information. If you are not the intended\n"
        "recipient, please delete it.",
    ],
)
def test_signatures_and_disclaimers_are_kept_apart(tail: str) -> None:
    new = new_text(f"We sign in May.\n\n{tail}\n", "Dana Whitlock")
    assert new.text == "We sign in May."
    assert new.signature is not None
    assert "confidential" not in new.signature


def test_the_new_text_stands_in_the_body_word_for_word() -> None:
    body = "Hi\tTom,\n   indented  twice  \n\n\nand on.\n\nOn 1 May 2025, Tom wrote:\n> x"
    assert new_text(body).text in body


def test_html_alone_becomes_text_without_its_quotes() -> None:
    one = opened(
        mail(
            "<html><head><style>p {}</style><body><p>We sign&nbsp;in <b>May</b>.<br>Promise.</p><!-- x -->"
            "<div>On Mon, Apr 2, 2012, Tom wrote:<blockquote>When?</blockquote></div></body></html>",
            "Content-Type: text/html; charset=utf-8\n",
        )
    )
    assert one.turns[0].text == "We sign in May.\nPromise."


def test_html_keeps_lists_and_survives_what_is_not_closed() -> None:
    assert text_of("<ul><li>one<li>two</ul><a <a <p>three < four") == "- one\n- two\n\n<a <a\n\nthree < four"
    assert len(text_of("<a " * 50_000)) > 0


def test_parts_encodings_and_attachments() -> None:
    body = (
        '--b\nContent-Type: multipart/alternative; boundary="c"\n\n--c\nContent-Type: text/plain; charset=gb2312\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.b64encode('我们五月签。'.encode('gb2312')).decode()}\n"
        "--c\nContent-Type: text/html\n\n<p>x</p>\n--c--\n"
        '--b\nContent-Type: application/pdf; name="offer.pdf"\nContent-Disposition: attachment\n\nJVBERi0=\n'
        "--b\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx\n--b--\n"
    )
    one = opened(mail(body, 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n'))
    assert one.turns[0].text == "我们五月签。"
    assert one.remarks == (
        "Attachments were left out: offer.pdf, winmail.dat.",
        "Outlook may have put its text into winmail.dat.",
    )


def test_an_encoding_that_does_not_fit_is_told() -> None:
    data = mail("@", "Content-Type: text/plain; charset=utf-8\n").replace(
        b"@", "Привет, подпишем в мае, договор готов.".encode("cp1251")
    )
    one = opened(data)
    assert one.turns[0].text == "Привет, подпишем в мае, договор готов."
    assert "does not fit" in one.remarks[0]


def test_a_uuencoded_file_is_an_attachment() -> None:
    one = opened(mail("We sign.\n\nbegin 644 offer.txt\n#0V%T\n`\nend\n"))
    assert one.turns[0].text == "We sign."
    assert "offer.txt" in one.remarks[0]


def test_broken_headers_cost_only_themselves() -> None:
    one = opened(
        b"Message-ID: broken\nFrom: Gra\xc3\xa7a <<gra@a.example\nTo: ((((((, @@, tom@b.example\nDate: soon\n"
        b"Subject: =?utf-8?b?!!!?=\n\nWe sign.\n",
        "2025-01-02-odd.eml",
    )
    assert one.turns[0].text == "We sign."
    assert one.mentions[0].name == "Graça"
    assert Mention(how="to", email="tom@b.example") in one.mentions
    assert one.at == datetime(2025, 1, 2, 12, tzinfo=UTC)
    assert "no date" in one.remarks[-1]


def test_parts_that_never_end_are_told() -> None:
    one = opened(mail("--b\nContent-Type: text/plain\n\nWe sign.", 'Content-Type: multipart/mixed; boundary="b"\n'))
    assert one.turns[0].text == "We sign."
    assert "breaks off" in one.remarks[0]


def test_a_mailbox_holds_many_mails() -> None:
    first = b"From dana@a.example Thu Mar 13 16:42:11 2025\n" + mail(
        "One.\n\n>From here on: nothing.\n\nFrom me to you.\n"
    )
    second = b"\nFrom tom@a.example Fri Mar 14 16:42:11 2025\r\n" + mail("Two.\n").replace(b"\n", b"\r\n")
    mails = open_touches("box", first + second)
    assert [one.turns[0].text for one in mails] == ["One.\n\nFrom here on: nothing.\n\nFrom me to you.", "Two."]
