"""What a Common Platform offence says the court found: verdict, plea, results, conviction date."""

from __future__ import annotations

import re
from collections.abc import Collection

from vcs.intake.results.kinds import finding_by_result
from vcs.intake.results.result_tables import Kind
from vcs.intake.values.shapes import Json, part, text
from vcs.terms import Finding

_LETTERS = {
    "G": Finding.CONVICTED,
    "N": Finding.NOT_CONVICTED,
    "O": Finding.NOT_CONVICTED,
    "C": Finding.NOT_CONVICTED,
}

"""The finding as the police are told it."""

_ALTERNATIVE = "A"

"""Guilty of an alternative offence: without its name, nobody knows of which."""

_VERDICT = ("category", "categoryType", "description")

_DID_NOT = re.compile(
    r"\b(?:did|had|has) not (?:do|done|commit)|\bnot (?:to )?have (?:done|commit)"
)

"""Unfit to plead, and found not to have done the act: that is an acquittal."""

_OF_ANOTHER = re.compile(r"^not guilty\b.*(?:\bguilty (?:of|to)\b|alternative|lesser)")

"""Not guilty of the offence charged and guilty of another: no acquittal."""


def finding_of(offence: Json, kinds: Collection[Kind], *, convicts: bool = False) -> Finding:
    """Return the finding on one offence, from the strongest evidence to the weakest.

    ``kinds`` are those of its results; ``convicts`` says that one of them tells of a conviction.
    """
    recorded = finding_by_result(kinds)
    if recorded:
        return recorded
    verdict = _verdict(offence)
    if verdict:
        # An acquittal beside a sentence is a contradiction: neither plea nor date settles it.
        return verdict
    if text(offence, "finding").upper() == _ALTERNATIVE and not convicted_instead(offence):
        return Finding.NOT_STATED
    if convicts or _convicted(offence):
        return Finding.CONVICTED
    return Finding.NOT_STATED


def convicted_instead(offence: Json) -> Json:
    """Return the lesser or alternative offence convicted of, by verdict or by plea; else empty."""
    told = part(offence, "verdict") or part(offence, "plea")
    return part(told, "lesserOrAlternativeOffence")


def _verdict(offence: Json) -> Finding | None:
    kind = part(part(offence, "verdict"), "verdictType")
    told = [text(kind, name) for name in _VERDICT] if kind else []
    words = " ".join(told).replace("_", " ").lower()
    if not words.strip():
        return _LETTERS.get(text(offence, "finding").upper())
    if _DID_NOT.search(words):
        return Finding.NOT_CONVICTED
    if "insan" in words:
        return Finding.INSANITY
    if "did the act" in words or "unfit" in words or "disability" in words:
        return Finding.UNFIT_DID_THE_ACT
    if text(convicted_instead(offence), "offenceCode"):
        return Finding.CONVICTED
    if _OF_ANOTHER.search(words):
        return None
    if "guilty" in words:
        return Finding.NOT_CONVICTED if words.startswith("not guilty") else Finding.CONVICTED
    return None


def _convicted(offence: Json) -> bool:
    pleaded = text(part(offence, "plea"), "pleaValue").upper() == "GUILTY"
    return pleaded or bool(text(offence, "convictionDate"))
