"""What a person is asked about a line of a list, by what the line ended as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vcs.intake import regions
from vcs.law.deadlines.working_days import add_working_days
from vcs.lists.digests import newest
from vcs.lists.endings import MORE_THAN_OURS, Ending, Ends, Reason
from vcs.lists.reading.columns import ListKind
from vcs.lists.reconcile import Ended
from vcs.sealing import Sealer
from vcs.tasks.ask import Question
from vcs.tasks.records import TaskKind, TaskTopic

WORKING_DAYS: Final = 2

"""The time to answer, from the day of the list; our design, asked for by nothing outside."""

UNKNOWN: Final = frozenset(
    {
        Reason.ELIGIBLE_UNKNOWN_TO_US,
        Reason.DISCRETIONARY_UNKNOWN_TO_US,
        Reason.UNDECIDED_UNKNOWN_TO_US,
    }
)
"""Why a line is a sentence that we do not hold: several lines may tell of one."""

UNKNOWN_TOPICS: Final = (str(TaskTopic.UNKNOWN_TO_US), str(TaskTopic.UNKNOWN_UNDECIDED))

_LIST: Final[Mapping[ListKind, str]] = {
    ListKind.PROBATION: "A list from probation’s case system",
    ListKind.PRISON: "A list from the prison system",
    ListKind.COURT: "A list from the court register",
    ListKind.POLICE: "A list from the police",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How one sort of ending is asked about. ``today`` asks for an answer on the same day."""

    topic: TaskTopic
    words: str
    today: bool = False


_UNKNOWN_WORDS: Final[Mapping[Reason, Wording]] = {
    Reason.ELIGIBLE_UNKNOWN_TO_US: Wording(
        TaskTopic.UNKNOWN_TO_US,
        "{list} holds a sentence that we do not hold, and by the law a victim is owed contact. "
        "Nobody was told. Find the court’s result, enter it by hand, and ask for the court’s "
        "message.",
    ),
    Reason.DISCRETIONARY_UNKNOWN_TO_US: Wording(
        TaskTopic.UNKNOWN_UNDECIDED,
        "{list} holds a sentence that we do not hold. By the law contact is not owed; a manager "
        "decides whether to offer it. Find the court’s result and enter it by hand.",
    ),
    Reason.UNDECIDED_UNKNOWN_TO_US: Wording(
        TaskTopic.UNKNOWN_UNDECIDED,
        "{list} holds a sentence that we do not hold, and does not say enough to decide whether a "
        "victim is owed contact. Find the court’s result and enter it by hand.",
    ),
}

_MORE_WORDS: Final = Wording(
    TaskTopic.LIST_DIFFERS,
    "{list} holds an offence or a count of this offender and day that we do not hold. It may be a "
    "case of its own, and nobody may have told us of its victims. Find the court’s result. Where "
    "it is not ours, have it entered by hand.",
)

_OF_OURS: Final[Mapping[Reason, Wording]] = {
    Reason.OURS_RELEASED: Wording(
        TaskTopic.LIST_LACKS,
        "{list} lacks this sentence, and the release may have come at once. Ask today whether the "
        "case was opened and where the offender is: it bears on the victim’s safety.",
        today=True,
    ),
    Reason.OURS_MISSING: Wording(
        TaskTopic.LIST_LACKS,
        "{list} lacks this sentence more than ten working days after it was passed. The offender "
        "may be there under another name, sentenced in absence, or at large. Ask today: it bears "
        "on the victim’s safety.",
        today=True,
    ),
}

_OTHERS: Final[Mapping[Ends, Wording]] = {
    Ends.DIFFERS: Wording(
        TaskTopic.LIST_DIFFERS,
        "{list} and the court’s messages differ about this sentence. Find out which is right: a "
        "missed amendment changes what is owed.",
    ),
    Ends.CANNOT_TELL: Wording(
        TaskTopic.LIST_UNSURE,
        "{list} holds a line that may be about this sentence. Look at both side by side and say "
        "whether they are one.",
    ),
    Ends.TASK: Wording(
        TaskTopic.LIST_UNSURE,
        "{list} holds a line that nothing could be decided about. Look at it and say what it is.",
    ),
}


def is_asked(ending: Ending) -> bool:
    """Say whether a person is asked about an ending."""
    return ending.ends_as in {Ends.TASK, Ends.DIFFERS, Ends.CANNOT_TELL}


def question_of(kind: ListKind, ended: Ended, sealer: Sealer, today: date) -> Question:
    """Return what is asked about a line. Its key is the same for one matter in every later list."""
    ending = ended.ending
    wording = _wording(ending)
    due_on = today if wording.today else add_working_days(today, WORKING_DAYS, known_on=today)
    return Question(
        _KEYS[wording.topic](kind, ended, sealer),
        TaskKind.LIST_LINE,
        wording.words.format(list=_LIST[kind]),
        region_of(ended),
        due_on,
        ending.held.sentence_id if ending.held else None,
        topic=wording.topic,
    )


def question_of_ours(
    kind: ListKind, reason: Reason, of: tuple[int, str | None], today: date
) -> Question:
    """Return what is asked about a sentence of ours that a list lacks: its id, and its region."""
    wording = _OF_OURS[reason]
    return Question(
        f"list:lacks:{kind}:{of[0]}",
        TaskKind.LIST_LINE,
        wording.words.format(list=_LIST[kind]),
        of[1],
        today,
        of[0],
        topic=wording.topic,
    )


def region_of(ended: Ended) -> str | None:
    """Return the region whose managers answer: the sentence's, or that of the line's court."""
    if ended.ending.held is not None:
        return ended.ending.held.region_code
    court = ended.line.described.court if ended.line else ""
    found = regions.region_of_court(court or None)
    return found.code if found else None


def _wording(ending: Ending) -> Wording:
    more = dict.fromkeys(MORE_THAN_OURS, _MORE_WORDS)
    by_reason = {**_UNKNOWN_WORDS, **_OF_OURS, **more}
    return by_reason.get(ending.reason) or _OTHERS[ending.ends_as]


def key_of_line(text: str, sealer: Sealer) -> str:
    """Return the key of a question about a line, by the text that identifies it in any list."""
    return f"list:line:{newest(sealer, text)}"


def _by_digest(kind: ListKind, ended: Ended, sealer: Sealer) -> str:
    del kind
    return key_of_line(ended.text, sealer)


def _by_sentence(kind: ListKind, ended: Ended, sealer: Sealer) -> str:
    del kind, sealer
    about = "more" if ended.ending.reason in MORE_THAN_OURS else "differs"
    return f"list:{about}:{ended.ending.held.sentence_id if ended.ending.held else 0}"


def _by_list(kind: ListKind, ended: Ended, sealer: Sealer) -> str:
    del sealer
    return f"list:lacks:{kind}:{ended.ending.held.sentence_id if ended.ending.held else 0}"


_KEYS: Final[Mapping[TaskTopic, Callable[[ListKind, Ended, Sealer], str]]] = {
    TaskTopic.UNKNOWN_TO_US: _by_digest,
    TaskTopic.UNKNOWN_UNDECIDED: _by_digest,
    TaskTopic.LIST_UNSURE: _by_digest,
    TaskTopic.LIST_DIFFERS: _by_sentence,
    TaskTopic.LIST_LACKS: _by_list,
}
