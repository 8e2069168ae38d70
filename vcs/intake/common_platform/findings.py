"""What a Common Platform offence says the court found: verdict, plea, results, conviction date."""

from __future__ import annotations

from vcs.intake import result_tables
from vcs.intake.result_tables import Kind
from vcs.intake.shapes import Json, flag, part, text
from vcs.terms import Change, Finding


def finding_of(offence: Json, kinds: list[Kind], results: list[Json]) -> Finding:
    """Return the finding on one offence, from the strongest evidence to the weakest."""
    if result_tables.QUASHED in kinds:
        return Finding.QUASHED
    if result_tables.INSANITY in kinds:
        return Finding.INSANITY
    if result_tables.UNFIT in kinds:
        return Finding.UNFIT_DID_THE_ACT
    verdict = _verdict(offence)
    if verdict and verdict is not Finding.NOT_CONVICTED:
        return verdict
    if _convicted(offence, results):
        return Finding.CONVICTED
    return verdict or Finding.NOT_STATED


def _verdict(offence: Json) -> Finding | None:
    kind = part(part(offence, "verdict"), "verdictType")
    words = " ".join(text(kind, name) for name in ("category", "categoryType", "description"))
    words = words.replace("_", " ").lower()
    if not words.strip():
        return None
    if "insan" in words:
        return Finding.INSANITY
    if "did the act" in words or "unfit" in words or "disability" in words:
        return Finding.UNFIT_DID_THE_ACT
    if text(part(part(offence, "verdict"), "lesserOrAlternativeOffence"), "offenceCode"):
        return Finding.CONVICTED
    if "guilty" in words:
        return Finding.NOT_CONVICTED if words.startswith("not guilty") else Finding.CONVICTED
    return None


def _convicted(offence: Json, results: list[Json]) -> bool:
    pleaded = text(part(offence, "plea"), "pleaValue").upper() == "GUILTY"
    dated = bool(text(offence, "convictionDate"))
    return pleaded or dated or any(flag(one, "isConvictedResult") for one in results)


def change_of(varying: list[Json]) -> Change | None:
    """Return how the sentence was changed, from the results that vary it; None where none does."""
    changes = [result_tables.CHANGES.get(text(one, "cjsCode")) for one in varying]
    told = [change for change in changes if change and change is not Change.NOT_STATED]
    return told[0] if told else Change.NOT_STATED if varying else None
