"""Each letter: its purpose, the duty it discharges, its languages, who approves it.

To add a letter, add a row here, a dataclass in ``contents.py`` and a template per language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
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
from vcs.law.duties import FIRST_CONTACT
from vcs.terms import Language, Role

_HERE: Final = Path(__file__).parent

_TEMPLATES: Final = _HERE / "templates"

ELEMENTS: Final = _HERE / "assets" / "elements.css"

STYLESHEET: Final = _HERE / "assets" / "letter.css"

Contents = InitialContact

"""What any letter of the catalogue is made of: with a second letter, a union."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One row. ``duty`` is the id of the duty that approving it meets, in ``vcs.law.duties``."""

    kind: str
    purpose: str
    duty: str | None
    languages: tuple[Language, ...]
    approved_by: tuple[Role, ...]
    contents: type[Contents]
    compose: Callable[[Language, Facts], Contents]
    missing: Callable[[Facts], tuple[str, ...]]

    def template(self, language: Language) -> str:
        """Return the template's name below ``templates/``."""
        return f"{language}/{self.kind}.html.jinja"


INITIAL_CONTACT: Final = "initial-contact"

CATALOGUE: Final[tuple[Letter, ...]] = (
    Letter(
        kind=INITIAL_CONTACT,
        purpose="Invite the victim to join the Victim Contact Scheme and offer a visit",
        duty=FIRST_CONTACT,
        languages=(Language.ENGLISH, Language.WELSH),
        approved_by=(Role.VLO, Role.MANAGER),
        contents=InitialContact,
        compose=initial_contact,
        missing=initial_contact_missing,
    ),
)


def letter(kind: str) -> Letter:
    """Return the row for a kind of letter. Raises NotFound for a kind there is none of."""
    row = next((row for row in CATALOGUE if row.kind == kind), None)
    if row is None:
        raise NotFound("There is no letter of that kind.")
    return row


def missing_facts(kind: str, facts: Facts) -> tuple[str, ...]:
    """Name in plain words the facts that block a letter; empty when nothing does."""
    return letter(kind).missing(facts)


def compose(kind: str, language: Language, facts: Facts) -> Contents:
    """Put a letter's contents together. Raises LetterRefused naming what is missing or wrong."""
    row = letter(kind)
    if language not in row.languages:
        raise NotFound("There is no letter of that kind in that language.")
    return row.compose(Language(language), facts)


def html(contents: Contents) -> str:
    """Return the letter as one HTML page for the press, every value in it as literal text.

    Raises LetterRefused naming the characters that cannot be printed and the lines that are too
    long for the window of the envelope.
    """
    check_printable(contents)
    row = next(row for row in CATALOGUE if row.contents is type(contents))
    return _environment().get_template(row.template(contents.language)).render(letter=contents)


@cache
def template_version(kind: str, language: Language) -> str:
    """Return the version of a letter's wording and layout, a hash of the files it is made of."""
    files = (
        _TEMPLATES / "letter.html.jinja",
        _TEMPLATES / letter(kind).template(Language(language)),
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
