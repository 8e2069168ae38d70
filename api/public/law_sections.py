"""The sections of the printed law, in their order: a section keeps its number on every day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from api.public.results import result_codes
from vcs.law import rule_sets
from vcs.law.book.asked import asked_of_people_on, limbs_on, open_routes, questions_on
from vcs.law.book.changes import Change, Span, changes
from vcs.law.book.code_list import not_specified, on_other_days
from vcs.law.book.doubts import Doubt, doubts_on, not_commenced, open_questions_on
from vcs.law.book.lengths import terms_compared
from vcs.law.book.offence_list import Group, Heading, offence_list
from vcs.law.book.sections import Section, Table, numbered
from vcs.law.conditions import beyond_statute, statutory
from vcs.law.deadlines.duties import Duty, in_words
from vcs.law.deadlines.duties import on as duties_on
from vcs.law.deadlines.working_days import holidays_between, official_until
from vcs.law.provisions import PROVISIONS, Provision, cited, in_force
from vcs.terms import PROTECTION_ORDER

NO_ROUTE = "None: no section of the Act of 2004 was in force, and a person decides."

_NOTHING = "Nothing on this day."

_DECIDING = (
    "The law is that of the day of sentence; the Schedule is read on the day of conviction, or of "
    "sentence where the conviction has no day. Where a paragraph or a code names a first day of the"
    " offence, an earlier day is cannot tell.",
    "Each offence is decided alone. Every route that its sentence opens is asked, and the best "
    "answer counts: a yes before a cannot tell before a no.",
    "One clear no closes a route; otherwise a missing fact makes it cannot tell, and never no.",
    "A yes by a route of section 2 is statutory. If not, a yes under the Victim Notification "
    "Scheme, where there is one on the day, is notification scheme. If not, a cannot tell by either"
    " is cannot tell. If not, discretionary where a manager is asked, else not eligible.",
    "A manager is asked where the offender was convicted and in immediate custody, and: the term is"
    " under 12 months and the case is one of domestic abuse, stalking or harassment; or the term is"
    " 12 months or more, or not known, and the offence is in list 5.9, was on the Schedule on "
    "another day, is one of domestic abuse, or is in doubt. A child's sentence under 12 months "
    "belongs to the youth offending team.",
    "An offence is on the list if its code is under a paragraph in 5.1 to 5.4 without the word "
    "perhaps; it is cannot tell if its code is in 5.5 or 5.6, unless 5.10 settles it by its title; "
    "it is not on the list if its code is in 5.13 or 5.14. A code with one of the letters A, B, "
    "C, E or I after it that no list has follows the code without it. Any other code is cannot "
    "tell.",
    "Sex offender notification recorded for the offence makes it specified (section 45(2)(b)). "
    "Recorded for the person alone, it makes an unlisted offence of 5.11 cannot tell.",
    f"The offender's answer is the most protective of the offences', in the order: "
    f"{', '.join(one.replace('_', ' ') for one in PROTECTION_ORDER)}.",
)

_COUNTING = (
    "Day 1 is the first working day after the event. A working day is Monday to Friday, and no bank"
    " holiday in England and Wales.",
)


OFFENCES, RESULTS = 5, 6

"""The numbers of the two sections that have pages of their own."""


def sections_on(day: date, since: date | None) -> tuple[Section, ...]:
    """Return every section of the law of a day, numbered; ``since`` is for the list of changes."""
    return numbered(
        (
            _in_force(day),
            _routes(day),
            _asked(day),
            terms_compared(day),
            _offences(day),
            result_codes(),
            _duties(day),
            _provisions(day),
            _unconfirmed(day),
            _open_questions(day),
            _waiting(day),
            _changed(day, since),
        )
    )


def offence_sections(day: date) -> tuple[Section, ...]:
    """Return the groups of offences alone, numbered as in the whole."""
    return numbered(_offences(day).parts, f"{OFFENCES}.")


def result_section() -> Section:
    """Return the mapping of results alone, numbered as in the whole."""
    (alone,) = numbered((result_codes(),), first=RESULTS)
    return alone


def _offences(day: date) -> Section:
    groups = (_group(one) for one in offence_list(day))
    words = (
        "Every other code that the table holds, by the first four characters. 001-004 is each of "
        "them; +AC the code alone and with either letter after it; =AC with either letter only. A "
        "code of 5.9, 5.11 or 5.12 stands here too.",
    )
    others = (
        Section("Held by the table, and not specified", words, not_specified()),
        Section("On the list on another day, and not on this one", points=on_other_days(day)),
    )
    address = "/rules/offences?group="
    parts = [
        replace(one, address=f"{address}{place}") for place, one in enumerate((*groups, *others), 1)
    ]
    return Section("The offences", points=tuple(limbs_on(day)), parts=tuple(parts))


def _in_force(day: date) -> Section:
    rules = rule_sets.in_force_on(day)
    answers = (rule_sets.answer_on(asked, day) for asked in rule_sets.QUESTIONS)
    rows = tuple((row.question, row.answer, cited(row.provision, day)) for row in answers)
    return Section(
        "What was in force",
        (f"Rule set {rules.id}: {rules.title}. Source: {rules.source}.",),
        table=Table(("Question", "Answer", "Provision"), rows),
    )


def _routes(day: date) -> Section:
    rows = tuple(
        (one.words, one.provision, " ".join(one.asks), one.gives) for one in open_routes(day)
    )
    if not rows:
        return Section("The routes", (NO_ROUTE,))
    heads = ("Route", "Opened by", "What it asks", "What it gives")
    return Section("The routes", table=Table(heads, rows))


def _asked(day: date) -> Section:
    conditions = tuple(f"{one.asked} {one.more}".rstrip() for one in questions_on(day))
    people = tuple(
        (row.asked, row.why, row.who_knows, row.condition) for row in asked_of_people_on(day)
    )
    heads = ("What is asked", "Why", "Who can know it", "Condition")
    more = "An offence in doubt has its own question: see 5.5 and 5.6."
    return Section(
        "What is asked",
        parts=(
            Section("The conditions", points=conditions),
            Section("How the answers decide", points=(*_DECIDING, *_on_the_day(day))),
            Section("What is asked of a person, and why", (more,), table=Table(heads, people)),
        ),
    )


def _on_the_day(day: date) -> Iterator[str]:
    """Yield the rules of deciding that hold on some days only."""
    if day < statutory.SCHEME_BEGAN:
        yield "The scheme had not begun: the statutory answer is no."
    elif day < statutory.SECTION_35_BEGAN:
        yield (
            "The law before July 2005 was not seen: what would meet section 35 or a hospital route "
            "is cannot tell."
        )
    if day >= beyond_statute.NOTIFICATION_PILOT_BEGAN:
        began, everywhere = (
            in_words(beyond_statute.NOTIFICATION_PILOT_BEGAN),
            in_words(beyond_statute.NOTIFICATION_ROLLED_OUT),
        )
        yield (
            f"The Victim Notification Scheme reaches an offence of 5.7 with immediate custody of "
            f"any length, by an adult. Committed from {everywhere}: yes. Before {began}: no. "
            f"Between the two, or on a day not stated: cannot tell."
        )


def _group(group: Group) -> Section:
    return Section(
        group.title,
        (group.meaning,),
        tuple(f"{row.code} {row.title}. {row.more}".rstrip() for row in group.rows),
        parts=tuple(_paragraph(one) for one in group.paragraphs),
        numbered_parts=False,
    )


def _paragraph(one: Heading) -> Section:
    return Section(
        f"Paragraph {one.number}. {one.names}",
        (one.more,) if one.more else (),
        tuple(f"{row.code} {row.title}. {row.more}".rstrip() for row in one.rows),
    )


def _duties(day: date) -> Section:
    rows = tuple(_duty(row, day) for row in duties_on(day))
    heads = ("Duty", "Owed by", "How long", "Provision", "Note")
    until = date(min(day.year + 1, 2040), 12, 31)
    days = holidays_between(date(day.year - 1, 12, 31), until)
    told = (*_COUNTING, f"Bank holidays are official until {in_words(official_until())}.")
    return Section(
        "Duties",
        parts=(
            Section("Who owes what, by when", table=Table(heads, rows)),
            Section(
                "How days are counted",
                (*told, "On weekdays of this year and the next:"),
                tuple(f"{in_words(one)}: {title}" for one, title in days),
            ),
        ),
    )


def _duty(row: Duty, day: date) -> tuple[str, ...]:
    under = f" ({row.outcome.replace('_', ' ')})" if row.outcome else ""
    where = f"{cited(row.provision, day)}, {row.confidence}"
    return f"{row.title}{under}", row.owed_by, row.limit, where, row.note


def _provisions(day: date) -> Section:
    held = (row for row in PROVISIONS.values() if in_force(row, day))
    rows = tuple((row.id, _short(row), _began(row), row.confidence) for row in held)
    return Section("Provisions", table=Table(("Provision", "In short", "Dates", "How sure"), rows))


def _began(row: Provision) -> str:
    return row.dates[:1].upper() + row.dates[1:]


def _short(row: Provision) -> str:
    return " ".join(filter(None, (row.words, row.note, row.link)))


def _unconfirmed(day: date) -> Section:
    words = (
        "Everything below high confidence in the law of this day: a lawyer should look at it before"
        " anyone relies on it."
    )
    rows = tuple(_doubt(row) for row in doubts_on(day))
    table = Table(("What", "Kind", "How sure", "Why", "Where it is used"), rows)
    return Section("What rests on an unconfirmed source", (words,), table=table, key="unconfirmed")


def _doubt(row: Doubt) -> tuple[str, ...]:
    return row.what, row.kind, row.confidence, row.note, "; ".join(row.used_in)


def _open_questions(day: date) -> Section:
    rows = tuple(
        (row.question, row.meanwhile, cited(row.provision, day)) for row in open_questions_on(day)
    )
    table = Table(("Question", "What is answered meanwhile", "Provision"), rows)
    return Section("Questions that are open", table=table)


def _waiting(day: date) -> Section:
    points = tuple(
        f"Not yet commenced: {row.id}. {row.words} {row.note}".rstrip()
        for row in not_commenced(day)
    )
    words = "In force on no day yet, and decides nothing."
    title = "Passed and not commenced"
    return Section(title, (words if points else _NOTHING,), points)


def _changed(day: date, since: date | None) -> Section:
    title = "What changed"
    if since is None:
        return Section(title, ("No earlier day was asked about.",))
    words = f"After {in_words(since)}, up to {in_words(day)}. Bank holidays are left out."
    parts = (_change(name, rows) for name, rows in changes(Span(since, day)).items())
    return Section(title, (words,), parts=tuple(parts))


def _change(name: str, rows: tuple[Change, ...]) -> Section:
    if not rows:
        return Section(name, ("No change.",))
    told = tuple((in_words(row.day), row.words, row.provision) for row in rows)
    return Section(name, table=Table(("From", "What changed", "Provision"), told))
