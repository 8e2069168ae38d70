"""Why words in a name hold a letter: notes, and what may be one. Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vcs.post.cases.letter_case import LetterCase
from vcs.victims.names import STOPS_ALL_CONTACT, Note, NoteKind, notes_in, printed_names


def note_forbids(case: LetterCase) -> Iterator[str]:
    """Hold every letter while words beside a name say that somebody died or wants no contact."""
    for field, notes in _certain(case):
        if kinds := [note.kind for note in notes if note.kind in STOPS_ALL_CONTACT]:
            first = " ".join(words for kind, words in _STOPS.items() if kind in kinds)
            yield (
                f"The {field} holds {_quoted(notes)}, which is not part of a name. {first} Nobody "
                f"can overrule this: show the details and correct the {field}, with the note where "
                "it belongs."
            )


def note_in_name(case: LetterCase) -> Iterator[str]:
    """Hold a letter while a note, or a second person, is where a name should be."""
    for field, notes in _certain(case):
        if not any(note.kind in STOPS_ALL_CONTACT for note in notes):
            yield (
                f"The {field} holds {_quoted(notes)}, which is not part of a name. Show the "
                f"details and correct the {field}: put the note where it belongs. If it is really "
                "part of the name, somebody who did not begin this letter must say how they know."
            )


def _certain(case: LetterCase) -> Iterator[tuple[str, list[Note]]]:
    for field, text in printed_names(case):
        if certain := [note for note in notes_in(text) if not note.may_be_a_name]:
            yield field, certain


_STOPS: Final[Mapping[NoteKind, str]] = {
    NoteKind.DECEASED: "This person may have died: find out before anyone writes or rings.",
    NoteKind.DO_NOT_CONTACT: "This person may not want contact: find out before anyone writes.",
}


def _quoted(notes: list[Note]) -> str:
    """Return the words of notes, without those that stand in longer ones."""
    words = [note.words for note in notes]
    kept = [one for one in words if not any(one in other and one != other for other in words)]
    return ", ".join(f"“{one}”" for one in kept)


def name_in_doubt(case: LetterCase) -> Iterator[str]:
    """Hold a letter until somebody says whether words are a note, or a name the offender's."""
    if case.has_offenders_name:
        yield (
            "The offender, or somebody sentenced in the same case, has this name or one like it, "
            "so the letter could be to them. Find out whether they are two people. If they are, "
            "somebody who did not begin this letter must say how they know. If they are one, "
            "write to nobody under this name, and correct the details with witness care."
        )
    for field, text in printed_names(case):
        if doubtful := [note for note in notes_in(text) if note.may_be_a_name]:
            yield (
                f"The {field} holds {_quoted(doubtful)}, which may be a note. Correct the {field} "
                "in the details. If it is really part of it, somebody who did not begin this "
                "letter must say how they know."
            )
