"""What a manager answers about a victim's address or number that may be one of the court's."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.errors import NotFound, NotValid
from vcs.post.opening import By, withdraw_outdated
from vcs.referrals.questions.task_reads import kind_of_task, victim_of_task
from vcs.referrals.records import Referral
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskKind
from vcs.terms import FoundBy
from vcs.victims.find import find_victim, parts_of
from vcs.victims.person import Person, opened
from vcs.victims.records import AddressFinding, Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import warn_in_each
from vcs.victims.whereabouts.addresses import ask_again_about_shared, keep_former
from vcs.victims.whereabouts.numbers import ASKED_ABOUT, matches_asked_about
from vcs.victims.whereabouts.shared import Match, form_of_hers, keep_answer, marks_of, seen_among

LONGEST_REASON = 2000


def there_to_see(
    session: Session, sealer: Sealer, actor: Actor, task_reference: str
) -> tuple[str, ...]:
    """Return the marks of the addresses or numbers that a task is about now: for its form."""
    victim = session.get_one(Victim, victim_of_task(session, actor, task_reference))
    by = ASKED_ABOUT[TaskKind(kind_of_task(session, actor, task_reference))]

    def marks(_: bytes) -> tuple[str, ...]:
        person = opened(sealer, victim.person)
        return marks_of(sealer, person, _found(session, sealer, victim, person, by))

    return shown(marks, b"", ())


def _found(
    session: Session, sealer: Sealer, victim: Victim, person: Person, by: FoundBy
) -> tuple[Match, ...]:
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    return matches_asked_about(session, sealer, sentence, person, by)


def answer_about_address(
    work: Work, task_reference: str, finding: AddressFinding, reason: str, seen: Collection[str]
) -> Task:
    """Keep what a manager found about the addresses that they could see, with the reason.

    ``seen`` are the marks that the form carried, see :func:`there_to_see`. About an address that
    was told since, or of the victim's since they moved, the answer says nothing: it is asked again.

    *Not safe* makes the address not safe to post, and withdraws what is on its way. Nothing else
    lets a letter go by itself: one to the same place is asked about for each letter.
    """
    task = open_task(work, task_reference, AskedFor.ADDRESS)
    victim = _answer(work, task, (finding, reason), seen)
    if finding is AddressFinding.SAME_NOT_SAFE:
        _stop_letters(work, victim)
    return task


def answer_about_number(
    work: Work, task_reference: str, finding: AddressFinding, reason: str, seen: Collection[str]
) -> Task:
    """Keep what a manager found about a number or a mailbox, with the reason, as for an address.

    *Not safe* keeps it closed for good, and withdraws what was to be emailed there. Anything else
    lets it be used again, until a court tells something that the manager did not see.
    """
    task = open_task(work, task_reference, AskedFor.NUMBER)
    victim = _answer(work, task, (finding, reason), seen)
    if finding is AddressFinding.SAME_NOT_SAFE:
        _withdraw_letters(work, victim)
    return task


def _answer(
    work: Work, task: Task, said: tuple[AddressFinding, str], seen: Collection[str]
) -> Victim:
    finding, reason = said
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter what you found, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say what you found.", {"note": words})
    held = work.session.get(Victim, task.victim_id) if task.victim_id else None
    if held is None:
        raise NotFound("There is no victim that this task is about.")
    victim, referral = find_victim(work.session, held.reference, work.actor)
    person, by = opened(work.sealer, victim.person), ASKED_ABOUT[TaskKind(task.kind)]
    found = _found(work.session, work.sealer, victim, person, by)
    covered = seen_among(work.sealer, person, found, seen)
    keep_answer(work, victim, task.id, (form_of_hers(person, by), covered), said)
    finish(work, task, str(finding), "")
    if any(one.court.is_open and one not in covered for one in found):
        ask_again_about_shared(work.session, work.sealer, victim, work.now)
    work.note(f"{by}.answered", referral.reference, f"{victim.reference} {finding}")
    return victim


def _stop_letters(work: Work, victim: Victim) -> None:
    if victim.person.safe_to_post is not False:
        keep_former(work, victim)
        victim.person.safe_to_post = False
        work.session.add(victim.person)
        warn_in_each(work, victim.person_id, WarningFrom.ADDRESS)
    _withdraw_letters(work, victim)


def _withdraw_letters(work: Work, victim: Victim) -> None:
    for part, _ in parts_of(work.session, victim.person_id):
        withdraw_outdated(work.session, work.sealer, part, By(work.actor.who, work.now))
