"""``vcs decide``: the law at work over files and folders. Nothing is stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from vcs import clock
from vcs.errors import NotReadable
from vcs.intake.message import MessageRead
from vcs.intake.reading import LARGEST, read
from vcs.law.eligibility import decide as decide_by_law
from vcs.sentences.answer import sentenced_entry, with_nearest
from vcs.terms import Outcome

STDIN = Path("-")

_SUFFIXES = {".json", ".xml"}

_HEADINGS = {
    Outcome.STATUTORY: "owed contact by law",
    Outcome.NOTIFICATION_SCHEME: "offered the Victim Notification Scheme",
    Outcome.CANNOT_TELL: "cannot tell: a person must decide",
    Outcome.DISCRETIONARY: "may be offered contact: a manager decides",
    Outcome.NOT_ELIGIBLE: "not eligible",
}


_CHANGES_SHOWN = 2


def decide(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line per message.")] = False,
) -> None:
    """Read court messages, decide, and print. Exit 0 also where a message is set aside."""
    today = clock.today()
    for source, body in bodies(paths):
        if as_json:
            print(json.dumps(answer_to(source, body, today), ensure_ascii=False))
        else:
            print(in_words(answer_to(source, body, today, explain=True)))


def bodies(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield each message's name and bytes; folders are walked in order. Exit 2 for no such path."""
    for path in paths:
        if path == STDIN:
            yield "-", sys.stdin.buffer.read(LARGEST + 1)
        elif path.is_dir():
            files = sorted(one for one in path.rglob("*") if one.is_file())
            found = [one for one in files if one.suffix.lower() in _SUFFIXES]
            _say_what_is_left_out(path, len(files) - len(found))
            yield from ((str(one), _contents(one)) for one in found)
        elif path.is_file():
            yield str(path), _contents(path)
        else:
            raise typer.BadParameter(f"There is no file or folder called {path}.")


def _say_what_is_left_out(folder: Path, count: int) -> None:
    if count:
        files = "1 file that is" if count == 1 else f"{count} files that are"
        print(f"Left out of {folder}: {files} neither .json nor .xml.", file=sys.stderr)


def _contents(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as problem:
        raise typer.BadParameter(f"{path} cannot be opened: {problem.strerror}.") from None


def answer_to(
    source: str, body: bytes, today: date | None = None, *, explain: bool = False
) -> dict[str, Any]:
    """Return the contract's line for one message, with dates as known today.

    A receipt says the same. ``explain`` adds what would change each answer, for a person.
    """
    try:
        found = read(body)
    except NotReadable as problem:
        found = MessageRead(None, "set_aside", str(problem))
    decided = ((sentence, decide_by_law(sentence.facts)) for sentence in found.sentenced)
    return {
        "source": source,
        "format": found.format,
        "status": found.status,
        "problem": found.problem,
        "sentenced": [
            with_nearest(entry, sentence.facts) if explain else entry
            for sentence, decision in decided
            for entry in (sentenced_entry(sentence, decision, today),)
        ],
    }


def in_words(answer: dict[str, Any]) -> str:
    """Write one message's answer for a person."""
    lines = [f"{answer['source']}: {answer['format'] or 'not a known format'}, {answer['status']}"]
    if answer["problem"]:
        lines.append(f"  {answer['problem']}")
    if not answer["sentenced"] and not answer["problem"]:
        lines.append("  Nobody was sentenced in this message.")
    for entry in answer["sentenced"]:
        lines.extend(_entry_in_words(entry))
    return "\n".join(lines)


def _entry_in_words(entry: dict[str, Any]) -> Iterator[str]:
    heading = _HEADINGS[Outcome(entry["outcome"])]
    case = entry["case_reference"] or "no case reference"
    name = entry["offender"]["name"] or "no name given"
    yield f"  {name}, {case}, sentenced {entry['sentenced_on']}"
    yield f"  → {heading}" + (f" ({entry['route']})" if entry["route"] else "")
    if entry["confidence"] == "lower":
        yield "    Lower confidence: read from a copy without result codes, lengths and dates."
    for offence in entry["offences"]:
        code = offence["offence_code"] or "no code"
        yield f"    {offence['sequence']}. {code}: {offence['outcome']}"
        if offence["counted"]:
            yield f"       Length: {offence['counted']}"
        for reason in offence["reasons"]:
            mark = {"yes": "yes", "no": "no", "unknown": "?"}[reason["answer"]]
            asked = f"{reason['condition']}: {reason['because']}"
            yield f"       [{mark}] {asked} ({reason['provision']})"
        for change in offence["would_change"][:_CHANGES_SHOWN]:
            facts = ", and ".join(fact["fact"] for fact in change["facts"])
            yield f"       It would be {change['outcome']} if {facts}."
    for deadline in entry["deadlines"]:
        sure = " (provisional)" if deadline["provisional"] else ""
        yield f"    due {deadline['due_on']}{sure}: {deadline['duty']}, {deadline['counted']}"
