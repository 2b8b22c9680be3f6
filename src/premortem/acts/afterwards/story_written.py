"""A story as Markdown, and as one HTML file to print: nothing in it runs, and nothing is fetched."""

from __future__ import annotations

from html import escape

from premortem.acts.afterwards.story import Paragraph, StoryDocument

STYLE = """
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.5 Georgia, serif; color: #111; margin: 0 auto; max-width: 165mm; overflow-wrap: anywhere; }
h1 { font-size: 18pt; margin: 0 0 3mm; } h2 { font-size: 12pt; margin: 6mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; } blockquote { margin: 0 0 2mm; padding-left: 4mm; border-left: .6mm solid #999; }
.tells, .changed { color: #555; font-size: 9pt; } .seen { font-style: italic; }
@media screen { body { padding: 8mm; } }
@media screen and (prefers-color-scheme: dark) {
  body { background: #16181c; color: #e8e8e8; } .tells, .changed { color: #a9afb8; }
}
"""


def story_markdown(story: StoryDocument) -> str:
    """The whole story as Markdown."""
    told = [f"# {story.title}", story.opening]
    for one in story.paragraphs:
        told.append(f"## {one.on}")
        told.append(one.told)
        told += [f"> “{_flat(said.words)}” — {said.who} *({said.tells})*" for said in one.said]
        told += [f"*Could be seen:* {line}" for line in one.seen]
        told += [f"*Done:* {line}" for line in one.done]
    told += ["## How it ended", *story.ending]
    if story.concluded:
        told += ["## What was concluded", "\n".join(f"- {line}" for line in story.concluded)]
    return "\n\n".join([*told, f"*{story.changed}*"]) + "\n"


def _flat(words: str) -> str:
    """Words on one line, in which nothing is taken for a mark of Markdown."""
    return "".join("\\" + c if c in "\\`*_[]<>#|" and c not in "[]" else c for c in " ".join(words.split()))


def story_page(story: StoryDocument) -> str:
    """The whole file. Whatever was said is escaped."""
    body = [f"<h1>{escape(story.title)}</h1>", _p(story.opening)]
    for one in story.paragraphs:
        body += _day(one)
    body += ["<h2>How it ended</h2>", *map(_p, story.ending)]
    if story.concluded:
        items = "".join(f"<li>{escape(line)}</li>" for line in story.concluded)
        body.append(f"<h2>What was concluded</h2><ul>{items}</ul>")
    body.append(_p(story.changed, "changed"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(story.title)}</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _day(one: Paragraph) -> list[str]:
    told = [f"<h2>{escape(one.on)}</h2>", _p(one.told)]
    for said in one.said:
        whose = f'<span class="tells">{escape(said.who)} ({escape(said.tells)})</span>'
        told.append(f"<blockquote>“{escape(said.words)}” {whose}</blockquote>")
    told += [_p(f"Could be seen: {line}", "seen") for line in one.seen]
    return told + [_p(f"Done: {line}") for line in one.done]


def _p(words: str, kind: str = "") -> str:
    return f"<p{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{escape(words)}</p>"
