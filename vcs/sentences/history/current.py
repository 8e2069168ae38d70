"""Work out a sentence's current state from every message about it. Pure functions.

A court's message has no number. Only the moment at which it was shared orders it, so the answer
here is a function of *which* messages came and never of the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from vcs.intake.message import LESS_SURE
from vcs.terms import PROTECTION_ORDER, Outcome, most_protective

OWED = (Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME)

"""The outcomes that open a referral without a person deciding so."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one message told of one sentence; ``facts`` None where it had it no longer, ids 0.

    ``content`` is the hash of the whole message and settles between equals. ``shared_at`` None is
    a message that cannot be ordered. ``form`` is its format: another feed may tell the same
    sentence in other words, and a copy without codes and lengths tells it less surely.
    """

    telling_id: int
    decision_id: int
    content: str
    form: str
    shared_at: datetime | None
    facts: str | None = None
    outcome: Outcome = Outcome.NOT_ELIGIBLE
    route: str | None = None
    region_code: str | None = None
    police_area: str | None = None
    hearing_id: str | None = None

    @property
    def less_sure(self) -> bool:
        """Say whether this is a copy's word, which never overtakes the message itself."""
        return self.form in LESS_SURE


@dataclass(frozen=True, slots=True)
class CurrentSentence:
    """What stands. ``gone`` marks a sentence that the newest message no longer has.

    ``since`` is the court's own moment from which it has stood so, None where it is not ordered.
    ``others`` contradict it and cannot be ordered against it. ``best`` is the most protective
    outcome that was ever told. ``place`` tells the region and police area.
    """

    version: Version
    gone: bool
    since: datetime | None
    others: tuple[Version, ...]
    best: Outcome
    place: tuple[str | None, str | None]

    @property
    def in_doubt(self) -> bool:
        """Say whether something contradicts what stands."""
        return bool(self.others)


def current_sentence(versions: Iterable[Version]) -> CurrentSentence | None:
    """Return the current version of a sentence, or None if no message mentions it any longer.

    The newest message that can be ordered decides. Where several cannot be ordered against each
    other, the more protective one stands, and the others are kept beside it for a person.
    """
    every = sorted(versions, key=lambda one: one.content)
    told = [one for one in every if one.facts is not None]
    if not told:
        return None
    sure = _sure(every)
    steps = _steps(sure)
    contenders = _contenders(sure, steps)
    tellers = [one for one in contenders if one.facts is not None]
    gone = not tellers
    stands = min(tellers, key=_rank) if tellers else _last_told(steps, told)
    return CurrentSentence(
        stands,
        gone,
        _since(steps, None if gone else stands.facts),
        () if gone else tuple(one for one in contenders if _contradicts(one, stands)),
        most_protective(one.outcome for one in told),
        _place(stands, steps, told),
    )


def _sure(every: Sequence[Version]) -> list[Version]:
    """Leave copies out where the message itself came: all but a newest one that promises more.

    That one cannot be ordered against the message: a copy carries its own time of sending.
    """
    sure = [one for one in every if not one.less_sure]
    copies = _steps([one for one in every if one.less_sure])
    if not any(one.facts is not None for one in sure):
        return list(every)
    promises = [one for one in copies[-1] if one.outcome in OWED] if copies else []
    return [*sure, *(replace(one, shared_at=None) for one in promises)]


def _steps(versions: Sequence[Version]) -> list[list[Version]]:
    """Group what can be ordered by the moment of sharing, oldest first."""
    dated = [one for one in versions if one.shared_at is not None]
    dated.sort(key=_moment)
    return [list(group) for _, group in groupby(dated, key=_moment)]


def _moment(version: Version) -> float:
    return version.shared_at.timestamp() if version.shared_at else 0.0


def _contenders(every: Sequence[Version], steps: list[list[Version]]) -> list[Version]:
    """Return the newest that can be ordered, and whatever cannot be ordered against it."""
    latest = steps[-1] if steps else []
    older = [one for step in steps[:-1] for one in step]
    loose = [one for one in every if one.shared_at is None]
    return [*latest, *(one for one in loose if not _echoes(one, older))]


def _echoes(loose: Version, older: Iterable[Version]) -> bool:
    """Say whether another feed only repeats what an older message told already."""
    return loose.facts is not None and any(
        one.form != loose.form
        and one.facts is not None
        and (one.outcome, one.route) == (loose.outcome, loose.route)
        for one in older
    )


def _rank(version: Version) -> tuple[int, bool, str, str]:
    loose = version.shared_at is None
    facts = version.facts or ""
    return PROTECTION_ORDER.index(version.outcome), loose, facts, version.content


def _last_told(steps: list[list[Version]], told: Sequence[Version]) -> Version:
    """Return what the newest message told that had the sentence at all."""
    for step in reversed(steps):
        tellers = [one for one in step if one.facts is not None]
        if tellers:
            return min(tellers, key=_rank)
    return min(told, key=_rank)


def _contradicts(one: Version, stands: Version) -> bool:
    """A changed result, label or length is a change; another feed may word the same otherwise."""
    if one.facts is None:
        return True
    if one.form == stands.form:
        return one.facts != stands.facts
    return (one.outcome, one.route) != (stands.outcome, stands.route)


def _since(steps: list[list[Version]], facts: str | None) -> datetime | None:
    """Return from which moment on every message told these facts, or had the sentence no more."""
    since: datetime | None = None
    for step in reversed(steps):
        told = {one.facts for one in step if one.facts is not None}
        if facts not in told if facts is not None else told:
            break
        since = step[0].shared_at
    return since


def _place(
    stands: Version, steps: list[list[Version]], told: Sequence[Version]
) -> tuple[str | None, str | None]:
    """Return the region and police area of what stands, else the newest that were told."""
    newest_first = [one for step in reversed(steps) for one in step]
    for one in (stands, *newest_first, *told):
        if one.region_code is not None:
            return one.region_code, one.police_area
    return None, stands.police_area
