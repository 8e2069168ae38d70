"""Reads the worked examples: tables that a lawyer can edit, made into facts.

One file a subject. A row gives the facts in words and the outcome that a reading of the law gives:

- ``offences``: what was sentenced, several apart by `` | ``. Before the colon stand the code (or
  ``no code``), then ``committed DAY`` or ``committed DAY to DAY``, ``convicted DAY``, the finding
  (``insanity``, ``quashed`` …; a conviction when nothing is said), ``notified``, ``domestic
  abuse`` and how the sentence was changed (``on appeal``, ``resentenced`` …). After it what was
  imposed, apart by commas: the kind, the length, how it runs (``consecutive``, ``concurrent``),
  ``for life``, ``45 days counted``, ``released``. ``12 months or 3 months`` is a contradiction.
- ``about`` the offender, apart by semicolons: ``born DAY``, ``youth``, ``adult``, ``crown``,
  ``magistrates``, ``total LENGTH``, ``restricted``, ``notified``, ``died``, ``organisation``,
  ``another court``, ``transfer restricted DAY`` (or ``unrestricted``, or neither; the day may be
  left out), ``restrictions ended DAY``; and ``under RULE SET`` to decide as if it were in force.
- ``each_offence``: the outcome of every offence in turn, where it is worth saying.
- ``says``, where a table has that column: conditions that must be answered so, apart by
  semicolons (``identifiable-victim unknown``), with ``urgent`` or ``not urgent``, and
  ``no CONDITION`` for one that must not be asked.
- ``disputed``: why the program does not yet answer so. Such a row must fail until it does.

A line that begins with ``#`` is a heading. A row that cannot be read is refused by its file and
line. The same for people who do not read Python: ``examples/README.md``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from vcs.law.decision import Decision
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.law.provisions import PROVISIONS
from vcs.law.rule_sets import RULE_SETS, RuleSet, named
from vcs.terms import Change, Finding, Outcome, Route, SentenceKind, Sequence, Term

TABLES = Path(__file__).with_name("examples")

_COLUMNS = (
    *("provision", "offences", "sentenced_on", "about", "expected", "route", "each_offence"),
    *("why", "disputed"),
)

READ_WITH_PRACTICE = "DVCVA 2004 s.45(1), read with practice"

_LENGTH = re.compile(r"(\d+) (year|month|week|day)s?")

_DAY = r"\d{4}-\d\d-\d\d"

_KINDS = {kind.name.lower().replace("_", " "): kind for kind in SentenceKind}

_FINDINGS = {
    "insanity": Finding.INSANITY,
    "unfit did the act": Finding.UNFIT_DID_THE_ACT,
    "not convicted": Finding.NOT_CONVICTED,
    "perhaps quashed": Finding.PERHAPS_QUASHED,
    "quashed": Finding.QUASHED,
    "finding not stated": Finding.NOT_STATED,
}

_CHANGES = {
    "on appeal": Change.APPEAL,
    "under the slip rule": Change.SLIP_RULE,
    "on a reference": Change.UNDULY_LENIENT,
    "resentenced": Change.RESENTENCED,
    "sentence quashed": Change.QUASHED,
    "varied": Change.NOT_STATED,
}

_OFFENCE = re.compile(
    r"(?P<code>no code|\w+)"
    rf"(?: committed (?P<first>{_DAY})(?: to (?P<last>{_DAY}))?)?"
    rf"(?: convicted (?P<convicted>{_DAY}))?"
    rf"(?: (?P<finding>{'|'.join(_FINDINGS)}))?"
    r"(?P<notified> notified)?(?P<abuse> domestic abuse)?"
    rf"(?: (?P<change>{'|'.join(_CHANGES)}))?:(?P<imposed>.*)"
)

_SENTENCE = re.compile(
    rf"(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})"
    rf"(?P<lengths>(?: (?:or )?{_LENGTH.pattern})*)"
    r"(?: (?P<runs>consecutive|concurrent))?(?P<life> for life)?"
    r"(?: (?P<counted>\d+) days counted)?(?P<released> released)?"
)

_TRANSFER = re.compile(rf"transfer(?: (?P<how>restricted|unrestricted))?(?: (?P<on>{_DAY}))?")

_ABOUT = {"youth", "adult", "crown", "magistrates", "restricted", "notified", "died"} | {
    "organisation",
    "another court",
    "total life",
}

_WITH_MORE = ("born ", "total ", "under ", "transfer", "restrictions ended ")


class WrongRow(ValueError):
    """A row that cannot be read: its file and line, and what is wrong, in a sentence."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row: facts, the expected outcome and route, and why."""

    place: str
    provision: str
    facts: SentencingFacts
    as_if: RuleSet | None
    expected: str
    route: str | None
    each_offence: tuple[str, ...]
    title: str
    says: tuple[str, ...]
    disputed: str

    def differs(self, decide: Callable[[SentencingFacts, RuleSet | None], Decision]) -> str:
        """Say in words how a decision differs from the row; empty where it does not."""
        decision = decide(self.facts, self.as_if)
        outcomes = tuple(str(offence.outcome) for offence in decision.offences)
        cited = {r.provision for offence in decision.offences for r in offence.reasons}
        problems = []
        if decision.outcome != self.expected or decision.route != self.route:
            problems.append(f"the law says {self.expected}, by the route {self.route or 'of none'}")
        if self.each_offence and outcomes != self.each_offence:
            problems.append(f"the law says of each offence {', '.join(self.each_offence)}")
        if self.provision not in cited:
            problems.append(f"no reason cites {self.provision}")
        if self.expected == Outcome.STATUTORY and READ_WITH_PRACTICE in cited - {self.provision}:
            problems.append("a reason rests on practice, and the row does not say so")
        problems.extend(
            f"it does not say: {one}" for one in self.says if not _is_said(one, decision)
        )
        return "\n".join([*problems, *_told(decision)]) if problems else ""


