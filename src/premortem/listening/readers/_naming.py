# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""How people are named: the patterns of names, titles, and of the words around a name that make it a person's."""

from __future__ import annotations

import re
from functools import cache

HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Doctor|Doktor|Doutor|Doutora|Dott|Ing|Signor|Signora|Meneer|Frau|Herr|Dona|Don|Madame|Monsieur|Maître|Maitre|Mevrouw|Sir|Engineer|Father|Captain|Commissioner|Councillor|Judge|Sister|Provost)\.?"
_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ][a-zà-öø-ÿłśżčšžćęąğıñ]+(?:[-'’][A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)*"
_PARTICLE = r"(?:van|von|de|der|den|da|do|dos|el|al|bin|ten|ter|la|le|du|Van|De|Mac|O['’])"


@cache
def names() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w@.])(?P<honour>(?:{HONORIFIC}[ ]+){{1,2}})?(?P<initials>(?:[A-Z]\.[ ]?){{1,3}}(?=[A-Z][a-z]))?"
        rf"(?P<name>{_NAME}(?:[ ]+(?:{_PARTICLE}[ ]+|[A-Z]\.[ ]+){{0,2}}{_NAME}){{0,2}})(?P<own>['’]s)?"
    )


_TITLES = (
    r"c[efit]o|coo|ciso|cro|cmo|cpo|managing director|joint md|md|general manager|gm|finance director|financial director|fd"
    r"|president|chair(?:man|woman|person)|owner|founder|boss|superintendent|principal|bursar|rector|dean|treasurer|controller"
    r"|general counsel|lawyer|solicitor|accountant|data (?:protection )?officer|dpo|security officer"
    r"|(?:head|director|chief|vp|vice president|manager) (?:of|for) [a-z]+(?: and [a-z]+)?"
    r"|(?:plant|site|works|factory|branch|practice|office|project|programme|program|regional|country|facilities|warehouse"
    r"|purchasing|procurement|it|hr|quality|finance|operations|ops|technical|commercial|sales|marketing|security|compliance"
    r"|maintenance|production|logistics|engineering) (?:manager|director|head|lead|chief|officer)"
    r"|foreman|planner"
)


@cache
def titled() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<whose>our|my|the|your|their)\s+(?:new\s+|acting\s+|group\s+|old\s+)?(?P<title>{_TITLES})\b(?!['’]?s?\s+(?:office|desk|report|meeting))".replace(
            " ", r"\s+"
        ),
        re.IGNORECASE,
    )


@cache
def place_precedes() -> re.Pattern[str]:
    """What stands before a place; 'bring in Ruta' is none."""
    return re.compile(
        r"(?:^|(?<!bring)(?<!loop)(?<!rope)(?<!copy)(?<!call)(?<!pull)(?<!get)\s)(?:in|near|outside|out of|(?:['’]s|is|['’]m|am|are|['’]re) from)\s$",
        re.I,
    )


@cache
def firm_precedes() -> re.Pattern[str]:
    """What stands before a firm's name: 'an outfit called', 'a quote from'."""
    return re.compile(
        r"\b(?:(?:outfit|crowd|company|firm|mob|start-?up|vendor|supplier|tool|system)(?:,| called| named)?|comparison (?:against|with)|belong to|at|versus|against)"
        r"\s$",
        re.IGNORECASE,
    )


_PERSON_VERBS = (
    r"(?:said|says|told|tells|wants|wanted|asked|asks|thinks|thought|reckons|signs|signed|decides|decided|knows|knew|likes|liked"
    r"|loves|hates|runs|does|did|has|had|will|would|can|could|is|was|came|comes|goes|went|sits|sat|wrote|writes|read|reads|gets|got"
    r"|looks|looked|sent|sends|rang|called|calls|showed|needs|needed|approves|holds|put|puts|made|makes|might|must|should|been"
    r"|gave|gives|took|takes|heard|hears|owns|heads|leads|spoke|talked|joined|won['’]t|doesn['’]t|didn['’]t|isn['’]t|and (?:I|me)|or (?:I|me))"
)


@cache
def person_follows() -> re.Pattern[str]:
    return re.compile(
        rf"\s+{_PERSON_VERBS}\b|\s*,?\s*(?:our|my|the|their|your|who|he['’]?s?|she['’]?s?)\s|\s*,\s*(?:he|she)\b|\s+(?:in|from|at|over in)\s+(?:the\s+)?[a-zI]"
        r"|['’](?:s|d|ll)\s+(?:the|our|my|been|going|got|on|in|a|not|desk|office|call|team|manager|boss|signature|name|number|table)"
        r"|\s*\(",
    )


@cache
def person_precedes() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:ask|asked|tell|told|meet|met|see|call|called|rang|ring|phone|email|emailed|meeting|spoke to|speak to|speak with"
        r"|talk to|talked to|talk with|talking to|get|bring|brought|show|showed|loop|have|had|invite|invited|copy|from|for|past|by|to|with|and"
        r"|her name is|his name is|name['’]?s|called|like|let|than|about|between|that['’]?s|it['’]?s|is|be|or|when|if|because|because|unless|until|till|until)\s+)$",
        re.IGNORECASE,
    )


@cache
def introduced() -> re.Pattern[str]:
    """What follows a name and makes it a person's: who they are, in the same breath."""
    return re.compile(
        r",? (?:he|she) (?:is|was|'s|does|runs|heads|has|wants|would)\b|, ?(?:he|she)['’]s\b|(?:,? (?:our|my|your)|, (?:the|their|head of|from (?:the )?))\s?"
        r"(?:[a-z]+ ){0,2}(?:manager|director|head|chief|lead|boss|planner|lawyer|officer|engineer|controller|buyer|owner|chair"
        r"|man\b|colleague|secretary|assistant|cfo|ceo|cto|coo|cio|CFO|CEO|CTO|COO|CIO|IT\b)"
        r"| (?:from|in) (?:finance|legal|purchasing|procurement|IT|it|operations|quality|security|accounts|compliance|HR|sales)\b"
        r"| \((?:[A-Z]{2,4}|[a-z ]{3,25})\)"
    )
