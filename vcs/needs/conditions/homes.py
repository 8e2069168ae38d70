"""Whether what a victim asks of a licence may leave today: it may have become somebody's home.

The offender reads his licence. So the words of a request are compared whenever they would leave,
with everybody whom the scheme knows of this offender, as they live and are called by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.errors import CannotOpen
from vcs.needs.conditions.records import ConditionAnswer, ConditionRequest
from vcs.needs.conditions.safe_words import may_name, names_home, what_leaks
from vcs.referrals.records import Referral
from vcs.sealing import Sealer, shown
from vcs.sentences.ids_of_person import sharing
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims.find import visible_victim
from vcs.victims.person import Person, opened
from vcs.victims.places.same_place import comparable
from vcs.victims.records import FormerDetails, Victim

HELD: Final = (
    "Held back: the words may say where somebody lives now, who they are, or how they are reached. "
    "Ask for it again in other words. For a place, a manager can say why it may be sent"
)

LOOK_BACK: Final = timedelta(days=2)
"""How long after a change a task is asked for; what leaves is compared whenever it leaves."""

_ASKED: Final = (
    "The words of a request for a licence condition may say where a victim lives now, who they "
    "are, or how they are reached. The offender reads his licence. The request is held back from "
    "the sheet, from letters and from consultations. Look at it on the page of licence conditions: "
    "say there why its place may be sent, or have it asked for in other words. Where it went to "
    "the offender manager already, ring them today, before it stands in a licence; where it stands "
    "in one, ask them to have it changed."
)


_NAME: Final = "name: "


@dataclass(frozen=True, slots=True)
class Named:
    """What words give away: what a manager may let pass, and whether they may never leave.

    ``homes`` are those that the place names, each in one form, and the words of every day in it
    and in its reasons that are somebody's name too.
    """

    homes: frozenset[str]
    leaks: bool


def people_of_offender(session: Session, sealer: Sealer, victim: Victim) -> list[Victim]:
    """Return the victims of every referral of one's offender, in any region, the given one first.

    Open or closed: somebody who wants no contact lives somewhere too.
    """
    sentence = session.get_one(Sentence, session.get_one(Referral, victim.referral_id).sentence_id)
    ids = [one.id for one in sentences_of_offender(session, sealer, sentence)]
    query = (
        select(Victim)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(Referral.sentence_id).in_(ids), col(Victim.person_id) != victim.person_id)
        .order_by(col(Victim.id))
    )
    others = {one.person_id: one for one in session.exec(query)}
    return [victim, *others.values()]


def named_in(sealer: Sealer, words: Mapping[str, str], people: Iterable[Victim]) -> Named:
    """Return what words give away, those of ``place`` and others. Who cannot be opened is anybody.

    A home in other words than those of the place never leaves: no reason needs to name it.
    """
    known, texts = [], [text for text in words.values() if text.strip()]
    for victim in people if texts else ():
        try:
            known.append(opened(sealer, victim.person))
        except CannotOpen:
            return Named(frozenset(), leaks=True)
    place = words.get("place", "")
    others = [text for name, text in words.items() if name != "place" and text.strip()]
    homes = (form_of(one) for one in known if names_home(place, one))
    perhaps = (f"{_NAME}{word}" for text in texts for word in may_name(text, known))
    leaks = bool(known) and (
        any(what_leaks(text, known[0], known[1:]) for text in texts)
        or any(names_home(text, one) for text in others for one in known)
    )
    return Named(frozenset((*homes, *perhaps)), leaks)


def form_of(person: Person) -> str:
    """Return a person's address in the one form in which a check of it is known again."""
    return comparable(person.where, person.postcode)


def checked_homes(sealer: Sealer, request: ConditionRequest) -> frozenset[str]:
    """Return the homes and words beside which a manager said that a request may be sent.

    What was said before these were kept is about the home of that day alone: it is asked again.
    """
    if request.home_sealed is None:
        return frozenset()
    said: Any = shown(sealer.open_json, request.home_sealed, {})
    return frozenset(said.get("homes", ())) if isinstance(said, dict) else frozenset()


