"""How each letter of ``vcs/post/catalogue.py`` is made: its contents, its page, its version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from letters import wording
from letters.contents import Facts, InitialContact, initial_contact
from letters.contents import missing_facts as initial_contact_missing
from letters.press.fonts import check_printable
from vcs.errors import NotFound
from vcs.post.catalogue import INITIAL_CONTACT as INITIAL_CONTACT
from vcs.post.catalogue import letter
from vcs.terms import Language

_HERE: Final = Path(__file__).parent

_TEMPLATES: Final = _HERE / "templates"

ELEMENTS: Final = _HERE / "assets" / "elements.css"

STYLESHEET: Final = _HERE / "assets" / "letter.css"

Contents = InitialContact

"""What any letter of the catalogue is made of: with a second letter, a union."""


@dataclass(frozen=True, slots=True)
class Making:
    """How one letter is made. What it is for, and who approves it, says its row in ``vcs.post``."""

    contents: type[Contents]
    compose: Callable[[Language, Facts], Contents]
    missing: Callable[[Facts], tuple[str, ...]]


MAKING: Final[Mapping[str, Making]] = {
    INITIAL_CONTACT: Making(InitialContact, initial_contact, initial_contact_missing),
}


def _template(kind: str, language: Language) -> str:
    """Return a template's name below ``templates/``."""
    return f"{language}/{kind}.html.jinja"


def missing_facts(kind: str, facts: Facts) -> tuple[str, ...]:
    """Name in plain words the facts that block a letter; empty when nothing does."""
    return MAKING[letter(kind).kind].missing(facts)


def compose(kind: str, language: Language, facts: Facts) -> Contents:
    """Put a letter's contents together. Raises LetterRefused naming what is missing or wrong."""
    row = letter(kind)
    if language not in row.languages:
        raise NotFound("There is no letter of that kind in that language.")
    return MAKING[row.kind].compose(Language(language), facts)


def html(contents: Contents) -> str:
    """Return the letter as one HTML page for the press, every value in it as literal text.

    Raises LetterRefused naming the characters that cannot be printed and the lines that are too
    long for the window of the envelope.
    """
    check_printable(contents)
    kind = next(kind for kind, how in MAKING.items() if how.contents is type(contents))
    template = _environment().get_template(_template(kind, contents.language))
    return template.render(letter=contents)


@cache
def template_version(kind: str, language: Language) -> str:
    """Return the version of a letter's wording and layout, a hash of the files it is made of."""
    files = (
        _TEMPLATES / "letter.html.jinja",
        _TEMPLATES / _template(letter(kind).kind, Language(language)),
        ELEMENTS,
        STYLESHEET,
        _HERE / "wording.py",
    )
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
    return f"{kind}-{language}-{digest[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = wording.day
    return environment
