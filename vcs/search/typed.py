"""What a text typed into the search box may be: references, a name, or an address.

Nothing is searched by address: what looks like one is refused, so that nobody learns to try.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from vcs.errors import NotValid
from vcs.intake import identifiers

LONGEST: Final = 100

NO_ADDRESS: Final = (
    "This looks like an address, a postcode, a telephone number or an email address. Nothing can "
    "be searched by these. Enter a reference or a name"
)

NOTHING: Final = "Enter a reference or a name"

_POSTCODE: Final = re.compile(r"\b(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b")

_A_WORD: Final = re.compile(r"[^\W\d_]{3,}")

# A mobile number may have lost its first zero in a spreadsheet.
_PHONE: Final = re.compile(r"(?:\+44|0044|44|0)\d{8,11}|7\d{9}")

_OURS: Final = re.compile(r"(?:VCS)?([0-9A-Z]{4})([0-9A-Z]{4})")

_CRN: Final = re.compile(r"[A-Z]\d{6}")

# Read aloud or copied by hand, these are taken for the digits that our references have.
_DIGITS: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Typed:
    """What may be meant. "" and None where it cannot be that; ``marks`` are a PNC's and an ASN's.

    ``name`` is the text itself where it may be a name.
    """

    ours: str = ""
    case_key: str = ""
    marks: tuple[str, ...] = ()
    crn: str = ""
    name: str = ""


def read(text: str) -> Typed:
    """Return what a text may mean. Raises NotValid for nothing and for an address."""
    raised = unicodedata.normalize("NFKC", text).upper().strip()
    if not any(c.isalnum() for c in raised):
        raise NotValid(NOTHING + ".", {"q": NOTHING})
    if raised.startswith("VCS") and (ours := _our_reference(raised)):
        # By chance one in twelve has no digit; it is no name, and is read out in groups.
        return Typed(ours=ours)
    if _is_address(raised):
        raise NotValid(NO_ADDRESS + ".", {"q": NO_ADDRESS})
    if not any(c.isdigit() for c in raised):
        is_one_word = len(raised.split()) == 1
        return Typed(
            ours=_our_reference(raised),
            case_key=identifiers.case_reference(raised) if is_one_word else "",
            name=text.strip(),
        )
    crn = identifiers.crn(raised)
    return Typed(
        ours=_our_reference(raised),
        case_key=identifiers.case_reference(raised),
        marks=(f"pnc:{identifiers.pnc(raised)}", f"asn:{identifiers.asn(raised)}"),
        crn=crn if _CRN.fullmatch(crn) else "",
    )


def _is_address(raised: str) -> bool:
    if "@" in raised or _POSTCODE.search(raised) or _is_number_or_postcode(raised):
        return True
    words = re.split(r"[\s,]+", raised)
    has_number = any(c.isdigit() for c in raised)
    return has_number and len(words) > 1 and any(map(_A_WORD.fullmatch, words))


def _is_number_or_postcode(raised: str) -> bool:
    """Say whether a text is a telephone number or a postcode, however its signs are parted."""
    together = re.sub(r"[\s.,/()\-\u2010-\u2015]", "", raised)
    return bool(_PHONE.fullmatch(together) or _POSTCODE.fullmatch(together))


def _our_reference(raised: str) -> str:
    """Return a reference of ours in the one form that it is kept in; "" for anything else."""
    found = _OURS.fullmatch(identifiers.plain(raised))
    if found is None:
        return ""
    return "VCS-" + "-".join(part.translate(_DIGITS) for part in found.groups())
