"""``vcs rules`` and ``vcs letters``: what the program holds, printed for a person to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from vcs import clock
from vcs.law import eligibility, offences, rule_sets
from vcs.law.conditions import outside, statutory
from vcs.law.duties import DUTIES, in_words
from vcs.law.provisions import PROVISIONS, Provision
from vcs.law.working_days import official_until


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="rules")(rules)
    app.command(name="letters")(letters)


def rules(
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day, YYYY-MM-DD.")
    ] = None,
) -> None:
    """Print the law as the program applies it on a day, with every provision."""
    day = on.date() if on else clock.today()
    print("\n".join(rules_in_words(day)))


def rules_in_words(day: date) -> Iterator[str]:
    """Write the law on a day from the very tables and docstrings that run."""
    in_force = rule_sets.in_force_on(day)
    yield f"The law as applied to a sentence passed on {in_words(day)}"
    yield f"Rule set: {in_force.id}. {in_force.title}. Source: {in_force.source}."
    waiting = [row for row in rule_sets.RULE_SETS if row.in_force_from is None]
    yield from (f"Not yet commenced: {row.id}. {row.title}. {row.source}." for row in waiting)
    yield "\nThe conditions"
    for asked in (*_questions(statutory), *_questions(outside)):
        yield f"  {asked}"
    yield f"  {_first_line(eligibility.all_of)}"
    yield "\nOffences in the table"
    listed = Counter(row.listing for code in offences.codes() if (row := offences.find(code)))
    yield from (f"  {name.replace('_', ' ')}: {count:,}" for name, count in sorted(listed.items()))
    yield "\nDuties"
    yield from _duties(day)
    yield f"  Bank holidays are official until {in_words(official_until())}."
    yield "\nProvisions"
    yield from (_provision(row) for row in PROVISIONS.values() if _covers(row, day))


def _questions(module: object) -> Iterator[str]:
    found = (value for name, value in vars(module).items() if not name.startswith("_"))
    for value in found:
        own = getattr(value, "__module__", "") == getattr(module, "__name__", None)
        if own and callable(value) and _first_line(value).endswith("?"):
            yield _first_line(value)


def _first_line(value: object) -> str:
    return (value.__doc__ or "").strip().splitlines()[0]


def _duties(day: date) -> Iterator[str]:
    for row in DUTIES:
        if row.applies_from <= day and (row.applies_until is None or day <= row.applies_until):
            count = f"{row.working_days} working days from the {row.trigger}"
            yield f"  {row.title}: {row.owed_by}, {count} ({row.provision}, {row.confidence})"


def _covers(row: Provision, day: date) -> bool:
    return row.in_force_from <= day and (row.in_force_until is None or day <= row.in_force_until)


def _provision(row: Provision) -> str:
    note = f" Note: {row.note}" if row.note else ""
    return f"  {row.id} [{row.confidence}]: {row.words} {row.link}{note}"


def letters(
    samples: Annotated[Path, typer.Option("--samples", help="The folder to write to.")],
) -> None:
    """Write every letter, in each language and format, with made-up facts."""
    from letters.samples import samples as write_samples  # WeasyPrint takes a second to load

    written = write_samples(samples)
    print(f"Wrote {len(written)} letters to {samples}.")
