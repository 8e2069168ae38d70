"""An officer whose surname is one in the case: nobody is given it before a manager says why.

A surname that is alike proves nothing, and is how a cousin of the offender looks on a list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sqlmodel import Session, col, select

from vcs.access.exclusions.records import SameSurname
from vcs.access.records import Account
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.referrals.find import find_referral
from vcs.referrals.officers.assign import assign_vlo, give_many, take_referral
from vcs.referrals.officers.share import ToGive
from vcs.referrals.records import Referral
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence
from vcs.victims.person import shown_person
from vcs.victims.records import Victim

LONGEST_REASON = 1000

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})

_APOSTROPHES = str.maketrans(dict.fromkeys("'`.\u2019\u2018\u00b4\u02bc"))

_HYPHENS = str.maketrans(dict.fromkeys("-_/\u2010\u2011\u2013\u2014", " "))

_AFTER_A_NAME = frozenset(("jr", "jnr", "sr", "snr", "junior", "senior", "ii", "iii"))


def surnames(name: str) -> frozenset[str]:
    """Return the forms of a surname: without case, accents, hyphens and apostrophes.

    A double one counts whole and by its last part: "Smith-Jones" is alike to "Jones" and to
    "Smithjones". What stands before a comma is the surname.
    """
    before, comma, _ = name.partition(",")
    words = [word for word in _plain(before if comma else name).split() if word]
    while len(words) > 1 and words[-1] in _AFTER_A_NAME:
        words.pop()
    if not words:
        return frozenset()
    return frozenset((words[-1], "".join(words if comma else words[-2:])))


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.translate(_HYPHENS)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return text.translate(_LETTERS).translate(_APOSTROPHES)


def give_to_officer(
    work: Work, referral_reference: str, account_id: int, reason: str = "", seen: str | None = None
) -> Referral:
    """Give a referral to an officer; where a surname in it is theirs, only with a reason.

    ``seen`` is as in :func:`vcs.referrals.officers.assign.assign_vlo`.
    """
    referral = assign_vlo(work, referral_reference, account_id, seen)
    officer = work.session.get_one(Account, account_id)
    if not _is_namesake(work.session, work.sealer, referral, officer):
        return referral
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NotValid(
            "Somebody in this case has the same surname as this officer.",
            {
                "reason": f"{officer.name} has the surname of somebody in this case. Ask whether "
                "they are related, choose another officer, or enter why it is right to assign them"
            },
        )
    confirmed = SameSurname(
        account_id=officer.id,
        sentence_id=referral.sentence_id,
        confirmed_at=work.now,
        confirmed_by=work.actor.account_id,
        sealed=work.sealer.seal_text(reason.strip()),
    )
    work.session.add(confirmed)
    work.note("vlo.same_surname", referral.reference, f"account:{officer.id}")
    return referral


def give_many_to_officers(work: Work, gives: Sequence[ToGive]) -> tuple[str, ...]:
    """Give many referrals at once. Those with an officer's surname in them are left, and named."""
    wanted = {one.reference: one.gets for one in gives}
    query = select(Referral).where(col(Referral.reference).in_(wanted))
    officers = select(Account).where(col(Account.id).in_(set(wanted.values())))
    found = {one.id: one for one in work.session.exec(officers)}
    alike = {
        referral.reference
        for referral in work.session.exec(query)
        if (officer := found.get(wanted[referral.reference] or 0))
        and _is_namesake(work.session, work.sealer, referral, officer)
    }
    others = [one for one in gives if one.reference not in alike]
    left = give_many(work, others) if others or not alike else ()
    return (*left, *sorted(alike))


def take_as_officer(work: Work, referral_reference: str) -> Referral:
    """Take a referral that no officer has, unless a surname in it is one's own."""
    referral = find_referral(work.session, referral_reference, work.actor)
    officer = work.session.get_one(Account, work.actor.account_id)
    if referral.vlo_account_id is None and _is_namesake(
        work.session, work.sealer, referral, officer
    ):
        raise Conflict(
            "Somebody in this case has your surname, so you cannot take it yourself. If you know "
            "them, say so on the referral’s page. If not, ask a manager to assign it to you."
        )
    return take_referral(work, referral_reference)


def _is_namesake(session: Session, sealer: Sealer, referral: Referral, officer: Account) -> bool:
    """Return whether the offender or a victim has the surname of an officer."""
    sentence = session.get_one(Sentence, referral.sentence_id)
    names = [shown(sealer.open_text, sentence.offender_name, "")]
    victims = session.exec(select(Victim).where(Victim.referral_id == referral.id))
    names += [shown_person(sealer, victim.person).name for victim in victims]
    theirs = surnames(officer.name)
    return any(surnames(name) & theirs for name in names)
