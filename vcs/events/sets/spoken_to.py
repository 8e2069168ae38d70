"""Who was told of an event, or given word: the person, the safe third party, or the police."""

from __future__ import annotations

from typing import Final

from vcs.access.work import Work
from vcs.events.if_out import answer_of, said_if_opened
from vcs.events.records import LONGEST_NAME, Way
from vcs.victims.contact.contacts import is_somebody_else
from vcs.victims.contact.spoken_to import is_named_party, names_nobody
from vcs.victims.records import ContactWay, Victim

CONTACTS: Final = {
    Way.PHONE: ContactWay.PHONE,
    Way.IN_PERSON: ContactWay.IN_PERSON,
    Way.VIDEO: ContactWay.VIDEO,
}
"""The ways of telling that are a contact with the person, and are kept as one too."""

_SOMEBODY_ELSE: Final = (
    "This may not be this person. Somebody else, a voicemail or a message left has told nobody: "
    "select ‘No, nobody was reached’. If it was they, enter their own first name and surname"
)

_NOBODY: Final = (
    "A voicemail, or a message left, has told nobody: select ‘No, nobody was reached’, or enter "
    "who was spoken to"
)

_NOT_NAMED: Final = (
    "This may not be whom they named to be rung. Enter the name as it is in what they asked for, "
    "or select ‘No, nobody was reached’"
)


def who_was_not_told(work: Work, victim: Victim, how: str, spoke_to: str) -> str:
    """Return why words for who was spoken to do not say that a person was told; "" if they do.

    By a call or a visit it is the person who is told. A safe third party, whom they named, and the
    police tell them.
    """
    if how == Way.LETTER and not spoke_to.strip():
        return ""
    if not spoke_to.strip():
        return "Enter who you spoke to"
    if len(spoke_to) > LONGEST_NAME:
        return f"Enter {LONGEST_NAME} characters or fewer"
    if how in CONTACTS:
        return _SOMEBODY_ELSE if is_somebody_else(work, victim, spoke_to) else ""
    if how == Way.LETTER:
        return ""
    if names_nobody(spoke_to):
        return _NOBODY
    return "" if how != Way.THIRD_PARTY or _is_theirs(work, victim, spoke_to) else _NOT_NAMED


def _is_theirs(work: Work, victim: Victim, spoke_to: str) -> bool:
    """Say whether a third party is whom a person named; anybody, where they named nobody."""
    answer = answer_of(work.session, victim.person_id)
    said = said_if_opened(work.sealer, answer) if answer else None
    if said is None or not said.third_party.strip():
        return True
    is_they = not is_somebody_else(work, victim, spoke_to)
    return is_they or is_named_party(spoke_to, said.third_party)
