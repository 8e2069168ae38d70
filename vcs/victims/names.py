"""What stands in a field for a name and is no part of a name: a note, a death, a second person.

A letter prints the name as it is held. The rule leans to asking: a person can say that a doubtful
word is part of the name, and nobody can take back "Dear Ann Lis (deceased)".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Protocol

from vcs.victims.name_words import CERTAIN, DOUBTFUL
from vcs.victims.name_words import NoteKind as NoteKind


@dataclass(frozen=True, slots=True)
class Note:
    """Words that are no part of a name. ``may_be_a_name``: some people are called so."""

    kind: NoteKind
    words: str
    may_be_a_name: bool = False


class Named(Protocol):
    """Somebody with what a letter may print as their name."""

    @property
    def name(self) -> str:
        """Return the name."""

    @property
    def salutation(self) -> str:
        """Return the greeting; "" for none."""

    @property
    def name_in_latin(self) -> str:
        """Return the name in Latin letters; "" for none."""


STOPS_ALL_CONTACT: Final = (NoteKind.DECEASED, NoteKind.DO_NOT_CONTACT)

_LONGEST_NAME = 9

_SEVERAL = 6
"""Names without particles from which several people may be meant; one that stands twice, from 4."""

_TOO_LIKE = 0.8

_SIR_OR_MADAM = re.compile(r"sir(?: or |/)madam|madam(?: or |/)sir", re.IGNORECASE)

_TITLES: Final = frozenset(("mr", "mrs", "miss", "ms", "mx", "master", "sir", "lady", "dame"))

_ABBREVIATED: Final = frozenset(
    ("mr", "mrs", "miss", "dr", "prof", "revd", "messrs", "capt", "hon", "esq", "snr", "jnr")
)

_AFTER_A_COMMA: Final = re.compile(
    r",\s*(?:[A-Z]{2,4}|Ph\.?D|[BM]Sc|Jr|Jnr|Sr|Snr|Esq)\.?(?=\s*(?:,|$))"
)

_PARTICLES: Final = frozenset(
    re.findall(
        r"\w+",
        """
        a ab af al ap av aw bat ben bin bint ciu d da dal dalla dalle dan das de degli dei
        del dela della delle den der des di do dos du e ed ei el en er es et ferch fitz
        fab i ibn il ka kwa l la las le les lo los lu mac mc mab nee ni nic o op os san
        sant st t te ten ter tot u ua ui un und v van vande vander vd ved verch von vom wa
        y z za zu zum zur
        """,
    )
)

_ALSO_NAMES: Final = frozenset(
    ("never", "not", "contact", "memorial", "departed", "refusal", "dim")
)
"""Words that stop all contact beside a name, and that some people are called."""

_EDGE = r"(?<![\w'’-])(?:{})(?![\w'’-])"

_CERTAIN_PATTERNS: Final = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for kind, words in CERTAIN
)

_DOUBTFUL_PATTERNS: Final = tuple(
    (kind, re.compile(_EDGE.format(words), re.IGNORECASE)) for kind, words in DOUBTFUL
)

_SIGNS: Final[tuple[tuple[NoteKind, re.Pattern[str]], ...]] = (
    (NoteKind.OTHER, re.compile(r"[(\[{<][^)\]}>]*[)\]}>]?|[)\]}>]")),
    # A dash that stands apart; one between two letters joins a name.
    (
        NoteKind.OTHER,
        re.compile(
            r"(?:(?:^|\s)[-\u2010\u2011\u2013\u2014]+(?=\s|\S)|[-\u2010\u2011\u2013\u2014]+(?=\s|$)|--)\s*\S*.*"
        ),
    ),
    (NoteKind.NUMBER, re.compile(r"\+?\d[\d\s]*\d?")),
    (NoteKind.SEVERAL_PEOPLE, re.compile(r"[&+]")),
    (NoteKind.DECEASED, re.compile(r"[†✝✞]")),
    (NoteKind.OTHER, re.compile(r"[/=*#@?!\":;|~_%£$€\\,“”„«»…^•]|(?<!\w)['‘][^'’]+['’](?!\w)")),
)


def printed_names(whose: Named) -> tuple[tuple[str, str], ...]:
    """Return each text that a letter may print as a name, with what it is called."""
    texts = ("name", whose.name), ("greeting", whose.salutation)
    return *texts, ("name in Latin letters", whose.name_in_latin)


def notes_beside(whose: Named) -> tuple[Note, ...]:
    """Return what is no part of a name, in each text that a letter may print as one."""
    return tuple(note for _, text in printed_names(whose) for note in notes_in(text))


def notes_in(name: str) -> tuple[Note, ...]:
    """Return what in a name is no part of it, what is certain first; empty for a plain name."""
    text = _cleaned(name)
    if _SIR_OR_MADAM.fullmatch(text):
        return ()
    text = _AFTER_A_COMMA.sub(" ", text).strip()
    doubts = () if _is_given_and_surname(text) else tuple(_doubts(text))
    found: list[Note] = []
    for note in (*_words(text), *_signs(text), *_shape(text), *doubts):
        if not any(note.words.casefold() in held.words.casefold() for held in found):
            found.append(note)
    return tuple(found)


def _is_given_and_surname(text: str) -> bool:
    """Say whether a name is two plain words: "Ann Risk" is called so, "Ann Lis Risk" may not be.

    Words of death and of nobody known count all the same.
    """
    words = text.split()
    plain = all(re.fullmatch(r"[^\W\d_]{2,}", word) for word in words)
    named = len(words) == 2 and plain and all(word.istitle() for word in words)
    weighty = any(
        pattern.search(text)
        for kind, pattern in _DOUBTFUL_PATTERNS
        if kind in {NoteKind.DECEASED, NoteKind.NO_NAME}
    )
    return named and not weighty and words[0].casefold() not in _TITLES


def _cleaned(name: str) -> str:
    """Return a name without invisible characters, and with letters written apart joined."""
    text = unicodedata.normalize("NFKC", re.sub("℅", "c/o", name))
    text = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc"} or c in "\n\t")
    text = re.sub(r"\s*\n\s*", "; ", text.strip())
    return re.sub(r"\b(?:\w[ .]){3,}\w\b", lambda m: re.sub(r"[ .]", "", m[0]), text)


def _words(text: str) -> Iterator[Note]:
    for kind, pattern in _CERTAIN_PATTERNS:
        for found in pattern.finditer(text):
            words = found[0].strip()
            yield Note(kind, words, may_be_a_name=_is_called_so(words, text))
    for word in re.findall(r"[^\W\d_]{6,}", text):
        if SequenceMatcher(None, word.casefold(), "deceased").ratio() >= _TOO_LIKE:
            yield Note(NoteKind.DECEASED, word)


def _is_called_so(words: str, text: str) -> bool:
    """Say whether words that stop all contact may be a surname: "Maria Memorial", "Jean Not"."""
    both = [word.casefold() for word in text.split()]
    other = [word for word in both if word not in _ALSO_NAMES]
    return words.casefold() in both and len(both) == 2 and len(other) == 1 and text.istitle()


def _signs(text: str) -> Iterator[Note]:
    for kind, pattern in _SIGNS:
        for found in pattern.finditer(text):
            yield Note(kind, found[0].strip())


def _doubts(text: str) -> Iterator[Note]:
    for kind, pattern in _DOUBTFUL_PATTERNS:
        for found in pattern.finditer(text):
            yield Note(kind, found[0].strip(), may_be_a_name=True)


def _shape(text: str) -> Iterator[Note]:
    """Find what reads as a sentence: a full stop within, small words among capitals, length."""
    words = text.split()
    for word in words[:-1]:
        bare = word.rstrip(".")
        ends = word.endswith(".") and "." not in bare
        if ends and len(bare) > 3 and bare.casefold() not in _ABBREVIATED:
            yield Note(NoteKind.OTHER, word)
    titles = {w.rstrip(".").casefold() for w in words} & {"mr", "mrs", "miss", "ms", "mx"}
    if len(titles) > 1:
        yield Note(NoteKind.SEVERAL_PEOPLE, " ".join(sorted(titles)))
    yield from _small_words(words)
    if _may_be_several(words):
        yield Note(NoteKind.SEVERAL_PEOPLE, text, may_be_a_name=True)
    if len(words) > _LONGEST_NAME:
        yield Note(NoteKind.OTHER, " ".join(words[_LONGEST_NAME:]), may_be_a_name=True)


def _small_words(words: list[str]) -> Iterator[Note]:
    """Find words without a capital beside those that have one."""
    if not any(word[:1].isupper() for word in words):
        return
    for word in words:
        bare = re.sub(r"['’]s?$", "", word)
        small = bare.islower() and bare.isalpha() and len(bare) > 1
        if small and _plain(bare) not in _PARTICLES | _TITLES | {"dr", "prof"}:
            yield Note(NoteKind.OTHER, word, may_be_a_name=True)


def _may_be_several(words: list[str]) -> bool:
    """Say whether names stand one after the other: too many for one person, or one twice."""
    named = [_plain(word) for word in words if word[:1].isupper() and word.isalpha()]
    named = [word for word in named if word not in _PARTICLES | _TITLES]
    is_twice = len(named) >= _SEVERAL - 2 and len(set(named)) < len(named)
    return is_twice or len(named) >= _SEVERAL


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in apart if not unicodedata.combining(c))
