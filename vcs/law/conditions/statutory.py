"""The conditions of the statutory test: each asks one question and gives one reason."""

from __future__ import annotations

from datetime import date

from vcs.law import offences, sentences
from vcs.law.decision import Reason
from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.law.offences import Standing
from vcs.terms import Answer, Finding, SentenceKind

SECTION_35_BEGAN = date(2005, 7, 1)
UNRESTRICTED_BEGAN = date(2008, 11, 3)
SCHEME_BEGAN = date(2001, 4, 1)

_BY_COURT_ORDER = {
    Finding.INSANITY: "the court found the person not guilty by reason of insanity",
    Finding.UNFIT_DID_THE_ACT: "the court found the person unfit to plead and that he did the act",
}


def standing_of(offence: OffenceFacts, facts: SentencingFacts) -> Standing:
    """Look the offence up in the table, for the day of conviction."""
    convicted_on = offence.convicted_on or facts.sentenced_on
    committed_on = offence.committed_until or offence.committed_from
    return offences.standing(offence.offence_code, convicted_on, committed_on)


def in_force(facts: SentencingFacts, began: date = SECTION_35_BEGAN) -> Reason | None:
    """Was the section in force on the day of sentence? Asked only where it may not have been."""
    if facts.sentenced_on >= began:
        return None
    if facts.sentenced_on < SCHEME_BEGAN:
        answer, because = Answer.NO, "the sentence was passed before the scheme began in April 2001"
    elif began == UNRESTRICTED_BEGAN and facts.sentenced_on >= SECTION_35_BEGAN:
        answer, because = Answer.NO, "the order was made before section 36A began in November 2008"
    else:
        answer, because = Answer.UNKNOWN, "the sentence was passed under the law before July 2005"
    return Reason("in-force", answer, because, "DVCVA 2004 s.35(1)", "the law at the time")


def living(facts: SentencingFacts) -> Reason | None:
    """Has the offender died? Asked only where the message says so: a person checks."""
    if not facts.died:
        return None
    because = "the message records that the offender has died"
    return Reason(
        "offender-living",
        Answer.UNKNOWN,
        because,
        "DVCVA 2004 s.35(1)",
        "whether the offender has died since the sentence",
    )


def a_person(offence: OffenceFacts, facts: SentencingFacts) -> Reason | None:
    """Is the offender a person? Asked only where an organisation is said to be in custody."""
    if not facts.organisation or sentences.custody(offence).answer is Answer.NO:
        return None
    because = "the message gives custody to an organisation, which cannot be"
    return Reason(
        "offender-a-person",
        Answer.UNKNOWN,
        because,
        "DVCVA 2004 s.35(1)",
        "who was sentenced, from the court register",
    )


def convicted(offence: OffenceFacts) -> Reason:
    """Was the offender convicted? A custodial sentence itself shows a conviction."""
    answer, because = _convicted(offence)
    change = "" if answer is Answer.YES else "a conviction for this offence"
    return Reason("convicted", answer, because, "DVCVA 2004 s.35(1)", change)


def _convicted(offence: OffenceFacts) -> tuple[Answer, str]:
    finding = offence.finding
    if finding is Finding.CONVICTED:
        on = f" on {offence.convicted_on.isoformat()}" if offence.convicted_on else ""
        return Answer.YES, f"the court convicted the offender{on}"
    if finding is Finding.NOT_STATED:
        if any(s.kind in sentences.IMMEDIATE_CUSTODY for s in offence.sentences):
            return Answer.YES, "the court passed a sentence that follows only a conviction"
        return Answer.UNKNOWN, "the message does not say that there was a conviction"
    if finding is Finding.NOT_CONVICTED and offence.sentences:
        return Answer.UNKNOWN, "the message gives a sentence, but says there was no conviction"
    if finding in _BY_COURT_ORDER and _has_custody(offence):
        return Answer.UNKNOWN, f"the message gives custody, but the finding is: {finding}"
    return Answer.NO, f"the finding is: {finding}"


