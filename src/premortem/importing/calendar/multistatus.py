"""What a WebDAV server tells of its resources (RFC 4918, 13): a `multistatus`, resource by resource.

It comes from outside, so a document type, which alone could declare entities that unfold without end, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from msgspec import Struct

from premortem.errors import Unreadable

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
DEEPEST = 100


class Resource(Struct, frozen=True):
    """One resource: its address and the properties that the server has of it."""

    url: str
    told: Element

    def text(self, name: str) -> str:
        return (self.told.findtext(name) or "").strip()

    def within(self, name: str) -> str | None:
        """The address that stands in a property, as from the resource's own."""
        href = self.told.findtext(f"{name}/{DAV}href")
        return urljoin(self.url, href.strip()) if href and href.strip() else None

    @property
    def is_calendar(self) -> bool:
        """Whether meetings may lie in it: a calendar, of tasks alone or of notes it is none."""
        if self.told.find(f"{DAV}resourcetype/{CAL}calendar") is None:
            return False
        kinds = self.told.find(f"{CAL}supported-calendar-component-set")
        return kinds is None or any(one.get("name", "").upper() == "VEVENT" for one in kinds)


def resources(data: bytes, url: str) -> Iterator[Resource]:
    """The resources of an answer that came from `url`. Raises Unreadable where it is no multistatus."""
    root = _parsed(data, url)
    if root.tag != f"{DAV}multistatus":
        raise Unreadable(url, "", "it doesn't answer as a calendar server does", "Check the address.")
    for response in root.iterfind(f"{DAV}response"):
        told = Element("prop")
        for propstat in response.iterfind(f"{DAV}propstat"):
            if " 200" in (propstat.findtext(f"{DAV}status") or " 200"):
                told.extend(propstat.findall(f"{DAV}prop/*"))
        yield Resource(urljoin(url, (response.findtext(f"{DAV}href") or "").strip()), told)


def _parsed(data: bytes, url: str) -> Element:
    parser, tree, depth = expat.ParserCreate(namespace_separator="}"), TreeBuilder(), 0

    def refuse(*_: object) -> None:
        raise Unreadable(url, "", "its answer holds a document type, which can be used for harm", "Check the address.")

    def start(name: str, told: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(url, "", "its answer is nested deeper than any could be", "Check the address.")
        tree.start(_named(name), {_named(key): value for key, value in told.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        tree.end(_named(name))

    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, tree.data
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as broken:
        raise Unreadable(url, "", "it doesn't answer as a calendar server does", "Check the address.") from broken
    return tree.close()


def _named(name: str) -> str:
    """As ElementTree writes names: the namespace in braces."""
    return "{" + name if "}" in name else name
