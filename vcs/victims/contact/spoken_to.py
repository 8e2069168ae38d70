"""Whether words for who was spoken to are surely for one person, for nobody, or unsure. Pure.

The answer leans to *unsure*: whoever writes can always enter the person's own name, and nobody can
take back that somebody was told who was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vcs.victims.same_person import name_parts


@dataclass(frozen=True, slots=True)
class Called:
    """What a person is called, titles and all. ``speaker`` is the name of who speaks for them."""

    names: tuple[str, ...]
    speaker: str = ""


class _Sex(StrEnum):
    WOMAN = "woman"
    MAN = "man"


_TITLES: Final = {
    **dict.fromkeys(("mrs", "miss", "ms", "lady", "dame"), _Sex.WOMAN),
    **dict.fromkeys(("mr", "sir", "lord", "master"), _Sex.MAN),
    **dict.fromkeys(("mx", "dr", "doctor", "prof", "professor", "rev", "revd", "reverend"), None),
}

_OF_A_SEX: Final = {
    **dict.fromkeys(("she", "her", "herself"), _Sex.WOMAN),
    **dict.fromkeys(("he", "him", "himself"), _Sex.MAN),
}

_SELF: Final = frozenset(("herself", "himself", "themself", "themselves", "self"))

_THE_PERSON: Final = frozenset(("the", "victim"))

_RELATIONS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        husband wife hubby spouse partner boyfriend girlfriend fiance fiancee ex mother mum mam
        mummy mom father dad daddy parent parents son sons daughter daughters child children kid
        kids brother sister sibling aunt auntie aunty uncle niece nephew cousin gran granny nan
        nana nanna grandma grandmother grandad granddad grandpa grandfather grandson granddaughter
        stepmother stepfather stepson stepdaughter stepdad stepmum inlaw relative relation family
        household widow widower friend mate neighbour neighbor flatmate housemate roommate lodger
        landlord landlady carer colleague boss manager secretary receptionist solicitor guardian
        man woman lady gentleman bloke girl boy somebody someone
        gwr wraig gwraig cariad mam fam dad tad thad mab fab merch ferch brawd frawd chwaer modryb
        ewythr nain mamgu taid tadcu nai nith cefnder cyfnither ffrind cymydog cymdoges teulu
        plentyn phlentyn blentyn plant phartner bartner rhiant
        """,
    )
)
"""Words for somebody beside the person, in English and in Welsh, without accents."""

_NOBODY: Final = re.compile(
    r"\bvoice\s?-?mail|\banswer(?:ing|ed)?[\s-]?(?:phone|machine|service)|\bmachine\b"
    r"|\bno(?:body|\s?-?\s?one|ne|t)\b|\bno\s+(?:answer|reply|response)|^\W*no\W*$|\bn/a\b"
    r"|\b(?:left|leave|leaving)\b|\bmessage\s+(?:with|on)\b|n['’]t\b|\brang\s+out|\bhung\s+up"
    r"|\bunavailable|\bengaged\s+tone|\bwrong\s+number|\bneb\b|\bneges\b|\bpeiriant|\blleisbost"
    r"|\bdim\s+ateb",
    re.IGNORECASE,
)
"""Words for a machine, a message or nobody: whoever else is named, the person did not answer."""

_MARK: Final = (
    r"[,;&+(){}\[\]/:]|\s[-\u2013\u2014]+\s|\u2014"
    r"|\b(?:and|with|by|on|at|through|via|ac|a['’]i|gyda|efo|drwy|trwy|ar)\b"
)

_BESIDE: Final = re.compile(rf"((?:\s*(?:{_MARK})\s*)+)", re.IGNORECASE)

_TOGETHER: Final = re.compile(
    r"[&+]|\b(?:and|with|by|on|at|ac|a['’]i|gyda|efo|ar)\b", re.IGNORECASE
)
"""What joins two who were both there, or the way that was used; a comma explains who it was."""

_WORD: Final = re.compile(r"[^\W\d_]+")


def names_nobody(spoke_to: str) -> bool:
    """Say whether words are for a machine, a message left, or that nobody answered."""
    return _NOBODY.search(spoke_to) is not None


def was_spoken_to(spoke_to: str, called: Called) -> bool:
    """Say whether words for who was spoken to are surely for a person, or for who speaks for them.

    "Nia", "Nia Example", "Ms Example" as we greet her, "herself" and "Nia, with her mother" are.
    "Mr Example, her husband", a surname alone, "him" for anybody whom we call Ms, and a voicemail
    are not.
    """
    if names_nobody(spoke_to):
        return False
    person = _Person.of(called.names)
    if _is_in(spoke_to, person, may_be_kin=False):
        return True
    return bool(called.speaker) and _is_in(spoke_to, _Person.of((called.speaker,)), may_be_kin=True)


