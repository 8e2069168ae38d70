"""Why words in a name hold a letter: notes, and what may be one. Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vcs.post.letter_case import LetterCase
from vcs.victims.names import Note, NoteKind, notes_in


def note_in_name(case: LetterCase) -> Iterator[str]:
    """Hold a letter while a note is where a name should be."""
    for field, text in (("name", case.name), ("greeting", case.salutation)):
        certain = [note for note in notes_in(text) if not note.may_be_a_name]
        if certain:
            kinds = {note.kind for note in certain}
            first = "".join(f" {words}" for kind, words in _STOPS.items() if kind in kinds)
            yield (
                f"The {field} holds {_quoted(certain)}, which is not part of a name.{first} Show "
                f"the details and correct the {field}: put the note where it belongs."
            )


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
    """Hold a letter until somebody says whether words are a note or a name."""
    for field, text in (("name", case.name), ("greeting", case.salutation)):
        if doubtful := [note for note in notes_in(text) if note.may_be_a_name]:
            yield (
                f"The {field} holds {_quoted(doubtful)}, which may be a note. Correct the {field} "
                "in the details, or say how you know that it is really part of it."
            )
