"""Where an email to a person would go: newer than their yes, or read by somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.access.records import Account, Unit
from vcs.clock import london_date
from vcs.post.cases.case_parts import CasePart, Reach, every_offender
from vcs.post.cases.letter_case import ChangedAddress
from vcs.post.records import LetterQuestion, LetterRecord
from vcs.post.stale.basis import mailbox_printed
from vcs.sealing import Sealer, shown
from vcs.terms import FoundBy, LetterFormat
from vcs.victims.digests import people_with_email
from vcs.victims.find import former_rows
from vcs.victims.person import mailbox_of, opened
from vcs.victims.preferences.reads import standing_rows
from vcs.victims.preferences.records import Rule, Way
from vcs.victims.records import FormerDetails, PostedLetter
from vcs.victims.same_person import name_parts
from vcs.victims.whereabouts.shared import Tie, tie_of

_OF_SEVERAL: Final = re.compile(
    r"(?:^|[._+-])(?:info|office|admin|contact|enquir(?:y|ies)|reception|team|family|home|mail"
    r"|house|support|help|both|us|and|couple|parents|mum(?:and)?dad"
    r"|teulu|cartref|swyddfa|gwybodaeth|rhieni)(?:$|[._+-])"
)
"""In the part before the @: what a household, a couple or an office calls its mailbox."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person's email address as the gate asks about it, and the way by which a letter goes.

    ``alone`` is the address of what goes by email and by no other way; "" for anything else.
    ``shared_with`` are ids of people.
    """

    goes_by: Way
    email: str
    alone: str = ""
    changed: ChangedAddress | None = None
    readers: tuple[str, ...] = ()
    shared_with: tuple[int, ...] = ()

    def subjects(self) -> dict[LetterQuestion, str]:
        """Return what the questions about it are about."""
        others = " ".join(map(str, self.shared_with))
        return {
            LetterQuestion.CHANGED_EMAIL: self.changed.subject if self.changed else "",
            LetterQuestion.SHARED_MAILBOX: f"{self.email}|{others}|{'; '.join(self.readers)}",
        }

    def for_case(self) -> dict[str, Any]:
        """Return the same for the gate."""
        return {
            "goes_by": self.goes_by,
            "has_email": bool(self.email),
            "changed_email": self.changed,
            "mailbox_readers": self.readers,
        }


def mailbox_of_part(part: CasePart, reach: Reach, form: str | None) -> Mailbox:
    """Return what is known of a person's mailbox, looked at only for what goes by email."""
    way, email = reach.goes_by(form), mailbox_of(part.person)
    if way is not Way.EMAIL:
        return Mailbox(way, email)
    alone = email if reach.said.bar(Way.POST) is not None else ""
    if not email:
        return Mailbox(way, email)
    people = tuple(_others_with(part, email))
    readers = tuple(_readers(part, email, bool(people)))
    return Mailbox(way, email, alone, _changed(part, email), readers, people)


def _others_with(part: CasePart, email: str) -> Iterator[int]:
    """Yield everybody else on record who has it: family, another victim, whoever is an offender."""
    for record in people_with_email(part.session, part.sealer, email):
        if record.id != part.victim.person_id:
            yield record.id


def _readers(part: CasePart, email: str, has_others: bool) -> Iterator[str]:
    session, before_at = part.session, email.partition("@")[0]
    tie = _tie(part)
    if tie is not None:
        found = ", and a manager found that it is not safe" if tie.not_safe else ""
        yield f"a court ties it to the offender or to somebody in the same case{found}"
    if has_others:
        yield "another person on record has the same email address"
    if any(is_called_after(name, part.person.name, before_at) for name in _offenders(part)):
        yield "it is called like the offender"
    if session.exec(select(Account.id).where(func.lower(Account.email) == email)).first():
        yield "it is the email address of a member of staff"
    if session.exec(select(Unit).where(func.lower(Unit.email) == email)).first():
        yield "it is the email address of a unit"
    if _OF_SEVERAL.search(before_at):
        yield "it is called like one that several people read"


def _tie(part: CasePart) -> Tie | None:
    whose = (part.victim.person_id, part.person)
    return tie_of(part.session, part.sealer, every_offender(part), whose, FoundBy.EMAIL)


def _offenders(part: CasePart) -> set[str]:
    return {shown(part.sealer.open_text, one.offender_name, "") for one in every_offender(part)}


def is_called_after(offender: str, person: str, before_at: str) -> bool:
    """Say whether a mailbox is called like an offender, by what does not fit the person as well.

    ``before_at`` is what stands before the @. A surname alone says nothing: families share it.
    """
    theirs, hers = name_parts(offender), name_parts(person)
    if len(theirs) < 2 or not hers:
        return False
    first, last, words = theirs[0], theirs[-1], name_parts(before_at)
    whole = "".join(words)
    if first in hers:
        return False
    full = f"{first}{last}" in whole or f"{last}{first}" in whole
    short = first[0] != hers[0][0] and f"{first[0]}{last}" in ("".join(words[:2]), *words)
    return full or short or first in words


def _changed(part: CasePart, email: str) -> ChangedAddress | None:
    """Return how the mailbox is newer than their yes to email; None where it is not, or is known.

    Their yes was about the mailbox that was held then: another that came since, on anybody's
    word, takes a second person until a letter went there.
    """
    before = [
        (row, held)
        for row in former_rows(part.session, part.victim)
        if (held := mailbox_of(opened(part.sealer, row))) != email
    ]
    if not before:
        return None
    last, replaced = before[-1][0], any(held for _, held in before)
    if _was_said_since(part, last, by_another=replaced):
        return None
    if _has_gone_there(part.session, part.sealer, part, email):
        return None
    return ChangedAddress(london_date(last.replaced_at), last.replaced_by, f"{last.id} {email}")


def _was_said_since(part: CasePart, last: FormerDetails, *, by_another: bool) -> bool:
    """Say whether their yes to email is newer than their mailbox.

    Where it took the place of another, whoever entered it does not also bear witness to it.
    """
    return any(
        row.way == Way.EMAIL
        and row.rule != Rule.NEVER
        and row.recorded_at > last.replaced_at
        and not (by_another and last.replaced_by == f"account:{row.recorded_by}")
        for row in standing_rows(part.session, part.victim.person_id)
    )


def _has_gone_there(session: Session, sealer: Sealer, part: CasePart, email: str) -> bool:
    query = (
        select(LetterRecord)
        .join(PostedLetter, col(PostedLetter.letter_id) == col(LetterRecord.id))
        .where(
            col(LetterRecord.victim_id).in_([hers.id for hers, _ in part.parts]),
            LetterRecord.format == LetterFormat.TEXT,
        )
    )
    return any(mailbox_printed(sealer, one) == email for one in session.exec(query))
