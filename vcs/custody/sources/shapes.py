"""The shapes in which systems tell a fact: the first that fits reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from vcs.custody.readings import (
    ADJUSTMENT_GONE,
    AT_LARGE,
    AT_LARGE_AFTER_RECALL,
    DEATH_IN_DOUBT,
    DIED,
    IN_DOUBT,
    RECALL_ORDERED,
    TELL_OF_DANGER,
)
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

_OF_DOCUMENTS: Final[Mapping[str, str]] = {
    "incident.report.": "report",
    "release-date-adjustments.": "adjustment",
}
"""Events about a report or an adjustment."""

_DELETED: Final = "DELETED"

_DEAD: Final = "DEAD"

_NO_REPORT: Final = frozenset({"DUPLICATE", "NOT_REPORTABLE"})
"""The status of a report that is none, or that repeats another one."""

_PLANNED: Final = ("confirmedreleasedate", "plannedreleasedate")

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

DATES: Final = frozenset(
    {
        *(*_MOVED_ON, *_MOVED_AT, *_OCCURRED, *_PLANNED),
        *("dateofdeath", "incidentdate", "incidentdateandtime"),
        *("fromdate", "todate", "createddate"),
        *("returntocustodydate", "revocationdate", "recalldate", "createdat"),
    }
)
"""The fields in which an event’s own day is written."""

ENDED: Final = " ended"
"""How the code of the end of a time at large ends: it is after the beginning, whatever the day."""


def told_of(cells: Cells) -> Facts:
    """Return the facts that an object or a row tells. Raises NotAFact saying what is missing."""
    for shape in _SHAPES:
        if found := shape(cells):
            return (*found, *_death_beside(cells, found))
    raise NotAFact(
        "There is no eventType, movementType, adjustmentType, recallType or incident type in it"
    )


def in_doubt(cells: Cells) -> Facts:
    """Return what an unreadable row tells of danger, one fact for each person that it names.

    Empty where its code tells of none.
    """
    for code_of in _CODES:
        code, reading = code_of(cells)
        if reading in TELL_OF_DANGER:
            everybody, raw = cells.everybody(), cells.digest()
            return tuple(Told(0, code, IN_DOUBT, who, raw=raw) for who in everybody)
    return ()


def _documents_of(cells: Cells, code: str) -> tuple[str, ...]:
    for event, kind in _OF_DOCUMENTS.items():
        if code.startswith(event):
            return cells.documents(kind)
    return ()


Coded = tuple[str, str]
"""The source's own code, and its reading; both empty where the shape is another one."""

_NONE: Final = ("", "")


def _event_code(cells: Cells) -> Coded:
    kind = cells.text("eventtype")
    if not kind or cells.text(*_MOVED):
        return _NONE
    reason = cells.text("additionalinformationreason", "reason").upper()
    movement = cells.text("nomismovementreasoncode").upper()
    code = " ".join(filter(None, (kind, reason, movement)))
    return code, codes.of_event(kind, reason, movement)


def _event(cells: Cells) -> Facts:
    code, reading = _event_code(cells)
    if not code:
        return ()
    day, at = cells.when(_OCCURRED, ())
    told = Told(
        0,
        code,
        reading,
        cells.who(),
        day,
        at,
        confirmed=code.startswith(_LATER),
        merged_from=cells.text("removednomsnumber"),
        documents=_documents_of(cells, code),
    )
    return (told,)


def _movement_code(cells: Cells) -> Coded:
    kind, reason = cells.text(*_MOVED).upper(), cells.text(*_WHY).upper()
    if not kind:
        return _NONE
    direction = cells.text("directioncode", "direction").upper()
    return f"{kind} {reason}".strip(), codes.of_movement(kind, reason, direction)


def _movement(cells: Cells) -> Facts:
    code, reading = _movement_code(cells)
    if not code:
        return ()
    day, at = cells.when(_MOVED_AT, _MOVED_ON, _MOVED_TIME)
    return (Told(0, code, reading, cells.who(), day, at),)


def _reason_code(cells: Cells) -> Coded:
    """Return a reason of danger that stands without the type of a movement."""
    reason = cells.text(*_WHY).upper()
    return (reason, IN_DOUBT) if codes.is_of_danger(reason) else _NONE


def _reason_alone(cells: Cells) -> Facts:
    return in_doubt(cells) if _reason_code(cells)[0] else ()


