"""What pages say of letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from api.staff.words.text import day
from vcs.post import catalogue
from vcs.post.language.welsh import as_it_may_leave
from vcs.post.records import LetterQuestion, LetterStatus
from vcs.terms import LetterFormat, LetterLanguage

LETTERS: Mapping[str, str] = {
    row.kind: f"{row.kind.replace('-', ' ').capitalize()} letter" for row in catalogue.CATALOGUE
}

LETTER_LANGUAGES: Mapping[str, str] = {
    LetterLanguage.ENGLISH: "English",
    LetterLanguage.WELSH: "Welsh",
    LetterLanguage.BILINGUAL: "Welsh and English, in one letter, Welsh first",
}

LETTER_FORMATS: Mapping[str, str] = {
    LetterFormat.STANDARD: "Standard letter",
    LetterFormat.LARGE_PRINT: "Large print",
    LetterFormat.EASY_READ: "Easy Read",
    LetterFormat.TEXT: "Plain text, for email, a screen reader or audio",
}

TO_BE_CHECKED = "The Welsh of this letter is to be checked: nobody has signed it off yet."


def letter_languages(kind: str) -> dict[str, str]:
    """Return the languages in which a letter may leave."""
    row = catalogue.letter(kind)
    return {
        language: words
        for language, words in LETTER_LANGUAGES.items()
        if as_it_may_leave(row, LetterLanguage(language)) == language
    }


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
    LetterQuestion.CHANGED_EMAIL: "May this letter go to the new email address?",
    LetterQuestion.SHARED_MAILBOX: "May this letter go to an email address others may read?",
    LetterQuestion.ONLY_VIA: "May this letter go past the person they named?",
    LetterQuestion.RETURNED: "May this letter go although one came back?",
    LetterQuestion.NAME: "Is this really the person’s own name?",
    LetterQuestion.NOTE_IN_NAME: "Is this really part of the person’s name?",
    LetterQuestion.CLOSED: "May this letter go although the referral is closed?",
    LetterQuestion.CAME_OF_AGE: "May this letter go although the child is 18?",
    LetterQuestion.NO_ADULT: "May this letter go to a child with no adult on record?",
    LetterQuestion.NOT_NOW: "May this letter go although they said “not now”?",
    LetterQuestion.PARTICULAR_ADDRESS: "May this letter go to an address of this kind?",
    LetterQuestion.UNCONFIRMED_ADDRESS: "May this letter go to an address nobody confirmed?",
    LetterQuestion.SENTENCE_ASKED: "May this letter go before the sentence is looked into?",
    LetterQuestion.INSTRUCTION_ASKED: "May this letter go before we know what was meant?",
    LetterQuestion.PERSON_ASKED: "May this letter go before we know whether two are one?",
    LetterQuestion.NOT_PREPARED: "May this news come on paper first?",
    LetterQuestion.HARD_DAY: "May this letter come on a hard day?",
    LetterQuestion.WORDING: "May this letter go as it is worded?",
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
