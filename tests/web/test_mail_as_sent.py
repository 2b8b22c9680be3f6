"""A mail as it was sent: in paragraphs on the touch's page, and whole and harmless on its own."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from premortem.acts.bringing_in.bring_in import bring_in
from premortem.acts.bringing_in.mail_as_sent import flowing
from premortem.records.firm.models import Look
from premortem.records.models import TouchRow
from premortem.web.harmless import harmless
from premortem.web.ledger import ledger
from tests.web.cases import a_touch
from tests.web.conftest import NOW, OURS, House

HOSTILE = """<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">
<style>body { background: url(https://evil.example/b.gif) }</style><title>evil title</title></head>
<body onload="alert(1)"><h1 style="position:fixed">Our terms</h1>
<p class="card" id="main" hx-get="/settings/">We can <b>sign</b> in June
<img src="https://evil.example/p.gif" onerror="alert(1)">.</p>
<script>alert("gone")</script><a href="javascript:alert(1)">press</a> <a href=" java\nscript:alert(1)">press too</a>
<a href="https://buyer.example/terms" target="_top" onclick="x()">the terms</a> <a href="/deals/">inside</a>
<a href="data:text/html,<script>1</script>">data</a>
<form action="/settings/"><input name="role" value="admin"><button>Send</button></form>
<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>svg words</text></a></svg>
<iframe src="https://evil.example/"></iframe><object data="x"></object><embed src="x"><video src="x"></video>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
<!-- a comment --><div style="background:url(https://evil.example/c.gif)">Last words</div></div></main></body></html>"""
NEVER = re.compile(
    r"<(script|img|style|form|input|button|svg|iframe|object|embed|video|base|meta|math|link)\b"
    r"|\s(on\w+|style|class|id|hx-\w+|src|target|action|srcset|background)\s*=|javascript:|data:|evil",
    re.IGNORECASE,
)


def mail(markup: str, plain: str = "") -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "Maxine Boyce <maxine@bellfield.example>", "Rupesh Solanki <rupesh@larkspur.example>"
    made["Subject"], made["Date"] = "Terms & dates", "Thu, 01 May 2025 10:00:00 +0000"
    made["Message-ID"] = "<terms-1@bellfield.example>"
    if plain:
        made.set_content(plain)
        made.add_alternative(markup, subtype="html")
    else:
        made.set_content(markup, subtype="html")
    return made.as_bytes()


def brought(folder: Path, data: bytes, name: str = "2025-05-01-terms.eml") -> str:
    """The address of a mail that was just brought into OURS."""
    before = set(TouchRow.objects.filter(deal=OURS).values_list("touch", flat=True))
    (folder / name).write_bytes(data)
    bring_in(ledger(), folder / name, NOW, OURS)
    (touch,) = set(TouchRow.objects.filter(deal=OURS).values_list("touch", flat=True)) - before
    return f"/deals/{OURS}/touches/{touch}/"


def shown(house: House, address: str) -> str:
    page = house.client("seller").get(f"{address}sent/").content.decode()
    return page.partition('aria-label="The mail, to scroll">')[2].partition("</section>")[0]


def test_nothing_hostile_is_left_of_a_hostile_mail(house: House, tmp_path: Path) -> None:
    address = brought(tmp_path, mail(HOSTILE))
    body = shown(house, address)
    assert not NEVER.search(body), NEVER.search(body)
    assert "<b>sign</b>" in body
    assert "Our terms" in body
    assert "<h1" not in body
    assert "Last words" in body
    assert "svg words" not in body
    assert 'href="https://buyer.example/terms" rel="noopener noreferrer nofollow"' in body
    assert body.count("href=") == 1
    page = house.client("seller").get(f"{address}sent/")
    assert "pictures were left out" in page.content.decode()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.content.decode().count("</main>") == 1, "a mail can't close what the page opened"


@pytest.mark.parametrize(
    "markup",
    [
        "<<script>script>alert(1)<</script>/script>",
        "<img src=x onerror=alert(1)//",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<svg><style><a title='</style><img src=x onerror=alert(1)>'>",
        "<table background=javascript:alert(1)><td background=x>y",
        "<h1><h2 onclick=x>t</h1></h2>",
        "</div></div></section></main><script>x</script>",
    ],
)
def test_tricks_of_old_come_to_nothing(markup: str) -> None:
    left = harmless(markup)
    assert not re.search(r"<(script|img|svg|style|noscript|/?main|/?section)|\son\w+=[^&]*<|javascript:", left), left
    assert not re.search(r"<[^>]*\s(on\w+|style|background)=", left), left
    for tag in ("div", "strong", "p", "table"):
        assert len(re.findall(rf"<{tag}\b", left)) == len(re.findall(rf"</{tag}>", left)), left


def test_a_mail_that_brought_both_shows_both(house: House, tmp_path: Path) -> None:
    address = brought(tmp_path, mail("<p>We <i>can</i> sign.</p>", "We can sign, in plain letters."))
    page = house.client("seller").get(f"{address}sent/").content.decode()
    assert "<i>can</i>" in page
    assert "in plain letters" in page
    assert f'href="{address}sent/"' in house.client("seller").get(address).content.decode()


def test_a_mail_of_a_mailbox_is_the_one_that_was_meant(house: House, tmp_path: Path) -> None:
    one = b"From a@b Thu May  1 10:00:00 2025\n" + mail("<p>The <b>first</b> one.</p>")
    other = mail("<p>The <b>second</b> one.</p>").replace(b"terms-1@", b"terms-2@").replace(b"01 May", b"02 May")
    (tmp_path / "all.mbox").write_bytes(one + b"\n\nFrom a@b Fri May  2 10:00:00 2025\n" + other)
    before = set(TouchRow.objects.filter(deal=OURS).values_list("touch", flat=True))
    bring_in(ledger(), tmp_path / "all.mbox", NOW, OURS)
    new = TouchRow.objects.filter(deal=OURS).exclude(touch__in=before).order_by("at")
    bodies = [shown(house, f"/deals/{OURS}/touches/{row.touch}/") for row in new]
    assert ["first" in body for body in bodies] == [True, False]
    assert ["second" in body for body in bodies] == [False, True]


def test_what_is_no_mail_was_never_sent(house: House) -> None:
    assert house.client("seller").get(f"{a_touch(house)}sent/").status_code == 404
    assert "As it was sent" not in house.client("seller").get(a_touch(house)).content.decode()


def test_a_look_by_somebody_else_is_noted(house: House, tmp_path: Path) -> None:
    address = brought(tmp_path, mail("<p>We can sign.</p>"))
    house.client("marketing").get(f"{address}sent/")
    assert Look.objects.get().touch == address.split("/")[-2]


def test_broken_lines_flow_and_no_character_moves() -> None:
    long = "This line is as long as a mail program lets a line become, then\ngoes on here.\n\nNew paragraph\n- an item"
    assert flowing(long) == long.replace("then\ngoes", "then goes")
    for kept in (f"{'x' * 70}\n> quoted", f"{'x' * 70}\n2. second", "Best\nAnn", "", "\n"):
        assert flowing(kept) == kept
    assert len(flowing(long)) == len(long)
