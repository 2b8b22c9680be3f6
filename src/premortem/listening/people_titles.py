# ruff: noqa: E501  (a pattern is easier to read on one line than broken)
"""Titles that are said beside a name: 'Imran in IT', 'our CFO Anthea', 'Anthea, she runs finance', 'I'm the bursar'."""

from __future__ import annotations

import re
from functools import cache

_OCCUPATIONS = r"""manager|director|officer|engineer|lead|leader|head|chief|boss|controller|buyer|planner|scheduler|
    dispatcher|nurse|matron|doctor|dentist|surgeon|clinician|pharmacist|radiographer|hygienist|therapist|technician|
    operator|fitter|electrician|mechanic|foreman|forewoman|supervisor|superintendent|coordinator|co-ordinator|
    administrator|clerk|secretary|assistant|receptionist|analyst|architect|developer|programmer|designer|specialist|
    consultant|adviser|advisor|accountant|bookkeeper|bursar|treasurer|auditor|lawyer|solicitor|counsel|attorney|
    barrister|paralegal|notary|partner|principal|owner|founder|co-founder|president|chair|chairman|chairwoman|
    chairperson|trustee|commissioner|councillor|dean|rector|professor|lecturer|teacher|trainer|trainee|apprentice|
    recruiter|surveyor|underwriter|broker|merchandiser|chef|driver|welder|machinist|volunteer|steward|librarian|
    caretaker|storeman|registrar|scientist|chemist|statistician|economist|editor|producer|executive|strategist|
    shareholder|warden|fundraiser|sysadmin|dba|purchaser|handler|inspector|liaison|rep|terminologist|translator"""
_SHORT = (
    r"c[efimorptd]o|ciso|chro|cco|md|fd|gm|agm|[sea]?vp|dpo|hod|vice president|managing director|works council|"
    r"secretary-general|deputy|number two|right hand|data protection|union rep|shop steward"
)
_DEPARTMENT = r"""(?:group |corporate |internal |global |strategic |central |information |cyber |customer |technical |
    business |product |risk |human |accounts |learning )?(?:finance|legal|procurement|purchasing|purchase|sourcing|
    quality|security|infosec|ops|operations|compliance|accounts|accounting|payable|payroll|engineering|infrastructure|
    production|maintenance|facilities|estates|logistics|warehousing|warehouse|dispatch|planning|marketing|sales|
    commercial|service|services|support|platform|data|analytics|treasury|tax|audit|controlling|regulatory|research|
    stores|transport|fleet|registry|devops|networks?|systems|resources|admin|communications|comms|reception|product|
    care|design|development|safety|regulatory affairs|property|corporate affairs|drug safety|payments|(?-i:IT|I\.T\.|QA|QC|HR|HSE|ICT|EHS|R&D))"""
_WORK = r"(?:runs?|heads?(?: up)?|leads?|manages?|looks? after|is in charge of|in charge of|(?:is )?responsible for|oversees?|chairs?|owns?)"
_NOT_IN_A_TITLE = (
    r"(?-i:and|or|but|is|was|are|has|had|have|said|says|that|this|to|from|with|by|at|on|as|it|he|she|they|we|you|i|not|no|"
    r"so|if|will|would|can|could|other|same|last|next|first|only|whole|right|wrong|best|good|great|one|two|three|lot|"
    r"when|who|which|what|why|how|because|then|than|just|about|after|before|while|for|in|of|the|a|an|our|my|your|their|"
    r"his|her|its|used|wants|asked|told|any|some|every|each|all|both|more|most|very)"
)


def _spaced(pattern: str) -> str:
    return re.sub(r"\|\s*\n\s*", "|", pattern)


_MODIFIER = rf"(?:(?!{_NOT_IN_A_TITLE}\b)[a-z][\w&/-]*\s)"
_OF = rf"(?:\s(?:of|for)\s(?:the\s)?(?:{_MODIFIER}){{0,2}}[a-z&][\w&-]*(?:\s(?:and|&)\s(?!{_NOT_IN_A_TITLE}\b)[a-z][\w-]+)?)"
_TITLE = rf"(?:(?:{_MODIFIER}){{0,3}}(?:{_spaced(_OCCUPATIONS)}|{_SHORT})\b{_OF}?(?:\s{_spaced(_DEPARTMENT)}\b)?(?:,?\s(?-i:[A-Z][\w-]+)(?=\s*(?:[.,;)]|$)))?)"
_WHOSE = (
    r"(?:our|the|my|your|their|his|her|a|an|one of (?:our|the|my))\s(?:new |acting |own |actual |old |dear |other )?"
)
_ENDS = r"(?=\s*(?:[.,;:)?!\n(—–-]|$)|\s(?:who|and|at|in|over|here|there|is|was|said|says|has|wants|will|would|asked|for|on|since|now)\b)"


