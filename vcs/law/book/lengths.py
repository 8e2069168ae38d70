"""How terms are compared and added, told by examples that the running rules answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vcs.law.book.sections import Section, Table
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence import arithmetic, length, sentences, totals
from vcs.terms import Answer, Finding, SentenceKind, Sequence, Term

_PRISON = SentenceKind.IMPRISONMENT

_YEAR = Term(months=12)

_ALONE: tuple[tuple[str, SentenceFacts], ...] = (
    ("12 months", SentenceFacts(_PRISON, terms=(_YEAR,))),
    ("11 months and 4 weeks", SentenceFacts(_PRISON, terms=(Term(months=11, weeks=4),))),
    ("52 weeks", SentenceFacts(_PRISON, terms=(Term(weeks=52),))),
    ("365 days", SentenceFacts(_PRISON, terms=(Term(days=365),))),
    ("two lengths that differ", SentenceFacts(_PRISON, terms=(_YEAR, Term(months=9)))),
    ("no length", SentenceFacts(_PRISON)),
    ("marked as for life", SentenceFacts(_PRISON, terms=(Term(months=6),), life=True)),
    ("life sentence, no length", SentenceFacts(SentenceKind.LIFE)),
    (
        "custody of a kind not made clear, 2 years",
        SentenceFacts(SentenceKind.CUSTODY_UNCLEAR, terms=(Term(years=2),)),
    ),
    (
        "extended: 8 months custodial, 1 year extension",
        SentenceFacts(
            SentenceKind.EXTENDED,
            terms=(Term(months=8),),
            custodial=Term(months=8),
            extension=Term(years=1),
        ),
    ),
    ("extended, no length", SentenceFacts(SentenceKind.EXTENDED)),
    (
        "offender of particular concern, 6 months custodial",
        SentenceFacts(
            SentenceKind.PARTICULAR_CONCERN, terms=(Term(months=6),), custodial=Term(months=6)
        ),
    ),
    (
        "suspended sentence of 12 months put into operation",
        SentenceFacts(SentenceKind.SUSPENDED_ACTIVATED, terms=(_YEAR,)),
    ),
    ("suspended sentence of 2 years", SentenceFacts(SentenceKind.SUSPENDED, terms=(Term(2),))),
    ("9 months in default of payment", SentenceFacts(SentenceKind.DEFAULT_CUSTODY)),
)

_AFTER, _WITH, _NONE = Sequence.CONSECUTIVE, Sequence.CONCURRENT, Sequence.NOT_STATED

_TOGETHER: tuple[tuple[str, tuple[tuple[int, Sequence], ...], int], ...] = (
    ("8 months, and 8 months concurrent", ((8, _NONE), (8, _WITH)), 0),
    ("8 months, and 8 months consecutive", ((8, _NONE), (8, _AFTER)), 0),
    ("4 months, and 6 months consecutive", ((4, _NONE), (6, _AFTER)), 0),
    ("8 months and 8 months, neither marked", ((8, _NONE), (8, _NONE)), 0),
    ("8 and 8 months, and the court states a total of 8", ((8, _NONE), (8, _NONE)), 8),
    ("8 and 8 months, and the court states a total of 16", ((8, _NONE), (8, _NONE)), 16),
)

_RULES = (
    "Each offence is tested alone, on the terms imposed for that offence (section 45(1): a relevant"
    " sentence in respect of the offence).",
    "A term counts where it ends on the calendar no earlier than 12 months after the day of "
    "sentence. Years and months are counted first, then weeks and days from there. 12 months is "
    "enough; 52 weeks is 364 days, and less.",
    "A length that is not stated is cannot tell. Where two lengths are stated for one term, both "
    "must reach 12 months for a yes; otherwise it is cannot tell, and never a no.",
    "A sentence for life, for public protection or during His Majesty's pleasure has no fixed term "
    "and counts without a length.",
    "The term of an extended sentence is the custodial term and the extension, which is at least a "
    "year; that of an offender of particular concern is the custodial term and a year on licence; "
    "a serious terrorism sentence is at least 14 years. So they count whatever length is read.",
    "Terms that run together (concurrent) are never added. Terms under 12 months each that run, or "
    "may run, one after the other (consecutive) and could come to 12 months are cannot tell: "
    "whether such a total is a relevant sentence is an open point of the Act: a person decides.",
    "Of the terms that run together the longest is taken, and those that follow are added to it, "
    "years to years and months to months. One term without a mark beside marked ones is the one "
    "that the others run with or after. Terms for any offence of the occasion take part.",
    "A total stated by the court goes before our own sum. Short of 12 months it settles that there "
    "is no total of 12 months. A total of 12 months or more gives no yes by itself: where no one "
    "term reaches it, cannot tell.",
    "Where the court says that the whole custodial period is for life and no term explains it, a "
    "term without a length is for life, and one with a length is cannot tell.",
    "A suspended sentence is no immediate custody, whatever its length. Put into operation it is "
    "custody from that day; if the offence it stands under is not on the list, the offence for "
    "which it was first passed is asked about.",
    "Custody in default of payment or for contempt is not imposed in respect of the offence.",
    "Days on remand or tagged bail never shorten the term. They may bring release before every "
    "deadline, and the decision says so.",
)

_ABOUT_KINDS = {
    SentenceKind.SUSPENDED: "nobody is released from it on licence",
    SentenceKind.SUSPENDED_VARIED: "it stays suspended",
    SentenceKind.SUSPENDED_ACTIVATED: "counts from the day it is put into operation",
    SentenceKind.DEFAULT_CUSTODY: "not imposed in respect of the offence",
    SentenceKind.HOSPITAL_ORDER: "opens its own route, of any length",
    SentenceKind.RESTRICTION_ORDER: "presupposes a hospital order",
    SentenceKind.HOSPITAL_DIRECTION: "given with a relevant sentence",
    SentenceKind.INTERIM_HOSPITAL_ORDER: "not final: it waits for the disposal",
    SentenceKind.REMAND_TO_HOSPITAL: "not final: it waits for the disposal",
    SentenceKind.GUARDIANSHIP: "not a hospital order",
    SentenceKind.UNKNOWN: "a person looks: never a no by itself",
    SentenceKind.CUSTODY_UNCLEAR: "custody, and a person looks which",
}


def terms_compared(day: date) -> Section:
    """Return the section on terms, its examples decided as if sentenced on the day."""
    return Section(
        "How terms are compared and added",
        parts=(
            Section("The rules", points=_RULES),
            Section("One term", table=Table(_HEADS, tuple(_one_term(day)))),
            Section(
                "Several terms on one occasion",
                ("The answer is whether a total of terms under 12 months is in question.",),
                table=Table(_HEADS, tuple(_several(day))),
            ),
            Section("Kinds of sentence", table=Table(_KIND_HEADS, tuple(_kinds()))),
        ),
    )


_HEADS = ("Example", "12 months or more?", "Because")

_KIND_HEADS = ("Kind of sentence", "Immediate custody?", "Length needed?", "Note")


def _in_words(answer: Answer) -> str:
    return "cannot tell" if answer is Answer.UNKNOWN else answer.value


def _one_term(day: date) -> Iterator[tuple[str, ...]]:
    for words, sentence in _ALONE:
        if sentences.immediate_custody(sentence) is Answer.NO:
            yield words, "no", f"not immediate custody: {sentence.kind}"
            continue
        found = length.reaches(sentence, day)
        counted = arithmetic.counted(OffenceFacts(1, None, sentences=(sentence,)))
        shown = f" Counted: {counted}." if counted and counted not in found.because else ""
        yield words, _in_words(found.answer), f"{found.because}.{shown}"


def _several(day: date) -> Iterator[tuple[str, ...]]:
    for words, terms, stated in _TOGETHER:
        offences = tuple(
            OffenceFacts(
                place,
                None,
                finding=Finding.CONVICTED,
                sentences=(SentenceFacts(_PRISON, terms=(Term(months=months),), sequence=runs),),
            )
            for place, (months, runs) in enumerate(terms, 1)
        )
        total = (Term(months=stated),) if stated else ()
        found = totals.aggregate(SentencingFacts(day, None, offences, total_terms=total))
        yield words, _in_words(found.answer), f"{found.because}."


def _kinds() -> Iterator[tuple[str, ...]]:
    for kind in SentenceKind:
        custody = sentences.immediate_custody(SentenceFacts(kind))
        needed = "yes, 12 months"
        if custody is Answer.NO:
            needed = "does not apply"
        elif kind in sentences.WITHOUT_A_TERM | sentences.ALWAYS_LONG:
            needed = "no"
        yield kind.value, _in_words(custody), needed, "; ".join(_notes(kind))


def _notes(kind: SentenceKind) -> Iterator[str]:
    if kind in _ABOUT_KINDS:
        yield _ABOUT_KINDS[kind]
    if kind in sentences.MADE_BY_PRACTICE:
        yield "by practice: section 45(1) does not name it"
    elif kind in sentences.by_practice(20):
        yield "at 18 to 20 by practice: section 45(1) does not name it"
    if kind in sentences.by_practice(17) - sentences.MADE_BY_PRACTICE:
        yield "under 18 by practice (section 254)"
