"""What pages say of letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from api.staff.words.text import day
from letters.catalogue import INITIAL_CONTACT
from vcs.post.records import LetterQuestion, LetterStatus

LETTERS: Mapping[str, str] = {INITIAL_CONTACT: "Initial contact letter"}

LETTER_STATUSES: Mapping[str, tuple[str, str]] = {
    LetterStatus.DRAFT: ("Draft", "govuk-tag--yellow"),
    LetterStatus.APPROVED: ("Approved", "govuk-tag--green"),
    LetterStatus.WITHDRAWN: ("Withdrawn", "govuk-tag--red"),
}

LETTER_QUESTIONS: Mapping[str, str] = {
    LetterQuestion.SHARED_ADDRESS: "May this letter go to an address that the court holds?",
    LetterQuestion.SECOND_LETTER: "May a second first letter go?",
    LetterQuestion.EARLIER_OPT_OUT: "May this letter go after an earlier no?",
    LetterQuestion.KEPT_APART: "May this letter go although somebody very like them said no?",
    LetterQuestion.FORMAT: "Does a standard letter meet this person’s needs?",
    LetterQuestion.CHANGED_ADDRESS: "May the first letter go to the new address?",
    LetterQuestion.ONLY_VIA: "May this letter go past the person they named?",
    LetterQuestion.RETURNED: "May this letter go although one came back?",
    LetterQuestion.NAME: "Is this really the person’s name?",
}


def value(fact: object) -> str:
    """Write the value of a letter's fact."""
    if isinstance(fact, bool):
        return "Yes" if fact else "No"
    if isinstance(fact, date):
        return day(fact)
    if isinstance(fact, tuple):
        return ", ".join(str(line) for line in fact)
    return str(fact)