def _is_said(words: str, decision: Decision) -> bool:
    if words in ("urgent", "not urgent"):
        return bool(decision.urgent) == (words == "urgent")
    reasons = [r for offence in decision.offences for r in offence.reasons]
    if words.startswith("no "):
        return words[3:] not in {r.condition for r in reasons}
    return words in {f"{r.condition} {r.answer}" for r in reasons}


def _told(decision: Decision) -> list[str]:
    lines = [f"but {decision.outcome} was decided, route {decision.route or 'none'}, because:"]
    for offence in decision.offences:
        lines.append(f"  {offence.offence_code or 'no code'} is {offence.outcome}")
        lines.extend(
            f"    {reason.condition}: {reason.answer}, {reason.because} ({reason.provision})"
            for reason in offence.reasons
        )
    return lines


@cache
def examples() -> tuple[Example, ...]:
    """Return every worked example of every table."""
    return tuple(row for table in sorted(TABLES.glob("*.csv")) for row in read_table(table))


def settled() -> tuple[Example, ...]:
    """Return the examples that the program answers as the law does."""
    return tuple(row for row in examples() if not row.disputed)


def read_table(table: Path) -> list[Example]:
    """Read one table. Raises WrongRow for a row, or a heading, that cannot be read."""
    with table.open(encoding="utf-8-sig", newline="") as opened:
        lines = csv.DictReader(opened)
        missing = [name for name in _COLUMNS if name not in (lines.fieldnames or ())]
        if missing:
            raise WrongRow(f"{table.name}:1: columns are missing: {', '.join(missing)}")
        return [
            _read(f"{table.name}:{lines.line_num}", row) for row in lines if not _is_heading(row)
        ]


def _is_heading(row: dict[str, str]) -> bool:
    return (row["provision"] or "").startswith("#")


def _read(place: str, row: dict[str, str]) -> Example:
    """Read one row; raises WrongRow, which names the file and the line and says what is wrong."""
    try:
        _check(row)
        return _example(place, row)
    except (ValueError, AssertionError) as problem:
        raise WrongRow(f"{place}: {problem}") from None


def _check(row: dict[str, str]) -> None:
    """Refuse a row with cells too few or too many, or with a word that means nothing."""
    if None in row or None in row.values():
        raise ValueError(
            "there are more or fewer cells than columns: put quotes around a text with a comma"
        )
    _known("expected", [row["expected"]], set(Outcome))
    _known("route", [row["route"]], {"", *Route})
    _known("each_offence", _apart(row["each_offence"], "|"), set(Outcome))
    _known("provision", [row["provision"]], set(PROVISIONS))
    under = [one[6:] for one in _apart(row["about"], ";") if one.startswith("under ")]
    _known("about: under", under, {one.id for one in RULE_SETS})


def _known(column: str, words: Iterable[str], known: AbstractSet[str]) -> None:
    strange = [word for word in words if word not in known]
    if strange:
        listed = ", ".join(sorted(word for word in known if word))
        raise ValueError(f"{column} says {strange[0]!r}, and may say: {listed}")


def _apart(words: str, mark: str) -> list[str]:
    return [one.strip() for one in words.split(mark) if one.strip()]


