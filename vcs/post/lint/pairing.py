"""Whether a letter is to the right person, about the right case, in their own words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from vcs.post.lint.findings import Finding, FindingKind, Whose, Words
from vcs.post.rows.policy import Addressee

_PUT_RIGHT: Final = "Begin the letter again from the page of this person."


def pairing(words: Words, whose: Whose) -> Iterator[Finding]:
    """Yield what of a letter is another person's or another case's. Nobody lets it pass."""
    if whose.row.to is not Addressee.CONTACT:
        yield from _case(words, whose)
        return
    # A letter in plain text has no envelope.
    printed, *lines = _with_whole_name(words.window or (whose.name,), whose)
    if not _is_one_of(printed, whose.name, whose.in_latin):
        yield _wrong(printed, f"the name on the envelope is not the one they gave. {_PUT_RIGHT}")
    if lines and not _is_at(lines, whose.address):
        yield _wrong("", f"The address on the envelope is not this person’s. {_PUT_RIGHT}")
    for part in words.parts:
        hers = whose.greeting or whose.name
        greeting = str(part.facts.get("salutation", hers))
        if not _is_one_of(greeting, hers, whose.in_latin):
            yield _wrong(greeting, f"this is not how they asked to be addressed. {_PUT_RIGHT}")
        standing = str(part.facts.get("standing") or whose.standing)
        if standing != whose.standing:
            yield _wrong(standing, f"this is not who they are to the crime. {_PUT_RIGHT}")
    yield from _case(words, whose)


def _with_whole_name(window: tuple[str, ...], whose: Whose) -> tuple[str, ...]:
    """Return the lines of a window with a name that stands on two of them as one."""
    whole = " ".join(window[:2])
    return (whole, *window[2:]) if _is_one_of(whole, whose.name, whose.in_latin) else window


def _case(words: Words, whose: Whose) -> Iterator[Finding]:
    for part in words.parts:
        reference = str(part.facts.get("reference") or whose.reference)
        if reference != whose.reference:
            yield _wrong(reference, f"this reference is another referral’s. {_PUT_RIGHT}")


def _is_at(printed: Iterable[str], held: tuple[str, ...]) -> bool:
    """Say whether every printed word is held: lines may be joined or broken, never added.

    Abroad the postcode stands on another line than it was entered on.
    """
    here = set(_tidy(" ".join(held)).split())
    return set(_tidy(" ".join(printed)).split()) <= here


def _is_one_of(printed: str, *names: str) -> bool:
    return _tidy(printed) in {_tidy(name) for name in names if name}


def _wrong(words: str, says: str) -> Finding:
    return Finding(FindingKind.PAIRING, words, says)


def _tidy(text: str) -> str:
    return " ".join(text.replace(",", " ").split()).casefold()
