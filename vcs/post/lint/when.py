"""Days and releases, as people write them in English and in Welsh: what finds them. Pure."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    "|Ionawr|Chwefror|[MF]awrth|Ebrill|[MF]ai|[MF]ehefin|G?orffennaf|Awst|[MF]edi|Hydref"
    "|[TD]achwedd|Rh?agfyr"
)
_ORDINALS: Final = (
    r"(?:(?:twenty|thirty)[-\s])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
    r"|cyntaf|ail|trydydd|pedwerydd|pumed|chweched|seithfed|wythfed|nawfed|degfed"
)
_NUMBER: Final = r"\d{1,2}(?:st|nd|rd|th|af|ail|ydd|ed|fed|eg|ain)?"
_DAYS: Final = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|dydd\s+(?:Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul)"
)
_FEASTS: Final = (
    r"Christmas(?:\s+(?:Eve|Day))?|Boxing\s+Day|New\s+Year(?:['\u2019]?s)?(?:\s+(?:Eve|Day))?"
    r"|Easter(?:\s+(?:Sunday|Monday))?|May\s+Day|(?:the\s+)?bank\s+holiday|Eid\b|Diwali|Hanukkah"
    r"|Passover|y\s+Nadolig|y\s+Pasg|your\s+birthday|the\s+day\s+(?:after|before)"
)
_FEW: Final = r"\d{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten|a\s+few"

ON_A_DAY: Final = re.compile(
    rf"\b(?:{_NUMBER}|{_ORDINALS})(?:\s+(?:day\s+)?of|\s+o)?\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?"
    rf"|\b(?:{_MONTHS})\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINALS})\b(?:,?\s+\d{{4}})?"
    rf"|\b\d{{1,2}}[/.-](?:{_MONTHS})[/.-]\d{{2,4}}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|(?<![\d/])(?!24/7)(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])",
    re.IGNORECASE,
)
"""A day by its date, with or without a year."""

IN_A_FEW_DAYS: Final = re.compile(
    rf"\b(?:(?:on|next|this|coming|by|until)\s+)?(?:{_DAYS})\b|\b(?:tomorrow|tonight|yfory|heno)\b"
    r"|\b(?:this|next|the)\s+(?:coming\s+)?(?:week|weekend|fortnight)\b"
    rf"|\b(?:in|within)\s+(?:{_FEW})\s+(?:days?|weeks?)\b(?:['\u2019]?\s+time)?"
    rf"|\b(?:{_FEASTS})\b"
    r"|\bwythnos\s+nesaf\b|\b(?:on|by)\s+the\s+\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
"""A day as it is counted from today. Read of a release alone: the letter has no other date."""

RELEASE: Final = re.compile(
    r"\breleas\w*|\bhome\b|\bout\b|\bleav\w*|\blicen[cs]e\b|\btagg?\w*|\bparole\b|\bHDC\b|\bfreed?\b"
    r"|\bfreedom\b|\bdischarg\w*|\bdue\b|\brhyddh\w*|\bryddh\w*|\b[td]h?rwydded\w*|\badref\b"
    r"|\bgartref\b|\ballan\b|\b[pb]h?ar\u00f4l\b|\bgadael\b|\bgadawa\b",
    re.IGNORECASE,
)

_IS_RELEASED: Final = re.compile(
    r"\breleas\w*|\b(?:come|came|coming|get|got|getting|let|be|is)s?\s+out\b|\bout\s+on\b|\bfreed?\b"
    r"|\b(?:go|come|coming|going|sent|be|back)(?:es)?\s+home\b"
    r"|\bleav\w*\s+(?:prison|custody|jail|on|by|before|after|at)\b"
    r"|\bparole\b|\bHDC\b|\btagg?\w*|\bdischarg\w*|\brhyddh\w*|\bryddh\w*|\badref\b",
    re.IGNORECASE,
)

WORKED_OUT: Final = re.compile(
    r"\b(?:expect\w*|estimat\w*|calculat\w*|worked\s+out|should\s+be|likely|earliest|no\s+later\s+than"
    r"|work(?:ed|ing|s)?\s+(?:it|this|that)\s+out"
    r"|(?:half|two[- ]thirds)\s+(?:of\s+)?(?:his|her|their|the)"
    r"|as\s+(?:early|soon)\s+as|not\s+before|(?:could|might|may|can)\s+be\s+(?:out|released|free|home)"
    r"|around|about|roughly|approximately|probably|half[- ]?way|CRD|ARD|HDCED|PED|SED|SLED"
    r"|d?disgwyl\w*|amcang\w*|g?h?yfrifwyd|dylai\s+fod|tua|oddeutu|cynharaf|hwyraf|hanner\s+ffordd)\b",
    re.IGNORECASE,
)

WHEN: Final = re.compile(
    rf"{ON_A_DAY.pattern}|\b(?:{_MONTHS})\s+\d{{4}}\b|\b20\d\d\b", re.IGNORECASE
)


def days_of_release(sentence: str) -> tuple[str, ...]:
    """Return the days that a sentence about a release names, as they stand in it."""
    if not RELEASE.search(sentence):
        return ()
    found = [one[0] for one in ON_A_DAY.finditer(sentence)]
    if _IS_RELEASED.search(sentence):
        found += [one[0].strip() for one in IN_A_FEW_DAYS.finditer(sentence)]
    return tuple(found)