@cache
def _behind() -> tuple[re.Pattern[str], ...]:
    """What follows a name and tells the title; the group `title` is it."""
    told = (
        r"\s(?:off|on)\s(?:the|our)\s(?P<title>board|exec|committee|works council|bureau|steering group|leasing group)\b",
        rf"\.\s(?-i:(?=[A-Z]))(?P<title>{_TITLE})(?=\.)",
        rf"\s?\((?P<title>(?:{_TITLE}|{_spaced(_DEPARTMENT)}|dir\.? [a-z]+|[a-z]+ mgr)(?:[, ][^)]{{0,40}})?)\)",
        rf"\s?(?:,|[—–=-])\s?(?:(?:she|he|who)(?:['’]s|\sis)\s|that['’]s\s)?(?:{_WHOSE})?(?P<title>{_TITLE}){_ENDS}",
        rf"(?:['’]s|\s(?:is|was|being))\s(?:also\s|actually\s)?(?:{_WHOSE})(?P<title>{_TITLE}){_ENDS}",
        rf"\s(?:the|our|my)\s(?P<title>{_TITLE})\b",
        rf"\s?,\s?(?:our|my)\s(?P<title>{_TITLE})\b",
        rf",?\s(?:she|he)['’]s\s(?:{_WHOSE})?(?P<title>(?:{_TITLE}|(?:{_MODIFIER}){{0,2}}(?:{_spaced(_OCCUPATIONS)})s|{_spaced(_DEPARTMENT)})){_ENDS}",
        r",?\s(?:from|in|on|with)\s(?:the|our)\s(?P<title>[a-z]+(?: [a-z]+)? (?:team|desk|side|department))\b",
        rf",?\s(?:(?:she|he|who)['’]s\s|(?:she|he|who)\sis\s)?(?:over )?(?:in|from|of|at)\s(?:the |our |group )?(?P<title>{_spaced(_DEPARTMENT)})(?:\s(?:team|department|side|dept))?\b(?!\s(?:manager|director|head))",
        rf",?\s(?:(?:she|he|who)\s)?(?P<title>{_WORK}\s(?:the |our |all |all the )?(?:{_MODIFIER}){{0,2}}(?!{_NOT_IN_A_TITLE}\b)[a-zI][\w&-]+)",
        rf"\s?(?:,|[—–=-])\s?(?P<title>{_spaced(_DEPARTMENT)})(?=\s*[.,;)\n]|\s*$|\s(?:and|says|said|wants|asked)\b)",
    )
    return tuple(re.compile(" ".join(one.split("\n")), re.IGNORECASE) for one in told)


@cache
def _ahead() -> tuple[re.Pattern[str], ...]:
    """What stands right before a name and tells the title; matched at the end of the words before it."""
    told = (
        rf"\b(?:our|my|your|their|his|her|the)\s(?:new |acting |own |actual |old |dear )?(?P<title>{_TITLE}),?\s$",
        rf"\b(?:our|my|your|their|the)\s(?P<title>{_spaced(_DEPARTMENT)})\s(?:guy|lady|man|woman|girl|fellow|person|chap|bloke|colleague|lad|folks?|people|team),?\s(?:(?:is |called |that['’]s )?)$",
        rf"(?:^|[.,;(]\s?)(?P<title>{_spaced(_DEPARTMENT)}|(?-i:[A-Z][a-z]+ )?(?:manager|director|lead)|{_SHORT})\s?(?:\(|[:=]\s)$",
        rf"(?:^|[.!?]\s)(?P<title>{_TITLE})[.:]\s$",
        r"\b(?-i:(?P<title>C[EFITO]O|MD|GM|AGM|FD|DPO|CISO))\s$",
        r"\b(?-i:(?P<title>Commissioner|Councillor|Counsellor|Professor|Principal|Rector|Dean|President|Treasurer|Notary|Inspector|Chairman|Superintendent))\s$",
    )
    return tuple(re.compile(one, re.IGNORECASE) for one in told)


@cache
def _of_myself() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:i['’]m|i am|me being|as)\s(?:just |only |actually |also )?(?:the|our|their)\s(?P<a>{_TITLE}){_ENDS}"
        rf"|\bi\s(?P<b>(?:run|head|lead|manage|look after|am responsible for|am in charge of|oversee)\s(?:the |our |all )?(?:{_MODIFIER}){{0,2}}(?!{_NOT_IN_A_TITLE}\b)[a-zI][\w&-]+)"
        rf"|\bi['’]m\s(?:in|from)\s(?P<c>{_spaced(_DEPARTMENT)})\b",
        re.IGNORECASE,
    )


_COURTESY = re.compile(r"\s(?:ma['’]am|sir|ji|bey|san|saheb|garu|bhai)\b", re.IGNORECASE)

BESIDE = 70
"""How many characters before a name may hold the title."""


def title_beside(text: str, start: int, end: int) -> str | None:
    """The title that is said of whoever is named at `start` to `end`; None where none is."""
    courtesy = _COURTESY.match(text, end)
    for pattern in _behind():
        if (hit := pattern.match(text, courtesy.end() if courtesy else end)) is not None:
            return _tidy(hit["title"])
    before = text[max(0, start - BESIDE) : start]
    for pattern in _ahead():
        if (hit := pattern.search(before)) is not None:
            return _tidy(hit["title"])
    return None


def title_of_own(text: str) -> str | None:
    """The title that a speaker gives themselves: 'I'm the plant manager', 'I look after the clubs'."""
    hit = _of_myself().search(text)
    return _tidy(next(told for told in hit.groups() if told)) if hit is not None else None


def _tidy(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip(" ,.")
