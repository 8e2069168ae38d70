"""Which sentences of one person in one case are one: a day corrected, or a later decision. Pure.

A correction of the day moves a sentence to another day. A later decision, on an appeal for
example, changes counts of an earlier sentence; the counts that it does not name stay as they were.
The answer is a function of what the messages say, never of the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.sentences.history.current import OWED
from vcs.terms import Outcome, SentenceKind, most_protective

Imposed = tuple[tuple[str, str], ...]
"""The kind and the lengths of each thing imposed for one count."""


@dataclass(frozen=True, slots=True)
class DealtCount:
    """One count as dealt with: its code and number, its answer, and the court's words on it."""

    code: str | None
    sequence: int
    outcome: Outcome
    imposed: Imposed = ()
    words: str = ""

    @property
    def name(self) -> tuple[int, str | None]:
        """Return what names the count in its case."""
        return self.sequence, self.code


@dataclass(frozen=True, slots=True)
class Occasion:
    """One sentencing occasion as it is now, with what tells whether it is another one's.

    ``on_application`` marks counts that a court dealt with again. ``best`` is the most protective
    outcome that was ever told of it, ``shared_at`` when the current version was shared. ``died``
    says that the court tells there of the offender's death.
    """

    sentence_id: int
    key: str
    sentenced_on: date
    hearing_id: str | None
    shared_at: datetime | None
    gone: bool
    on_application: bool
    best: Outcome
    facts: str
    counts: tuple[DealtCount, ...]
    died: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What a sentence has to do with the person's others in its case.

    ``told_in`` is the sentence that this one is part of: it asks and owes nothing by itself.
    ``left_as`` is the outcome that later decisions leave, where that is no longer owed, and
    ``in_part`` says that counts were taken back while others are owed still. ``words`` are the
    courts' own, ``later`` the facts of those decisions; ``moved_from`` were told on another day.
    ``died`` says that one of them tells of the offender's death; ``again`` are the days of owed
    sentences that may be this one passed anew.
    """

    told_in: int | None = None
    left_as: Outcome | None = None
    in_part: bool = False
    words: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    later_ids: tuple[int, ...] = ()
    moved_from: tuple[int, ...] = ()
    died: bool = False
    again: tuple[date, ...] = ()


NOTHING = Link()

_IN_PLACE = frozenset(
    str(kind)
    for kind in (IMMEDIATE_CUSTODY | {SentenceKind.SUSPENDED, SentenceKind.HOSPITAL_ORDER})
    - {SentenceKind.SUSPENDED_ACTIVATED}
)
"""What may take the place of an earlier sentence. Custody in default is passed beside it."""


@dataclass(slots=True)
class _Found:
    into: dict[int, int] = field(default_factory=dict)
    moved: dict[int, list[int]] = field(default_factory=dict)
    later: dict[int, list[Occasion]] = field(default_factory=dict)
    again: dict[int, list[date]] = field(default_factory=dict)


def links(occasions: Iterable[Occasion]) -> dict[int, Link]:
    """Return what each sentence of one person in one case has to do with the others."""
    every = sorted(occasions, key=lambda one: (one.sentenced_on, one.key))
    found = _Found()
    _find_moved(every, found)
    _find_changed([one for one in every if one.sentence_id not in found.into], found)
    return {one.sentence_id: _link(one, found) for one in every}


def _find_moved(every: Sequence[Occasion], found: _Found) -> None:
    """Pair what is told on another day now, where exactly one sentence can be meant."""
    pairs = [(old, new) for old in every for new in every if _is_moved(old, new)]
    for old, new in pairs:
        alone = [a for a, b in pairs if b is new] == [old] and [
            b for a, b in pairs if a is old
        ] == [new]
        if alone:
            found.into[old.sentence_id] = new.sentence_id
            found.moved[new.sentence_id] = [old.sentence_id]


def _is_moved(old: Occasion, new: Occasion) -> bool:
    """Say whether a newer message of the same hearing gives the same counts another day."""
    if old.sentenced_on == new.sentenced_on or new.gone or old.hearing_id is None:
        return False
    same = sorted(map(_name, old.counts)) == sorted(map(_name, new.counts)) and bool(old.counts)
    if not same or old.hearing_id != new.hearing_id or old.on_application != new.on_application:
        return False
    return old.gone or (_is_newer(new, old) and _imposed(old) == _imposed(new))


def _name(count: DealtCount) -> tuple[int, str]:
    return count.sequence, count.code or ""


def _imposed(occasion: Occasion) -> list[tuple[int, str, Imposed]]:
    return sorted((*_name(one), one.imposed) for one in occasion.counts)


def _is_newer(one: Occasion, other: Occasion) -> bool:
    known = one.shared_at is not None and other.shared_at is not None
    return known and one.shared_at > other.shared_at  # type: ignore[operator]


def _find_changed(every: Sequence[Occasion], found: _Found) -> None:
    """Give each later decision to the latest earlier sentence whose counts it deals with again."""
    for later in every:
        if later.gone:
            continue
        if not later.on_application:
            _find_passed_again(later, every, found)
            continue
        earlier = [
            one
            for one in every
            if one.sentenced_on < later.sentenced_on
            and one.sentence_id not in found.into
            and one.best is not Outcome.NOT_ELIGIBLE
            and any(_is_same(a, b, one.counts) for a in one.counts for b in later.counts)
        ]
        if not earlier:
            continue
        for one in earlier:
            found.later.setdefault(one.sentence_id, []).append(later)
        owed = [one for one in earlier if one.best in OWED]
        if owed and not _owes_more(later, owed):
            found.into[later.sentence_id] = owed[-1].sentence_id


def _find_passed_again(later: Occasion, every: Sequence[Occasion], found: _Found) -> None:
    """Give a sentence passed in a new hearing to an owed one that it may take the place of.

    Where it is owed itself both stay, and a person is asked: it may concern another victim.
    """
    for one in every:
        if not _is_passed_again(one, later, found.later.get(one.sentence_id, ())):
            continue
        if later.best in OWED:
            found.again.setdefault(one.sentence_id, []).append(later.sentenced_on)
        else:
            found.later.setdefault(one.sentence_id, []).append(later)
            found.into[later.sentence_id] = one.sentence_id


def _is_passed_again(one: Occasion, later: Occasion, between: Sequence[Occasion]) -> bool:
    """Say whether a count that is owed still is sentenced once more, by its number and its code.

    ``between`` are the decisions since: after a conviction is gone a new sentence is a new one.
    """
    one_hearing = one.hearing_id is not None and one.hearing_id == later.hearing_id
    if one.gone or one_hearing or one.sentenced_on >= later.sentenced_on:
        return False
    passed = {said.name for said in later.counts if said.code and _is_passed(said)}
    owed = (was for was in one.counts if was.name in passed and was.outcome in OWED)
    return any(_last_word(was, one, between).outcome in OWED for was in owed)


def _is_passed(count: DealtCount) -> bool:
    return any(kind in _IN_PLACE for kind, _ in count.imposed)


def _owes_more(later: Occasion, earlier: Sequence[Occasion]) -> bool:
    """Say whether a later decision makes a count owed that was not: its victim may be another one.

    Then it is owed by itself, and no part of an earlier sentence.
    """
    return any(
        said.outcome in OWED
        and not any(
            was.outcome in OWED and _is_same(was, said, one.counts)
            for one in earlier
            for was in one.counts
        )
        for said in later.counts
    )


def _is_same(count: DealtCount, later: DealtCount, counts: Sequence[DealtCount]) -> bool:
    """Say whether a later decision may mean this count; one without a code may mean any.

    So may one whose number none of several counts of its code bears: feeds number as they like.
    """
    if later.code is None or count.code is None:
        return True
    alike = {one.sequence for one in counts if one.code == count.code}
    named = later.sequence in alike and len(alike) > 1
    return later.code == count.code and (not named or later.sequence == count.sequence)


def _link(one: Occasion, found: _Found) -> Link:
    later = found.later.get(one.sentence_id, [])
    link = Link(
        told_in=found.into.get(one.sentence_id),
        moved_from=tuple(found.moved.get(one.sentence_id, ())),
        again=tuple(found.again.get(one.sentence_id, ())),
    )
    if not later:
        return link
    last = [(count, _last_word(count, one, later)) for count in one.counts]
    added = [
        count
        for decision in later
        for count in decision.counts
        if not any(_is_same(mine, count, one.counts) for mine in one.counts)
    ]
    left = most_protective([said.outcome for _, said in last] + [more.outcome for more in added])
    taken = any(was.outcome in OWED and said.outcome not in OWED for was, said in last)
    words = [count.words for decision in later for count in decision.counts if count.words]
    return replace(
        link,
        left_as=None if left in OWED else left,
        in_part=taken and left in OWED,
        words=tuple(dict.fromkeys(words)),
        later=tuple(decision.facts for decision in later),
        later_ids=tuple(decision.sentence_id for decision in later),
        died=any(decision.died for decision in later),
    )


def _last_word(count: DealtCount, one: Occasion, later: Sequence[Occasion]) -> DealtCount:
    """Return what the latest decision says of a count: its own outcome where none deals with it."""
    for decision in reversed(later):
        same = [said for said in decision.counts if _is_same(count, said, one.counts)]
        if same:
            return min(same, key=lambda said: (said.code is None, said.sequence != count.sequence))
    return count