def _example(place: str, row: dict[str, str]) -> Example:
    facts = _facts(row["offences"], _sentenced(row["sentenced_on"]), row["about"])
    about = f", {row['about']}" if row["about"] else ""
    title = f"{row['why']} ({row['offences']} on {row['sentenced_on']}{about}) is {row['expected']}"
    return Example(
        place=place,
        provision=row["provision"],
        facts=facts,
        as_if=_under(row["about"]),
        expected=row["expected"],
        route=row["route"] or None,
        each_offence=tuple(_apart(row["each_offence"], "|")),
        title=title,
        says=tuple(_apart(row.get("says") or "", ";")),
        disputed=row["disputed"],
    )


def _facts(offences: str, sentenced_on: date, about: str) -> SentencingFacts:
    marks = _apart(about, ";")
    born = [date.fromisoformat(mark[5:]) for mark in marks if mark.startswith("born ")]
    totals = [_term(mark) for mark in marks if mark.startswith("total ") and mark != "total life"]
    ended = [date.fromisoformat(mark[19:]) for mark in marks if mark.startswith("restrictions ")]
    plain = {mark for mark in marks if not mark.startswith(_WITH_MORE) or mark == "total life"}
    assert plain <= _ABOUT, f"not known about an offender: {', '.join(sorted(plain - _ABOUT))}"
    return SentencingFacts(
        sentenced_on=sentenced_on,
        court_code="C01CE00",
        offences=tuple(
            _offence(n, one.strip()) for n, one in enumerate(offences.split("|"), start=1)
        ),
        date_of_birth=born[0] if born else None,
        youth=_either(plain, "youth", "adult"),
        organisation="organisation" in plain,
        died="died" in plain,
        crown_court=_either(plain, "crown", "magistrates"),
        total_terms=tuple(totals),
        restricted="restricted" in plain,
        notification="notified" in plain,
        outside_court="another court" in plain,
        transfer=_transfer(marks),
        restrictions_ended_on=ended[0] if ended else None,
        total_life="total life" in plain,
    )


def _transfer(marks: list[str]) -> TransferDirection | None:
    found = [match for mark in marks if (match := _TRANSFER.fullmatch(mark))]
    written = [mark for mark in marks if mark.startswith("transfer")]
    assert len(found) == len(written), f"not a transfer as the tables write it: {written}"
    if not found:
        return None
    how = found[0]["how"]
    return TransferDirection(_day(found[0]["on"]), how == "restricted" if how else None)


def _under(about: str) -> RuleSet | None:
    names = [mark.strip()[6:] for mark in about.split(";") if mark.strip().startswith("under ")]
    return named(names[0]) if names else None


def _either(marks: set[str], yes: str, no: str) -> bool | None:
    return True if yes in marks else False if no in marks else None


def _offence(sequence: int, words: str) -> OffenceFacts:
    found = _OFFENCE.fullmatch(words)
    assert found, f"not an offence as the tables write it: {words}"
    first, last = _day(found["first"]), _day(found["last"])
    imposed = [one.strip() for one in found["imposed"].split(",") if one.strip()]
    return OffenceFacts(
        sequence,
        None if found["code"] == "no code" else found["code"],
        finding=_FINDINGS[found["finding"]] if found["finding"] else Finding.CONVICTED,
        convicted_on=_day(found["convicted"]),
        committed_from=first,
        committed_until=last or first,
        notification=bool(found["notified"]),
        domestic_abuse=bool(found["abuse"]),
        sentences=tuple(_sentence(one) for one in imposed),
        change=_CHANGES[found["change"]] if found["change"] else None,
    )


def _sentenced(words: str) -> date:
    if not re.fullmatch(_DAY, words):
        raise ValueError(f"sentenced_on says {words!r}: write a day as 2026-03-20")
    return date.fromisoformat(words)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _sentence(words: str) -> SentenceFacts:
    found = _SENTENCE.fullmatch(words.replace("-", " "))
    assert found, f"not a sentence as the tables write it: {words}"
    lengths = [one for one in found["lengths"].split(" or ") if one.strip()]
    return SentenceFacts(
        _KINDS[found["kind"]],
        found["kind"],
        terms=tuple(_term(one) for one in lengths),
        sequence=Sequence(found["runs"] or Sequence.NOT_STATED),
        life=bool(found["life"]),
        days_counted=int(found["counted"]) if found["counted"] else None,
        released=bool(found["released"]),
    )


def _term(words: str) -> Term:
    assert _LENGTH.search(words), f"not a length as the tables write it: {words}"
    return Term(**{f"{unit}s": int(number) for number, unit in _LENGTH.findall(words)})
