"""HMPPS's copy of a hearing: what is left of it after the court hearing event receiver.

The copy keeps the label, the definition id, the text and the prompts of a result, and drops its
code, duration, qualifier and category, whether it was struck out, and the offence's dates. So the
definition says what was ordered, prompts and text how long, and whatever is decided from it is
marked as of lower confidence. A definition that label or text contradict is an unknown result, and
one that no table holds is read by its words: a person decides unless they settle it.
"""

from __future__ import annotations

from dataclasses import replace

from vcs.intake.common_platform import levels
from vcs.intake.common_platform.hearing import everyone_sentenced
from vcs.intake.common_platform.results.judicial_results import named_kinds, results_in
from vcs.intake.common_platform.results.stated import KIND_NOT_KNOWN
from vcs.intake.common_platform.sifting import Part, sift
from vcs.intake.message import Sentenced
from vcs.intake.results import result_tables
from vcs.intake.values.problems import Problems
from vcs.intake.values.shapes import Json, text
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind

FORMAT = "hmpps-hearing"

_SHARING = ("sharedTime", "hearingDay", "isReshare")

_DROPPED = ("cjsCode", "category", "durationElement", "judicialResultId", "rank")

_MATTERS = IMMEDIATE_CUSTODY | {
    SentenceKind.HOSPITAL_ORDER,
    SentenceKind.INTERIM_HOSPITAL_ORDER,
    SentenceKind.RESTRICTION_ORDER,
    SentenceKind.UNKNOWN,
}


def is_copy(message: Json) -> bool:
    """Say whether a hearing is the copy: no word of its sharing, and only what the copy keeps."""
    hearing = message.get("hearing")
    if not hearing or any(message.get(name) is not None for name in _SHARING):
        return False
    return not any(one.get(name) is not None for one in results_in(hearing) for name in _DROPPED)


def read_copy(message: Part, problems: Problems, *, listed: bool) -> tuple[Sentenced, ...]:
    """Return every person sentenced, each marked as told with lower confidence.

    ``listed`` marks a copy that was sent when the hearing was listed or changed: nothing is
    resulted yet. Completes the results of the message in place. Adds to ``problems`` what could
    not be read.
    """
    sift(message, levels.MESSAGE, problems, listed=listed)
    for result in results_in(message.get("hearing")):
        result.update(_left_out(result))
    return tuple(
        replace(one, facts=replace(one.facts, lower_confidence=True))
        for one in everyone_sentenced(message, problems)
    )


def _left_out(result: Json) -> Json:
    """Return the code of a result's definition, or the mark that its kind is not known."""
    defined = result_tables.BY_DEFINITION.get(text(result, "judicialResultTypeId").lower())
    named = named_kinds(result)
    if defined is None:
        # A label that a table has does not vouch for a definition that none has.
        imposes = any(isinstance(kind, SentenceKind) for kind in named)
        return {KIND_NOT_KNOWN: True} if imposes else {}
    code, kind = defined
    if any((kind in _MATTERS) != (other in _MATTERS) for other in named):
        return {KIND_NOT_KNOWN: True}
    return {"cjsCode": code}
