"""What a result on an application takes back: on an appeal, and where a case is opened again.

A statutory declaration makes the proceedings void, and a case that is reopened may end otherwise.
*Granted*, on such an application, takes something back and does not say what.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vcs.intake.common_platform.results.judicial_results import Result, is_known
from vcs.intake.common_platform.results.taken_back import is_appeal, may_take_back, taken_back
from vcs.intake.results.appeal_words import TakesBack, is_beside, refuses
from vcs.intake.results.result_tables import UNCLEAR
from vcs.intake.values.shapes import Json, text

_REOPENS = re.compile(r"statutory declaration|\bre-?open", re.I)

_UNDOES = re.compile(
    r"\b(?:set(?:ting)? aside|rescind|rescission|quash|annul|vary|variation|correct|alter)\b"
    r".*\b(?:convictions?|sentences?|finding)\b|\b(?:section|s\.?) ?(?:142|155|385)\b|slip rule",
    re.I,
)

_OF_AN_ORDER = re.compile(
    r"\bbail\b|summons|warrant|\border\b|licen[cs]e|disqualif|\bfines?\b|\bcosts\b|\bleave\b", re.I
)
"""Words of an application about something that hangs on a sentence, and not about it."""

_GOES_ON = re.compile(
    r"adjourn|warrant|hearing|sitting|notice|lodged|\btransfer|\breferred\b", re.I
)
"""Words of a result after which the application goes on."""


def taken_back_by(result: Result, application: Json) -> TakesBack | None:
    """Return what a result on an application takes back; None where it is no such result."""
    appealed, undoes = is_appeal(application), undoes_a_decision(application)
    if not (appealed or undoes or may_take_back(result.stated)):
        return None
    if appealed or not undoes or not _is_beside(result):
        found = taken_back(result, on_appeal=appealed or undoes)
        unsaid = found is None and (_reopens(result) if undoes else _ends_unexplained(result))
        return TakesBack.UNCLEAR if unsaid and not _is_beside(result) else found
    return taken_back(result) if may_take_back(result.stated) else None


def undoes_a_decision(application: Json) -> bool:
    """Say whether an application asks to undo a conviction or sentence, and is no appeal."""
    kind = application.get("type")
    return isinstance(kind, dict) and _undoes(text(kind, "type"))


@lru_cache(maxsize=256)
def _undoes(words: str) -> bool:
    about_it = bool(_UNDOES.search(words)) and not _OF_AN_ORDER.search(words)
    return about_it or bool(_REOPENS.search(words))


def _reopens(result: Result) -> bool:
    return bool(_REOPENS.search(result.stated.label))


def _ends_unexplained(result: Result) -> bool:
    """Say whether a result ends an appeal in words, and by a code, that nobody here knows."""
    stated = result.stated
    return stated.group == "FINAL" and not is_known(stated) and result.kind == UNCLEAR


def _is_beside(result: Result) -> bool:
    label = result.stated.label
    return is_beside(label) or refuses(label) or bool(_GOES_ON.search(label))
