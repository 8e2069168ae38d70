"""The mapping of result codes, for the printed law: what each result means, by meaning.

Learned codes are dated rows in a database, and no part of what is printed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from vcs.intake.results import appeals, result_tables
from vcs.law.book.sections import Section, Table
from vcs.terms import SentenceKind

_MARKS = {
    result_tables.NOT_A_SENTENCE: "no sentence: it changes nothing",
    result_tables.NOTIFICATION: "sex offender notification",
    result_tables.ACQUITTAL: "ended without a conviction",
    result_tables.QUASHED: "the conviction is quashed",
    result_tables.SENTENCE_VARIED: "the sentence was changed, and is another one now",
    result_tables.INSANITY: "the finding: not guilty by reason of insanity",
    result_tables.UNFIT: "the finding: unfit to plead",
    result_tables.DIED: "the offender has died",
    result_tables.PART_OF_A_SENTENCE: "a total, or days that count, of custody stated elsewhere",
    result_tables.FREE_TEXT: "the words say what was ordered, and not the code",
    result_tables.UNCLEAR: "says nothing: unknown for an offence convicted of",
}

_BY_NAME = {kind.name.lower(): kind.value for kind in SentenceKind} | _MARKS

_ORDER = tuple(_BY_NAME)

_HOW = (
    "One code covers many sentences (1002 is determinate, extended and life). So the code is read "
    "first, and then refined, the first of these that says something: a stated period of "
    "suspension; the qualifier (AB and AC a sentence for life, AF an extended sentence, S a "
    "suspended sentence); the words of the label; the definition, where it stands for the same "
    "code.",
    "Where code, words and definition contradict each other about custody, the result is unknown: "
    "a person is asked.",
    "A result that is in no table, and a text in which custody or a length is left after every "
    "form of 6.4 is taken out, is unknown too. It is never a no.",
    "A result that is no sentence is left aside. An offence convicted of that has only part of a "
    "sentence (a total, or days that count) is unknown.",
    "A finding that is not stated is read from the sentence: immediate custody follows only a "
    "conviction.",
)

_LEARNED = (
    "A code that no table holds is a question for an administrator, once for the code. The answer "
    "is a dated row in the database of the service that was asked, with its reason, and not part "
    "of this printed law: another service has not learned it. What a table here holds is never "
    "learned otherwise.",
)

_TAKES_BACK = {
    "conviction": "the conviction of the counts concerned is gone",
    "sentence": "the sentence is another one now: asked again of what stands",
    "nothing": "what was decided before stands",
    "unclear": "something was allowed, and what is not stated: a person is asked",
}


@cache
def result_codes() -> Section:
    """Return the section on results; the tables are the same on every day."""
    codes = ((row["kind"], _code(row)) for row in result_tables.CODES)
    defined = ((row["kind"], _definition(row)) for row in result_tables.DEFINITIONS)
    return Section(
        "What a court's result means",
        (
            "The tables are by meaning, custody first. They say what a court's code means and not "
            "what the law was: they are the same on every day.",
        ),
        parts=(
            Section("How a result is read", points=_HOW),
            Section("CJS result codes", parts=_by_meaning(codes), numbered_parts=False),
            Section("Common Platform results", parts=_by_meaning(defined), numbered_parts=False),
            _free_text(),
            _appeals(),
            _changes(),
            Section("Codes that were learned", _LEARNED),
        ),
        address="/rules/results",
    )


def count() -> int:
    """Return how many results the two tables hold."""
    return len(result_tables.CODES) + len(result_tables.DEFINITIONS)


def _by_meaning(rows: Iterable[tuple[str, str]]) -> tuple[Section, ...]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind, line in rows:
        found[kind].append(line)
    kinds = sorted(found, key=_ORDER.index)
    return tuple(
        Section(f"Means: {_BY_NAME[kind]}", (f"{len(found[kind]):,} in all.",), tuple(found[kind]))
        for kind in kinds
    )


def _code(row: dict[str, str]) -> str:
    return f"{row['cjs_code']} {row['title']}{_because(row)}"


def _definition(row: dict[str, str]) -> str:
    code = f", CJS {row['cjs_code']}" if row["cjs_code"] else ""
    return (
        f"{row['short_code']} {row['label']} ({row['result_definition_id']}{code}){_because(row)}"
    )


def _because(row: dict[str, str]) -> str:
    return f". Reason: {row['reason']}" if row.get("reason") else ""


def _free_text() -> Section:
    words = (
        "Each form is taken out of the words in this order, without regard to capitals. <length>, "
        "<part> and <number> are a length, a part of a year and a number; … is the rest of a "
        "clause without a length, ~ the rest up to a comma; the other signs are those of a regular "
        "expression. Neither goes over a word of custody.",
    )
    rows = tuple(
        (row["form"], _BY_NAME[row["meaning"]], row["reason"])
        for row in result_tables.FREE_TEXT_FORMS
    )
    return Section("Forms of free text", words, table=Table(("Form", "Means", "Reason"), rows))


def _appeals() -> Section:
    words = (
        "What a result takes back. Where no row fits, the words of the result are read clause by "
        "clause: allowed, without a word on what, is unclear.",
    )
    heads = ("Result", "Takes back", "What follows")
    return Section("Appeals, and what is taken back", words, table=Table(heads, tuple(_taken())))


def _taken() -> Iterator[tuple[str, str, str]]:
    for row in appeals.ROWS:
        code = f"CJS {row['cjs_code']}" if row["cjs_code"] else ""
        name = " ".join(filter(None, (row["short_code"], code, row["label"])))
        yield name, row["takes_back"], _TAKES_BACK[row["takes_back"]]


def _changes() -> Section:
    rows = tuple(
        (f"{code} {result_tables.TITLES.get(code, '')}", change.value)
        for code, change in result_tables.CHANGES.items()
    )
    heads = ("Result", "How the sentence was changed")
    return Section("Sentences changed by a court", table=Table(heads, rows))