def is_named_party(spoke_to: str, named: str) -> bool:
    """Say whether words may be for somebody who is named, by a name or as a relation."""
    said, held = (set(_plain_words(text)) - _TOO_LITTLE for text in (spoke_to, named))
    same = {_ALSO.get(one, one) for one in said} & {_ALSO.get(one, one) for one in held}
    return not names_nobody(spoke_to) and bool(same)


_TOO_LITTLE: Final = frozenset(("her", "his", "their", "the", "a", "an", "of", "at", *_TITLES))

_ALSO: Final = {
    **dict.fromkeys(("mum", "mam", "mummy", "mom", "fam"), "mother"),
    **dict.fromkeys(("dad", "daddy", "tad", "thad"), "father"),
    **dict.fromkeys(("gran", "granny", "nan", "nana", "nanna", "grandma", "nain"), "grandmother"),
    **dict.fromkeys(("chwaer",), "sister"),
    **dict.fromkeys(("brawd", "frawd"), "brother"),
}


@dataclass(frozen=True, slots=True)
class _Person:
    """The words that a person is called by, in the form in which two spellings are equal."""

    parts: frozenset[str]
    forenames: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def of(cls, names: Sequence[str]) -> _Person:
        """Read the words of some names of one person."""
        read = [_Name.of(name) for name in names if name.strip()]
        surnames = {part for one in read for part in one.surname}
        forenames = {part for one in read for part in one.forename}
        only = {part for one in read if not one.surname for part in one.forename}
        both = frozenset(forenames - (only & surnames))
        parts = frozenset(part for one in read for part in one.parts)
        return cls(parts, both, frozenset(title for one in read for title in one.titles))

    @property
    def sexes(self) -> frozenset[_Sex]:
        """Return what their titles say of them; nothing where they have none."""
        return _sexes(self.titles)


@dataclass(frozen=True, slots=True)
class _Name:
    titles: frozenset[str]
    parts: tuple[str, ...]
    forename: tuple[str, ...]
    surname: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> _Name:
        """Read one name: a title before one word makes that a surname."""
        words = name.split()
        titles = frozenset(word for word in _plain_words(name) if word in _TITLES)
        named = [word for word in words if name_parts(word) and _bare(word) not in _TITLES]
        is_surname = bool(titles) and len(named) == 1
        first, rest = ([], named) if is_surname else (named[:1], named[1:])
        return cls(titles, name_parts(name), _all_parts(first), _all_parts(rest))


def _all_parts(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for word in words for part in name_parts(word))


def _bare(word: str) -> str:
    return word.strip(".,").casefold()


def _plain_words(text: str) -> list[str]:
    """Return every word of a text, titles too, without accents and apostrophes."""
    plain = " ".join(_WORD.findall(re.sub("['\u2019\u2018`]", "", text)))
    return [part for word in plain.split() for part in name_parts(word) or (word.casefold(),)]


def _sexes(titles: frozenset[str]) -> frozenset[_Sex]:
    return frozenset(sex for title in titles if (sex := _TITLES[title]))


def _is_in(spoke_to: str, person: _Person, *, may_be_kin: bool) -> bool:
    """Say whether a person is sure to be among those in some words, by name and by themselves."""
    parts = list(_parts(spoke_to))
    if not may_be_kin and any(_is_another(words, person) for words, joined in parts if not joined):
        return False
    return any(_is_them(words, person) for words, _ in parts)


def _parts(spoke_to: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the words of each part, and whether it is of somebody or something beside the rest."""
    text = re.sub(r"\bin[\s-]law\b", "inlaw", spoke_to, flags=re.IGNORECASE)
    pieces = _BESIDE.split(text)
    ends = ["", *pieces[1::2], ""]
    for at, piece in enumerate(pieces[::2]):
        if words := _plain_words(piece):
            beside = ends[at], ends[at + 1]
            yield words, any(_TOGETHER.search(mark) for mark in beside)


def _is_another(words: Sequence[str], person: _Person) -> bool:
    """Say whether words are of a relation, or have a title or a pronoun that cannot be theirs."""
    relations = (set(words) & _RELATIONS) - person.parts
    return bool(relations) or _cannot_be(words, person)


def _cannot_be(words: Sequence[str], person: _Person) -> bool:
    titles = frozenset(word for word in words if word in _TITLES)
    said = _sexes(titles) | {_OF_A_SEX[word] for word in words if word in _OF_A_SEX}
    return bool(said and person.sexes and not said & person.sexes)


def _is_them(words: Sequence[str], person: _Person) -> bool:
    if _cannot_be(words, person):
        return False
    titles = {word for word in words if word in _TITLES}
    named = {word for word in words if word not in _TITLES}
    if named <= _THE_PERSON and "victim" in named:
        return True
    if not titles and len(named) == 1 and (pronoun := next(iter(named))) not in person.parts:
        is_known = _OF_A_SEX.get(pronoun) in person.sexes
        return pronoun in _SELF or (pronoun in _OF_A_SEX and is_known)
    if not named or not named - _SELF <= person.parts:
        return False
    return bool(named & person.forenames) or bool(named - _SELF and titles & person.titles)