def found_to_have_done_it(offence: OffenceFacts, facts: SentencingFacts) -> Reason:
    """Was there a conviction, or a finding of insanity or unfitness (section 36)?"""
    provision = "DVCVA 2004 s.36"
    if offence.finding in _BY_COURT_ORDER:
        because = _BY_COURT_ORDER[offence.finding]
        return Reason("convicted", Answer.YES, because, provision)
    if offence.finding is Finding.NOT_STATED:
        if facts.crown_court:
            because = "a Crown Court hospital order follows a conviction, or a finding of this kind"
            return Reason("convicted", Answer.YES, because, provision)
        because = "a magistrates' court may make a hospital order without convicting"
        change = "whether there was a conviction"
        return Reason("convicted", Answer.UNKNOWN, because, provision, change)
    answer, because = _convicted(offence)
    return Reason("convicted", answer, because, provision, "a conviction or such a finding")


def specified(offence: OffenceFacts, facts: SentencingFacts) -> Reason:
    """Is it murder, an offence in Schedule 18, or one with sex offender notification?"""
    found = standing_of(offence, facts)
    if found.answer is Answer.YES:
        return Reason("specified-offence", found.answer, found.because, found.provision)
    if offence.notification:
        because = "the court recorded sex offender notification for this offence"
        return Reason("specified-offence", Answer.YES, because, "DVCVA 2004 s.45(2)(b)")
    if found.answer is Answer.NO and facts.notification:
        because = "notification is recorded for the person, without saying for which offence"
        change = "for which offence the offender is subject to notification"
        return Reason("specified-offence", Answer.UNKNOWN, because, "DVCVA 2004 s.45(2)(b)", change)
    if found.answer is Answer.NO and _activates_another_sentence(offence):
        because = "a suspended sentence was activated: it was passed for another offence"
        change = "the offence for which the suspended sentence was first passed"
        return Reason("specified-offence", Answer.UNKNOWN, because, found.provision, change)
    change = found.question or "an offence listed in Schedule 18"
    return Reason("specified-offence", found.answer, found.because, found.provision, change)


def _activates_another_sentence(offence: OffenceFacts) -> bool:
    return any(s.kind is SentenceKind.SUSPENDED_ACTIVATED for s in offence.sentences)


def immediate_custody(offence: OffenceFacts) -> Reason:
    """Was immediate custody imposed in respect of this offence?"""
    found = sentences.custody(offence)
    return Reason(
        "immediate-custody", found.answer, found.because, "DVCVA 2004 s.45(1)", found.would_change
    )


def twelve_months(offence: OffenceFacts, facts: SentencingFacts) -> Reason:
    """Is the term on this offence 12 months or more? A total of shorter terms is asked about."""
    found = sentences.twelve_months(offence, facts)
    if found.answer is Answer.NO and sentences.custody(offence).answer is not Answer.NO:
        total = sentences.aggregate(facts)
        if total.answer is Answer.UNKNOWN:
            found = total
    return Reason(
        "twelve-months",
        found.answer,
        found.because,
        "DVCVA 2004 s.45(1)",
        found.would_change or ("" if found.answer is Answer.YES else "a term of 12 months or more"),
    )


def _has_custody(offence: OffenceFacts) -> bool:
    return sentences.custody(offence).answer is Answer.YES


def legal_basis(offence: OffenceFacts, facts: SentencingFacts) -> Reason | None:
    """Mark a kind of sentence that counts by practice and is not named in section 45(1)."""
    kinds = {s.kind for s in offence.sentences}
    if not kinds & sentences.by_practice(_age(facts)):
        return None
    because = "section 45(1) does not name this kind of sentence; practice treats it as one"
    provision = "DVCVA 2004 s.45(1), read with practice"
    return Reason("legal-basis", Answer.YES, because, provision, "a lawyer's view of section 45(1)")


def _age(facts: SentencingFacts) -> int | None:
    """Return the age on the day of sentence; with a flag alone, 17 stands for a child."""
    age = facts.age_on(facts.sentenced_on)
    return 17 if age is None and facts.youth else age


def is_youth(facts: SentencingFacts) -> bool:
    """Say whether the offender was under 18 on the day of sentence, by birth date or by flag."""
    age = facts.age_on(facts.sentenced_on)
    return bool(facts.youth) if age is None else age < 18
