"""HTML that somebody outside wrote, made harmless: what is left is text, its shape, and links that tell nobody of us.

No script, no style, no form, no frame, and nothing that would be fetched: a picture in a mail tells its sender who
opened it, and when.
"""

from __future__ import annotations

import re

import nh3
from django.utils.safestring import SafeString, mark_safe

# fmt: off
SHAPES = frozenset(
    {
        "b", "blockquote", "br", "caption", "center", "code", "dd", "div", "dl", "dt", "em", "hr", "i",
        "li", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "u", "ul",
    }
)
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
"""Kept as lines set apart: the page's own headings tell where one is."""
UNSEEN = frozenset(
    {
        "applet", "audio", "canvas", "embed", "frame", "frameset", "head", "iframe", "math",
        "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg",
        "template", "textarea", "title", "video", "xml",
    }
)
"""What goes with all that is in it."""
# fmt: on
_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h[1-6]>")


def harmless(markup: str) -> SafeString:
    """The markup with nothing left in it that could act, load or look like a part of the page."""
    kept = nh3.clean(
        markup,
        tags=set(SHAPES | HEADINGS | {"a"}),
        clean_content_tags=set(UNSEEN),
        attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    return mark_safe(_HEADING.sub(_as_line, kept))


def pictures_in(markup: str) -> int:
    """How many pictures the markup would have loaded."""
    return len(_PICTURE.findall(markup))


def _as_line(found: re.Match[str]) -> str:
    return "</strong></div>" if found[1] else "<div><strong>"