def is_held(session: Session, sealer: Sealer, request: ConditionRequest) -> bool:
    """Say whether a request may not leave for the offender manager as things are now."""
    return bool(_held_for(session, sealer, request))


def held_of(
    session: Session, sealer: Sealer, actor: Actor, victim_reference: str
) -> frozenset[str]:
    """Return the references of a victim's requests that are held, but for those refused."""
    require_may(actor, Act.SEE_CASEWORK)
    victim = visible_victim(session, victim_reference, actor)
    query = select(ConditionRequest).where(ConditionRequest.victim_id == victim.id)
    asked = (one for one in session.exec(query) if one.answer != ConditionAnswer.REFUSED)
    return frozenset(one.reference for one in asked if is_held(session, sealer, one))


def _held_for(session: Session, sealer: Sealer, request: ConditionRequest) -> str:
    """Return for what a request is held, in a form that is equal for the same; "" for nothing."""
    words: dict[str, str] | None = shown(sealer.open_json, request.usable_sealed, None)
    if words is None:
        return ""
    victim = session.get_one(Victim, request.victim_id)
    found = named_in(sealer, words, people_of_offender(session, sealer, victim))
    new = sorted(found.homes - checked_homes(sealer, request))
    return " | ".join((*new, *(("words",) if found.leaks else ())))


def held_at_changes(session: Session, sealer: Sealer, now: datetime) -> list[Question]:
    """Return what managers are to be asked, after a change of anybody's details or a referral."""
    found = list(_questions(session, sealer, now))
    keys = [one.key for one in found]
    asked = set(session.exec(select(Task.key).where(col(Task.key).in_(keys)))) if keys else set()
    return [one for one in found if one.key not in asked]


def ask_about_held(session: Session, sealer: Sealer, now: datetime, today: date) -> int:
    """Open the tasks of :func:`held_at_changes`; returns how many."""
    found = held_at_changes(session, sealer, now)
    open_tasks(session, found, today)
    return len(found)


def _questions(session: Session, sealer: Sealer, now: datetime) -> Iterator[Question]:
    for request, referral in _near_changes(session, now):
        if why := _held_for(session, sealer, request):
            mark = next(iter(sealer.digests(f"held: {why}").values()))[:20]
            yield Question(
                f"condition:{request.reference}:{mark}",
                TaskKind.QUESTION,
                _ASKED,
                referral.region_code,
                None,
                referral.sentence_id,
                referral.id,
                victim_id=request.victim_id,
                topic=TaskTopic.MUST_STOP,
            )


def _near_changes(session: Session, now: datetime) -> list[tuple[ConditionRequest, Referral]]:
    """Return the requests in the cases, or of offenders born on the day, of whoever changed."""
    requests = session.exec(
        select(ConditionRequest, Referral, Sentence)
        .join(Victim, col(Victim.id) == col(ConditionRequest.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(
            col(ConditionRequest.answer).is_(None)
            | (col(ConditionRequest.answer) != str(ConditionAnswer.REFUSED))
        )
    ).all()
    if not requests:
        return []
    since = now - LOOK_BACK
    moved = select(FormerDetails.person_id).where(FormerDetails.replaced_at >= since)
    changed = session.exec(
        select(Sentence.id, Sentence.case_key, col(Sentence.date_of_birth))
        .join(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .where(col(Victim.person_id).in_(moved) | (col(Victim.referred_on) >= since.date()))
        .distinct()
    ).all()
    near = {mark for its_id, case, born in changed for mark in _marks(its_id, case, born)}
    by_id = sharing(session, [its_id for its_id, _, _ in changed])
    near |= {("id", other) for some in by_id.values() for other in some}
    return [
        (request, referral)
        for request, referral, one in requests
        if not near.isdisjoint(_marks(one.id, one.case_key, one.date_of_birth))
    ]


def _marks(its_id: int, case: str, born: date | None) -> Iterator[tuple[str, object]]:
    yield "id", its_id
    if case:
        yield "case", case
    if born:
        yield "born", born
