"""The conditions of the statutory test: each asks one question and gives one reason."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from vcs.law import rule_sets
from vcs.law.conditions.count import Count
from vcs.law.decision import Reason
from vcs.law.facts import SentencingFacts
from vcs.law.relevant_sentence import sentences
from vcs.law.specified_offence import families
from vcs.law.specified_offence.offences import Listing
from vcs.terms import Answer, Finding, SentenceKind

SCHEME_BEGAN = rule_sets.began(rule_sets.WHICH_LAW, 1)

SECTION_35_BEGAN = rule_sets.began(rule_sets.WHICH_LAW, 2)

UNRESTRICTED_BEGAN = rule_sets.began(rule_sets.WITHOUT_RESTRICTIONS)

BY_COURT_ORDER = {
    Finding.INSANITY: "the court found the person not guilty by reason of insanity",
    Finding.UNFIT_DID_THE_ACT: "the court found the person unfit to plead and that he did the act",
}


def court(facts: SentencingFacts) -> Reason | None:
    """Is it a court of England and Wales? Asked only where it may be another: a person looks."""
    if not facts.outside_court:
        return None
    because = "the court is the Court Martial, or is not known as one of England and Wales"
    change = "whether this scheme or the scheme of another country or the Armed Forces applies"
    return Reason("court", Answer.UNKNOWN, because, "DVCVA 2004 s.45(1), court", change)


def in_force(day: date, began: date = SECTION_35_BEGAN) -> Reason | None:
    """Was the section in force on the day of sentence? Asked only where it may not have been."""
    if day >= began:
        return None
    if day < SCHEME_BEGAN:
        answer, because = Answer.NO, "the sentence was passed before the scheme began in April 2001"
    elif began == UNRESTRICTED_BEGAN and day >= SECTION_35_BEGAN:
        answer, because = Answer.NO, "the order was made before section 36A began in November 2008"
    else:
        answer, because = Answer.UNKNOWN, "the sentence was passed under the law before July 2005"
    return Reason("in-force", answer, because, "DVCVA 2004 s.35(1)", "the law at the time")


def living(facts: SentencingFacts) -> Reason | None:
    """Has the offender died? Asked only where the message says so: a person checks."""
    if not facts.died:
        return None
    because = "the message records that the offender has died"
    change = "whether the offender has died since the sentence"
    return Reason("offender-living", Answer.UNKNOWN, because, "DVCVA 2004 s.35(1)", change)


def a_person(count: Count) -> Reason | None:
    """Is the offender a person? Asked only where an organisation is said to be in custody."""
    if not count.facts.organisation or count.custody.answer is Answer.NO:
        return None
    because = "the message gives custody to an organisation, which cannot be"
    change = "who was sentenced, from the court register"
    return Reason("offender-a-person", Answer.UNKNOWN, because, "DVCVA 2004 s.35(1)", change)


def convicted(count: Count) -> Reason:
    """Was the offender convicted? A custodial sentence itself shows a conviction."""
    finding = count.offence.finding
    if finding is Finding.CONVICTED:
        return _convicted_on(count.offence.convicted_on, "DVCVA 2004 s.35(1)")
    if finding is Finding.PERHAPS_QUASHED:
        return _perhaps_quashed("DVCVA 2004 s.35(1)")
    return _convicted_reason(*_convicted(count), "DVCVA 2004 s.35(1)", "a conviction")


@lru_cache(maxsize=8)
def _perhaps_quashed(provision: str) -> Reason:
    because = "the court took something back, and its message does not say whether this conviction"
    change = "whether this conviction still stands, from the court register"
    return Reason("convicted", Answer.UNKNOWN, because, provision, change)


def _convicted(count: Count) -> tuple[Answer, str]:
    offence = count.offence
    finding = offence.finding
    if finding is Finding.NOT_STATED:
        if count.kinds & sentences.IMMEDIATE_CUSTODY:
            return Answer.YES, "the court passed a sentence that follows only a conviction"
        return Answer.UNKNOWN, "the message does not say that there was a conviction"
    if finding is Finding.NOT_CONVICTED and offence.sentences:
        return Answer.UNKNOWN, "the message gives a sentence, but says there was no conviction"
    if finding in BY_COURT_ORDER and count.in_custody:
        return Answer.UNKNOWN, f"the message gives custody, but the finding is: {finding}"
    if finding in BY_COURT_ORDER and count.custody.answer is Answer.UNKNOWN:
        because = "a hospital order may follow such a finding, and what the court made is not known"
        return Answer.UNKNOWN, because
    return Answer.NO, f"the finding is: {finding}"


@lru_cache(maxsize=4096)
def _convicted_on(day: date | None, provision: str) -> Reason:
    because = f"the court convicted the offender{f' on {day.isoformat()}' if day else ''}"
    return Reason("convicted", Answer.YES, because, provision)


@lru_cache(maxsize=4096)
def _convicted_reason(answer: Answer, because: str, provision: str, wanted: str) -> Reason:
    change = "" if answer is Answer.YES else f"{wanted} for this offence"
    if answer is Answer.UNKNOWN:
        change = f"whether there was {wanted} for this offence, from the court register"
    return Reason("convicted", answer, because, provision, change)


def found_to_have_done_it(count: Count) -> Reason:
    """Was there a conviction, or a finding of insanity or unfitness (section 36)?"""
    provision = "DVCVA 2004 s.36"
    finding = count.offence.finding
    if finding is Finding.CONVICTED:
        return _convicted_on(count.offence.convicted_on, provision)
    if finding in BY_COURT_ORDER:
        return Reason("convicted", Answer.YES, BY_COURT_ORDER[finding], provision)
    if finding is Finding.PERHAPS_QUASHED:
        return _perhaps_quashed(provision)
    if finding is Finding.NOT_STATED:
        if count.facts.crown_court:
            because = "a Crown Court hospital order follows a conviction, or a finding of this kind"
            return Reason("convicted", Answer.YES, because, provision)
        because = "a magistrates' court may make a hospital order without convicting"
        change = "whether there was a conviction"
        return Reason("convicted", Answer.UNKNOWN, because, provision, change)
    return _convicted_reason(*_convicted(count), provision, "a conviction or such a finding")


def specified(count: Count) -> Reason:
    """Is it murder, an offence in Schedule 18, or one with sex offender notification?"""
    found, offence = count.standing, count.offence
    if found.answer is Answer.YES:
        return _listed(found)
    if offence.notification:
        because = "the court recorded sex offender notification for this offence"
        return Reason("specified-offence", Answer.YES, because, families.BY_NOTIFICATION)
    follows = _by_the_sentence(count)
    if follows is not None and follows.answer is Answer.YES:
        return follows
    if count.facts.notification and _may_bring_notification(count):
        because = "notification is recorded for the person, without saying for which offence"
        change = "for which offence the offender is subject to notification"
        return Reason(
            "specified-offence", Answer.UNKNOWN, because, families.BY_NOTIFICATION, change
        )
    if found.answer is Answer.NO and SentenceKind.SUSPENDED_ACTIVATED in count.kinds:
        because = "a suspended sentence was activated: it was passed for another offence"
        change = "the offence for which the suspended sentence was first passed"
        return Reason("specified-offence", Answer.UNKNOWN, because, found.provision, change)
    return follows or _listed(found)


def _by_the_sentence(count: Count) -> Reason | None:
    """Does notification follow from the sentence alone? Asked of the few offences of a table.

    Where it is not known whether the offence is in the Schedule, a *no* here settles nothing.
    """
    asked = families.by_the_sentence(count.offence.offence_code)
    if asked is None:
        return None
    found = families.notified(asked, count.offence, count.facts)
    if found.answer is Answer.NO and count.standing.answer is not Answer.NO:
        return None
    return Reason(
        "specified-offence",
        found.answer,
        found.because,
        families.BY_NOTIFICATION,
        found.would_change,
    )


def _may_bring_notification(count: Count) -> bool:
    """Say whether notification recorded for the person may be for this unlisted offence."""
    if count.standing.answer is not Answer.NO:
        return False
    return families.may_be_notified_of(count.offence.offence_code, count.standing)


@lru_cache(maxsize=4096)
def _listed(found: Listing) -> Reason:
    change = found.question or f"an offence listed in {found.schedule}"
    if found.answer is Answer.YES:
        change = ""
    return Reason("specified-offence", found.answer, found.because, found.provision, change)


def immediate_custody(count: Count) -> Reason:
    """Was immediate custody imposed in respect of this offence?"""
    return _of_custody(count.custody)


@lru_cache(maxsize=512)
def _of_custody(found: sentences.Found) -> Reason:
    return Reason(
        "immediate-custody", found.answer, found.because, "DVCVA 2004 s.45(1)", found.would_change
    )


def twelve_months(count: Count) -> Reason:
    """Is the term on this offence 12 months or more? A total of shorter terms is asked about."""
    found = count.length
    if found.answer is Answer.NO and count.custody.answer is not Answer.NO:
        total = count.occasion.total
        if total.answer is Answer.UNKNOWN:
            found = total
    return _of_length(found)


@lru_cache(maxsize=4096)
def _of_length(found: sentences.Found) -> Reason:
    change = found.would_change
    if not change and found.answer is not Answer.YES:
        change = "a term of 12 months or more"
    return Reason("twelve-months", found.answer, found.because, "DVCVA 2004 s.45(1)", change)


def legal_basis(count: Count) -> Reason | None:
    """Mark a kind of sentence that counts by practice and is not named in section 45(1)."""
    if not count.kinds & sentences.by_practice(count.occasion.age):
        return None
    because = "section 45(1) does not name this kind of sentence; practice treats it as one"
    provision = "DVCVA 2004 s.45(1), read with practice"
    return Reason("legal-basis", Answer.YES, because, provision, "a lawyer's view of section 45(1)")
