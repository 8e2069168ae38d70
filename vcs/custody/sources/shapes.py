"""The shapes in which systems tell a fact: the first that fits reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from vcs.custody.sources import codes
from vcs.custody.sources.cells import Cells
from vcs.custody.sources.told import NotAFact, Told

Facts = tuple[Told, ...]

Shape = Callable[[Cells], Facts]

_LATER: Final = "prison-offender-events."

_MOVED: Final = ("movementtype", "movementtypecode", "lastmovementtypecode")

_WHY: Final = (
    "movementreasoncode",
    "lastmovementreasoncode",
    "nomismovementreasoncode",
    "reasoncode",
    "movementreason",
)

_MOVED_AT: Final = ("movementdatetime", "lastmovementdatetime", "occurredat", "movedat")

_MOVED_ON: Final = ("movementdate", "lastmovementdate", "eventdate", "date")

_MOVED_TIME: Final = ("movementtime", "lastmovementtime", "time")

_OCCURRED: Final = ("occurredat", "publishedat", "eventdatetime")

_BYSTANDERS: Final = frozenset(
    {
        "PRESENT_AT_SCENE",
        "ASSISTED_STAFF",
        "IMPEDED_STAFF",
        "HOSTAGE",
        "VICTIM",
        "INTENDED_RECIPIENT",
    }
)
"""Whoever had one of these parts in an incident did not get out by it."""

_PLANNED: Final = ("confirmedreleasedate", "plannedreleasedate")


def told_of(cells: Cells) -> Facts:
    """Return the facts that an object or a row tells. Raises NotAFact saying what is missing."""
    for shape in _SHAPES:
        if found := shape(cells):
            return found
    raise NotAFact(
        "There is no eventType, movementType, adjustmentType, recallType or incident type in it"
    )


def _event(cells: Cells) -> Facts:
    kind = cells.text("eventtype")
    if not kind or cells.text(*_MOVED):
        return ()
    reason = cells.text("additionalinformationreason", "reason").upper()
    movement = cells.text("nomismovementreasoncode").upper()
    day, at = cells.when(_OCCURRED, ())
    code = " ".join(filter(None, (kind, reason, movement)))
    reading = codes.of_event(kind, reason, movement)
    told = Told(
        0,
        code,
        reading,
        cells.who(),
        day,
        at,
        confirmed=kind.startswith(_LATER),
        merged_from=cells.text("removednomsnumber"),
    )
    return (told,)


def _movement(cells: Cells) -> Facts:
    kind = cells.text(*_MOVED).upper()
    if not kind:
        return ()
    reason, direction = cells.text(*_WHY).upper(), cells.text("directioncode", "direction").upper()
    day, at = cells.when(_MOVED_AT, _MOVED_ON, _MOVED_TIME)
    reading = codes.of_movement(kind, reason, direction)
    return (Told(0, f"{kind} {reason}".strip(), reading, cells.who(), day, at),)


def _adjustment(cells: Cells) -> Facts:
    kind = cells.text("adjustmenttype").upper()
    if not kind:
        return ()
    why = cells.text("unlawfullyatlargetype").upper()
    if kind != "UNLAWFULLY_AT_LARGE":
        day, _ = cells.when((), ("fromdate", "createddate", "todate"))
        return (Told(0, kind, "not_this_scheme", cells.who(), day),)
    day, _ = cells.when((), ("fromdate",))
    who, code = cells.who(), f"{kind} {why}".strip()
    out = Told(0, code, codes.of_table("adjustment", why), who, day)
    back = cells.day("todate")
    if back is None:
        return (out,)
    # They are back by the last day that counts as at large, or on the day after it.
    return out, replace(out, code=f"{code} ended", reading="recaptured", happened_on=back)


def _recall(cells: Cells) -> Facts:
    kind = cells.text("recalltype", "recalltypecode").upper()
    if not kind:
        return ()
    day, _ = cells.when((), ("returntocustodydate", "revocationdate", "recalldate", "createdat"))
    return (Told(0, f"recall {kind}", codes.of_table("recall", kind), cells.who(), day),)


def _report(cells: Cells) -> Facts:
    kind = cells.text("incidenttype", "type", "nomistype")
    if not kind or not cells.text("reportreference", "incidentreportid", "incidentdateandtime"):
        return ()
    day, at = cells.when(("incidentdateandtime", "occurredat"), ("incidentdate", "date"))
    reading = codes.of_report(kind)
    if cells.text("prisonerrole").upper() in _BYSTANDERS:
        reading = "not_this_scheme"
    return (Told(0, f"incident {kind}", reading, cells.who(), day, at),)


def _planned(cells: Cells) -> Facts:
    day = cells.day(*_PLANNED)
    if day is None:
        return ()
    return (Told(0, "confirmedReleaseDate", "release_planned", cells.who(), day, only_month=True),)


def _status(cells: Cells) -> Facts:
    status = cells.text("legalstatus").upper()
    if status != "DEAD":
        return ()
    day, at = cells.when(_MOVED_AT, (*_MOVED_ON, "dateofdeath"))
    return (Told(0, f"status {status}", codes.of_table("status", status), cells.who(), day, at),)


_SHAPES: Final[tuple[Shape, ...]] = (
    _event,
    _movement,
    _adjustment,
    _recall,
    _report,
    _planned,
    _status,
)
