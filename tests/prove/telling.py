"""Tells a set of facts as a court message, as the Common Platform would and as SPI would.

What a feed has no words for is named with a reason, which the tests count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from api.example import messages as platform
from tests.intake.spi import messages as spi
from vcs.intake.results import result_tables
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Finding, SentenceKind, Sequence, Term

URN = "01AA1234526"

_CODES = {
    SentenceKind.IMPRISONMENT: "1002",
    SentenceKind.YOI_DETENTION: "1024",
    SentenceKind.SECTION_250_DETENTION: "1007",
    SentenceKind.HM_PLEASURE: "1003",
    SentenceKind.DETENTION_AND_TRAINING: "1081",
    SentenceKind.LIFE: "4064",
    SentenceKind.INDETERMINATE: "1121",
    SentenceKind.CUSTODY_UNCLEAR: "1005",
    SentenceKind.SUSPENDED: "1115",
    SentenceKind.SUSPENDED_VARIED: "1508",
    SentenceKind.SUSPENDED_ACTIVATED: "1507",
    SentenceKind.HOSPITAL_ORDER: "1008",
    SentenceKind.RESTRICTION_ORDER: "1004",
    SentenceKind.HOSPITAL_DIRECTION: "1088",
    SentenceKind.INTERIM_HOSPITAL_ORDER: "3132",
    SentenceKind.GUARDIANSHIP: "1014",
    SentenceKind.SUPERVISION_ORDER: "1012",
    SentenceKind.ABSOLUTE_DISCHARGE: "1017",
    SentenceKind.DEFAULT_CUSTODY: "1510",
    SentenceKind.NON_CUSTODIAL: "1015",
    SentenceKind.UNKNOWN: "9999",
}
"""One CJS result code for each kind of sentence that has one of its own."""

_FOUND = {
    Finding.INSANITY: "2010",
    Finding.UNFIT_DID_THE_ACT: "2009",
    Finding.QUASHED: "2079",
    Finding.NOT_CONVICTED: "2004",
}
"""The results by which a court says what it found."""

_NOTIFIED = "3052"

_UNITS = (("years", "Y"), ("months", "M"), ("weeks", "W"), ("days", "D"))

_MAGISTRATES, _CROWN = ("B01WM00", "Westminster Magistrates' Court"), ("C01CE00", "Central Court")


def why_not(facts: SentencingFacts) -> str:
    """Say why no court message tells these facts; empty where one does."""
    about = {
        "a transfer to hospital is told by the prison": facts.transfer is not None,
        "the end of restrictions is told by the hospital": facts.restrictions_ended_on is not None,
        "a death is told beside the case": facts.died,
        "a mark for the person stands apart from the offences": (
            facts.restricted or facts.notification
        ),
        "a total stands apart from the offences": bool(facts.total_terms) or facts.total_life,
        "a restriction order goes for all hospital orders of a message": _restricts_one(facts),
        "the court is none that the table of courts holds": facts.outside_court,
        "an organisation has no date of birth": facts.organisation,
    }
    each = (_why_not_offence(one) for one in facts.offences)
    return next((why for why, holds in about.items() if holds), "") or next(filter(None, each), "")


def _restricts_one(facts: SentencingFacts) -> bool:
    orders = [{one.kind for one in offence.sentences} for offence in facts.offences]
    held = [SentenceKind.RESTRICTION_ORDER in o for o in orders if SentenceKind.HOSPITAL_ORDER in o]
    return any(held) and not all(held)


def _why_not_offence(offence: OffenceFacts) -> str:
    imposed = offence.sentences
    told = {
        "no offence code: a feed always has one": not offence.offence_code,
        "domestic abuse is told beside the results": offence.domestic_abuse,
        "a change by a court is told on an application": offence.change is not None,
        "what may have been quashed is told on an application": (
            offence.finding is Finding.PERHAPS_QUASHED
        ),
        "a finding that is not stated, or contradicts its sentence": (
            offence.finding in (Finding.NOT_STATED, Finding.NOT_CONVICTED)
        ),
        "nothing was imposed": not imposed,
        "two lengths that contradict each other": any(len(one.terms) > 1 for one in imposed),
        "days that count, and release, are told in words": any(
            one.days_counted is not None or one.released for one in imposed
        ),
        "a mark of life stands in a field of one feed only": any(one.life for one in imposed),
        "the kind has no result code of its own": any(one.kind not in _CODES for one in imposed),
    }
    return next((why for why, holds in told.items() if holds), "")


def as_carried(facts: SentencingFacts) -> SentencingFacts:
    """Return facts without what no court message tells."""
    bare = SentencingFacts(
        facts.sentenced_on,
        facts.court_code,
        tuple(_as_carried(one) for one in facts.offences),
        facts.date_of_birth,
        facts.youth,
        crown_court=facts.crown_court,
    )
    return bare if not _restricts_one(bare) else replace(bare, offences=bare.offences[:1])


def _as_carried(offence: OffenceFacts) -> OffenceFacts:
    kept = tuple(
        replace(one, terms=one.terms[:1], life=False)
        for one in offence.sentences
        if one.kind in _CODES
    )
    told = offence.finding in _FOUND and offence.finding is not Finding.NOT_CONVICTED
    return replace(
        offence,
        offence_code=offence.offence_code or "MD71231",
        finding=offence.finding if told else Finding.CONVICTED,
        domestic_abuse=False,
        change=None,
        sentences=kept or (SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(years=2),)),),
    )


def _parts(term: Term) -> list[str]:
    each = ((getattr(term, name), unit) for name, unit in _UNITS)
    return [f"{number} {unit}" for number, unit in each if number]


def by_platform(facts: SentencingFacts) -> bytes:
    """Tell facts as a hearing that was resulted on the Common Platform."""
    offences = [_platform_offence(one, facts) for one in facts.offences]
    who = platform.person("Sam", "Example", _born(facts), offences, isYouth=bool(facts.youth))
    told = platform.hearing(URN, _court(facts), facts.sentenced_on, [who])
    return platform.as_bytes(told)


def _platform_offence(offence: OffenceFacts, facts: SentencingFacts) -> dict[str, Any]:
    day = facts.sentenced_on
    results = [_platform_result(one, day) for one in offence.sentences]
    results += [_platform_code(code, day) for code in _beside(offence)]
    committed = offence.committed_from or day
    made = platform.offence(str(offence.offence_code), "As charged", results, committed)
    made["id"] = platform.ident("offence", offence.sequence)
    made["convictionDate"] = str(offence.convicted_on or day)
    if offence.committed_from is None:
        del made["startDate"]
    if offence.committed_until:
        made["endDate"] = str(offence.committed_until)
    if offence.finding in _FOUND and offence.finding is not Finding.QUASHED:
        del made["convictionDate"], made["plea"]
    return made


def _platform_result(sentence: SentenceFacts, day: date) -> dict[str, Any]:
    made = _platform_code(_CODES[sentence.kind], day)
    prompts = []
    for term in sentence.terms:
        number, unit, *more = " ".join(_parts(term)).split()
        if more:
            length = {"label": "Imprisonment Period", "promptReference": "imprisonmentPeriod"}
            prompts.append(length | {"type": "INT", "value": term.in_words().title()})
        else:
            whole = {"primaryDurationValue": int(number), "primaryDurationUnit": unit}
            made["durationElement"] = whole
    reference = {
        Sequence.CONCURRENT: ("concurrent", "true"),
        Sequence.CONSECUTIVE: ("consecutiveToOffence", "another offence"),
    }.get(sentence.sequence)
    if reference:
        runs = {"label": reference[0], "promptReference": reference[0], "value": reference[1]}
        prompts.append(runs | {"type": "TXT"})
    return made | {"judicialResultPrompts": prompts}


def _platform_code(code: str, day: date) -> dict[str, Any]:
    title = result_tables.TITLES[code]
    made = platform.result("FO", day, isConvictedResult=False, isFinancialResult=False)
    del made["judicialResultTypeId"]
    return made | {"cjsCode": code, "label": title, "resultText": title}


def _beside(offence: OffenceFacts) -> list[str]:
    found = [_FOUND[offence.finding]] if offence.finding in _FOUND else []
    return [*found, *([_NOTIFIED] if offence.notification else [])]


def by_spi(facts: SentencingFacts) -> bytes:
    """Tell facts as a resulted case of the standard prosecutor interface."""
    offences = [_spi_offence(one, facts) for one in facts.offences]
    who = spi.person(born=str(_born(facts)))
    told = spi.case(*offences, who=who)
    day = str(facts.sentenced_on)
    return spi.delivered(
        spi.message(told, court=_court(facts)[0], day=day), f"{day}T17:05:00+00:00"
    )


def _spi_offence(offence: OffenceFacts, facts: SentencingFacts) -> str:
    results = [_spi_result(one) for one in offence.sentences]
    results += [spi.result(code, result_tables.TITLES[code]) for code in _beside(offence)]
    found = offence.finding in _FOUND and offence.finding is not Finding.QUASHED
    stated = {
        "Start": str(offence.committed_from or ""),
        "End": str(offence.committed_until or ""),
        "ConvictionDate": "" if found else str(offence.convicted_on or facts.sentenced_on),
        "Finding": "" if found else "G",
        "Plea": "" if found else "2",
    }
    return spi.offence(str(offence.offence_code), *results, sequence=offence.sequence, **stated)


def _spi_result(sentence: SentenceFacts) -> str:
    code = _CODES[sentence.kind]
    lengths = [part for term in sentence.terms for part in _parts(term)]
    words = result_tables.TITLES[code]
    if len(lengths) > 1:
        words, lengths = f"{words} for {sentence.terms[0].in_words()}", []
    marks = {Sequence.CONCURRENT: ("C",), Sequence.CONSECUTIVE: ("F",)}
    length = "".join(lengths)
    return spi.result(code, words, length, qualifiers=marks.get(sentence.sequence, ()))


def _court(facts: SentencingFacts) -> tuple[str, str]:
    if facts.crown_court is False:
        return _MAGISTRATES
    return (facts.court_code or _CROWN[0], _CROWN[1])


def _born(facts: SentencingFacts) -> date:
    if facts.date_of_birth:
        return facts.date_of_birth
    return date(facts.sentenced_on.year - (16 if facts.youth else 40), 1, 1)


SHAPES: dict[str, Callable[[SentencingFacts], bytes]] = {
    "Common Platform": by_platform,
    "SPI": by_spi,
}
