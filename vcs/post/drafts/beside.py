"""What an approver sees beside a letter: where it goes, how that is known, what went before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from vcs.access.reads import names_of
from vcs.access.rules import may_see
from vcs.access.work import Work
from vcs.post.cases.case import gather
from vcs.post.find import find_letter
from vcs.post.reads import LetterView, letters_to
from vcs.post.records import LetterRecord
from vcs.post.stale.basis import basis_of, changes, signed_differently
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.victims.details.address_history import DatedAddress, address_history
from vcs.victims.find import parts_of
from vcs.victims.person import opened
from vcs.victims.records import PostedLetter, Victim


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a draft. ``changes`` are plain words for what the last letter had not.

    ``address`` is None where none was ever held. ``email`` is where a letter goes that leaves by
    email alone; "" for any other. ``sent`` are the letters posted to this person, in every
    referral that the approver may see, the newest first.
    """

    address: DatedAddress | None
    changes: tuple[str, ...]
    sent: tuple[LetterView, ...]
    email: str = ""


def beside(work: Work, letter_reference: str) -> Beside:
    """Return what an approver checks a letter against. The caller has recorded the look."""
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    address = next(iter(address_history(work, victim)), None)
    case = gather(work.session, work.sealer, victim, letter, work.today).case
    email = opened(work.sealer, victim.person).email if case.leaves_by_email else ""
    parts = parts_of(work.session, victim.person_id)
    victims = [part for part, of in parts if may_see(work.actor, of)]
    views = letters_to(work.session, victims, names_of(work.session))
    sent = tuple(one for one in views if one.posted_on is not None)
    return Beside(address, _changes(work, victim, referral), sent, email)


def _changes(work: Work, victim: Victim, referral: Referral) -> tuple[str, ...]:
    """Return what changed of what a letter rests on since the last one that was posted."""
    query = (
        select(LetterRecord)
        .join(PostedLetter, col(PostedLetter.letter_id) == col(LetterRecord.id))
        .where(LetterRecord.victim_id == victim.id)
        .order_by(col(PostedLetter.posted_on).desc(), col(LetterRecord.id).desc())
    )
    last = work.session.exec(query).first()
    if last is None:
        return ()
    gathered = gather(work.session, work.sealer, victim, last, work.today)
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    was = basis_of(work.session, work.sealer, last, victim, sentence)
    return (*changes(was, gathered.basis), *signed_differently(was, gathered.basis))