def _adjustment_code(cells: Cells) -> Coded:
    kind = cells.text("adjustmenttype").upper()
    if not kind:
        return _NONE
    reading = codes.of_table("adjustment_type", kind)
    if reading != AT_LARGE:
        return kind, reading
    why = cells.text("unlawfullyatlargetype").upper()
    of_reason = codes.of_table("adjustment", why)
    return f"{kind} {why}".strip(), reading if of_reason == codes.UNKNOWN else of_reason


def _adjustment(cells: Cells) -> Facts:
    code, reading = _adjustment_code(cells)
    if not code:
        return ()
    is_at_large = codes.of_table("adjustment_type", cells.text("adjustmenttype")) == AT_LARGE
    if not is_at_large:
        days = ("fromdate", "createddate", "todate")
        return (Told(0, code, reading, cells.who(), cells.day_if_any(*days)),)
    day, _ = cells.when((), ("fromdate",))
    out = Told(0, code, reading, cells.who(), day, documents=cells.documents("adjustment"))
    if cells.text("status").upper() == _DELETED:
        return (replace(out, code=f"{code} {_DELETED}", reading=ADJUSTMENT_GONE),)
    back = cells.day("todate")
    if back is None:
        return (out,)
    # They are back by the last day that counts as at large, or on the day after it.
    return out, replace(out, code=f"{code}{ENDED}", reading="recaptured", happened_on=back)


def _recall(cells: Cells) -> Facts:
    kind = cells.text("recalltype", "recalltypecode").upper()
    if not kind:
        return ()
    reading = codes.of_table("recall", kind)
    back = "returntocustodydate"
    day, _ = cells.when((), (back, "revocationdate", "recalldate", "createdat"))
    if reading != codes.UNKNOWN and not cells.text(back):
        reading = _on_paper(cells) or reading
    return (Told(0, f"recall {kind}", reading, cells.who(), day),)


def _on_paper(cells: Cells) -> str:
    """Return the reading of a recall without a return; "" where they were in prison that day."""
    was_in = str(cells.get("inprisononrevocationdate")).lower()
    if was_in in {"false", "no"}:
        return AT_LARGE_AFTER_RECALL
    return "" if was_in in {"true", "yes"} else RECALL_ORDERED


def _report_code(cells: Cells) -> Coded:
    kind = cells.text("incidenttype", "type", "nomistype")
    if not kind:
        return _NONE
    reading = codes.of_report(kind)
    is_report = cells.text(
        "incidenttype", "reportreference", "incidentreportid", "incidentdateandtime"
    )
    if not is_report and reading == codes.UNKNOWN:
        return _NONE
    if cells.text("prisonerrole").upper() in _BYSTANDERS:
        reading = "not_this_scheme"
    status = cells.text("status").upper()
    if status in _NO_REPORT and reading in TELL_OF_DANGER:
        return f"incident {kind} {status}", IN_DOUBT
    return f"incident {kind}", reading


def _report(cells: Cells) -> Facts:
    code, reading = _report_code(cells)
    if not code:
        return ()
    documents = cells.documents("report")
    if reading == "not_this_scheme":
        day = cells.day_if_any("incidentdate", "date")
        return (Told(0, code, reading, cells.who(), day, documents=documents),)
    day, at = cells.when(("incidentdateandtime", "occurredat"), ("incidentdate", "date"))
    return (Told(0, code, reading, cells.who(), day, at, documents=documents),)


def _planned(cells: Cells) -> Facts:
    day = cells.day(*_PLANNED)
    if day is None:
        return ()
    return (Told(0, "confirmedReleaseDate", "release_planned", cells.who(), day, only_month=True),)


def _status(cells: Cells) -> Facts:
    status = cells.text("legalstatus").upper()
    if status != _DEAD:
        return ()
    if died_on := cells.day_if_any("dateofdeath"):
        return (Told(0, f"status {status}", DIED, cells.who(), died_on),)
    day, at = cells.when(_MOVED_AT, _MOVED_ON)
    return (Told(0, f"status {status}", codes.of_table("status", status), cells.who(), day, at),)


def _death_beside(cells: Cells, found: Facts) -> Facts:
    """Return the death that a status tells of beside another fact: its day is not the fact's."""
    status = cells.text("legalstatus").upper()
    if status != _DEAD or any(one.reading in (DIED, DEATH_IN_DOUBT) for one in found):
        return ()
    died_on = cells.day_if_any("dateofdeath")
    return (Told(0, f"status {status}", DIED, cells.who(), died_on),)


_SHAPES: Final[tuple[Shape, ...]] = (
    _event,
    _movement,
    _adjustment,
    _recall,
    _report,
    _reason_alone,
    _planned,
    _status,
)

_CODES: Final = (_event_code, _movement_code, _adjustment_code, _report_code, _reason_code)
