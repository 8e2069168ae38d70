"""The monthly certificate on paper: the same facts as its JSON, made by the sealed press."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from letters.papers.printing import printed
from letters.render import RenderedLetter
from vcs.law.book.sections import Section, Table

_CHECK: Final = (
    "openssl pkeyutl -verify -pubin -inkey certificate-key.pem -rawin -in certificate.json "
    "-sigfile certificate.json.sig"
)


_FOUND_TITLE: Final = "Sentences that a list showed and no court told us of"

_FOUND: Final = {
    "question": "Question",
    "by_the_law": "By the law",
    "found_on": "Found on",
    "after_sentence": "After",
    "days_after_sentence": "After",
    "region": "Region",
    "done": "Done",
    "reason": "Reason",
}

_OPEN: Final = {
    "question": "Question",
    "about": "About",
    "owner": "Owner",
    "due": "Due",
    "due_on": "Due on",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed. ``state`` says how far it is signed."""

    title: str
    state: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def on_paper(
    content: bytes, told: Mapping[str, Any], *, is_training: bool = False
) -> RenderedLetter:
    """Print a certificate: ``content`` are the bytes that were signed, ``told`` what they say."""
    return printed("certificate.html.jinja", paper=paper_of(content, told), is_training=is_training)


def paper_of(content: bytes, told: Mapping[str, Any]) -> Paper:
    """Return what is printed of a certificate: of today, or as one was signed before."""
    return Paper(
        f"{told['certificate']}, {told['month']}",
        _state(told),
        tuple(_facts(content, told)),
        tuple(_sections(told)),
    )


def _state(told: Mapping[str, Any]) -> str:
    unfinished = "" if told.get("month_is_over", True) else " The month is not over yet."
    return _signed_by(told) + unfinished


def _signed_by(told: Mapping[str, Any]) -> str:
    if told["signed_by"]:
        return "Signed with the service’s key, and by two people."
    return "Signed with the service’s key alone. Two people have not confirmed it yet."


def _facts(content: bytes, told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    ledger = told["ledger"]
    yield "Made at", told["made_at"]
    for one in told["signed_by"]:
        yield one["what"].capitalize(), f"{one['name']}, {_plain(one['role'])}, {one['at']}"
    if told.get("replaces"):
        yield "It replaces", ", ".join(told["replaces"])
    yield "Rule set", told["rule_set"]
    yield "Our ledger, proved at", ledger["proved_at"] or "not proved yet"
    yield "It closed", _yes(ledger["closes"])
    keyed = "keyed " if ledger.get("sha256_is") else ""
    yield f"Ledger’s proof ({keyed}SHA-256)", ledger["sha256"] or "none"
    yield "Eligible sentences not accounted for", _unaccounted(ledger)
    yield "Key", told["key_id"]
    yield "The signed file (SHA-256)", hashlib.sha256(content).hexdigest()


def _unaccounted(ledger: Mapping[str, Any]) -> str:
    count, counted_at = ledger["eligible_not_accounted_for"], ledger.get("counted_at")
    if count is None:
        return "not known: nothing was proved by the end of the month"
    return f"{count}, counted at {counted_at}" if counted_at else str(count)


def _sections(told: Mapping[str, Any]) -> Iterator[Section]:
    yield Section("Lists", ("No list was matched in this month.",) if not told["lists"] else ())
    for one in told["lists"]:
        yield from _list(one)
    yield _counted(_FOUND_TITLE, told["found_by_lists"], _FOUND)
    yield _counted("Open questions", told["open"], _OPEN)
    parted = told["parted_by_a_person"]
    yield Section("Parted by a person", (f"Of the month’s lines: {parted}.",))
    if "withheld" in told:
        yield Section("What is withheld", (told["withheld"],))
    yield Section("What this does not prove", points=tuple(told["not_proved"]))
    yield Section(
        "How to check it without our program",
        (
            "The public keys are published at /certificates/keys.pem. With the files of the "
            "certificate in one folder:",
            _CHECK,
        ),
    )


def _list(one: Mapping[str, Any]) -> Iterator[Section]:
    facts = (
        f"Drawn on {one['drawn_on']} by {one['drawn_by'] or 'its owner'}. "
        f"{one['query'] or 'What was asked for was not said.'}",
        f"Sentences from {one['sentences_from']} to {one['sentences_to']}{_period(one)}, "
        f"{_courts(one)}. Matched "
        f"at {one['matched_at']} under {one['rule_set']}. SHA-256 of the file: {one['sha256']}.",
        f"Eligible in both: {one['eligible_in_both']}. Eligible in either: "
        f"{one['eligible_in_either']}.",
        f"{one['lines']} lines: "
        + ", ".join(f"{_plain(name)} {count}" for name, count in one["ended"].items())
        + ".",
    )
    heads = ("Ended as", "Reason", "Lines", "Second person")
    yield Section(f"{one['list'].capitalize()}, {one['reference']}", facts)
    yield _table("How its lines ended", heads, map(_row, one["by_reason"]))
    yield _table(
        "In ours and not in the list", heads, map(_row, one["in_ours_and_not_in_the_list"])
    )


def _counted(title: str, found: Any, heads: Mapping[str, str]) -> Section:
    """Print how many there are by each of their columns.

    Certificates that were signed before decision 237 name each one in a row of its own.
    """
    if isinstance(found, Mapping):
        told = [(column, each) for column, each in found.items() if column != "all"]
        rows = [(heads[column], key, count) for column, each in told for key, count in each.items()]
        return _table(f"{title}: {found['all']}", ("Counted by", "Which", "How many"), rows)
    names = [name for name in heads if any(name in one for one in found)]
    return _table(title, tuple(heads[name] for name in names), _rows_of(found, names))


def _rows_of(found: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Sequence[Any]]:
    return ([one.get(name) for name in names] for one in found)


def _period(one: Mapping[str, Any]) -> str:
    """Say who says what a list covers; certificates signed before 0095 say nothing of it."""
    if "period_said" not in one:
        return ""
    return " (as its sender said)" if one["period_said"] else " (as its rows show)"


def _courts(one: Mapping[str, Any]) -> str:
    courts = one["courts"]
    return courts if isinstance(courts, str) else "courts " + ", ".join(courts)


def _row(one: Mapping[str, Any]) -> Sequence[Any]:
    return one["ended"], one["reason"], one["lines"], one.get("second_person", "–")


def _table(title: str, heads: tuple[str, ...], rows: Any) -> Section:
    told = tuple(tuple(_plain(cell) for cell in row) for row in rows)
    if not told:
        return Section(title, ("None.",))
    return Section(title, table=Table(heads, told))


def _plain(value: Any) -> str:
    return "–" if value is None else str(value).replace("_", " ")


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not known"}[value]
