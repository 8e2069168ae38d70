"""How each letter of ``vcs/post/catalogue.py`` is made: its contents, its page, its version."""

from __future__ import annotations

import hashlib
from dataclasses import make_dataclass
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from letters import plain_text
from letters.despatch import scanning
from letters.language import mutations, wording
from letters.language.translations import SHARED, welsh, welsh_file
from letters.making import contents as made
from letters.making.contents import Contents, Part, Wanted
from letters.making.given import Facts
from letters.press.typefaces.fonts import WINDOW_WIDTH_MM, check_printable, width_mm
from vcs.errors import NotFound
from vcs.post.catalogue import INITIAL_CONTACT as INITIAL_CONTACT
from vcs.post.catalogue import Addressee, letter
from vcs.post.rows.policy import LetterPolicy
from vcs.terms import Language, LetterFormat, LetterLanguage

_HERE: Final = Path(__file__).parent

TEMPLATES: Final = _HERE / "templates"

ELEMENTS: Final = _HERE / "assets" / "elements.css"

_PAGE: Final = "layout/page.html.jinja"

_WINDOW_SIZES: Final = MappingProxyType({3: 18, 4: 16, 5: 14, 6: 12})
"""Points of type in the window of a large print letter, by its lines; what is longer gets less."""

_HELP_LINE: Final = "08 08 16 89 111"

_UNBROKEN: Final = _HELP_LINE.replace(" ", "\N{NO-BREAK SPACE}")


def folder_of(row: LetterPolicy, form: LetterFormat) -> str:
    """Return the folder of a letter's template: plain text is made of the standard letter."""
    if row.to is not Addressee.CONTACT:
        return "others"
    return "easy_read" if form is LetterFormat.EASY_READ else "standard"


def layout_of(folder: str) -> str:
    """Return the name of the layout that the templates of a folder extend."""
    name = {"standard": "letter", "easy_read": "easy_read", "others": "others"}[folder]
    return f"layout/{name}.html.jinja"


def template_of(row: LetterPolicy, form: LetterFormat) -> str:
    """Return the name of a letter's template below ``templates/``."""
    return f"{folder_of(row, form)}/{row.kind}.html.jinja"


def missing_facts(
    kind: str,
    facts: Facts,
    language: LetterLanguage | Language = Language.ENGLISH,
    form: LetterFormat = LetterFormat.STANDARD,
) -> tuple[str, ...]:
    """Name in plain words the facts that block a letter; empty when nothing does."""
    return made.missing_facts(facts, Wanted(kind, language, form))


def compose(
    kind: str,
    language: LetterLanguage | Language,
    facts: Facts,
    form: LetterFormat = LetterFormat.STANDARD,
) -> Contents:
    """Put a letter's contents together. Raises LetterRefused naming what is missing or wrong."""
    return made.compose(Wanted(kind, language, form), facts)


def html(contents: Contents, *, is_preview: bool = False, is_training: bool = False) -> str:
    """Return the letter as one HTML page for the press, every value in it as literal text.

    A preview says on each of its pages that it is one, and so does what is made in training.

    Raises LetterRefused naming the characters that cannot be printed and the lines that are too
    long for the window of the envelope, NoWelsh where a part of it has no Welsh.
    """
    for part in () if contents.format is LetterFormat.TEXT else contents.parts:
        check_printable(_as_dataclass(contents, part))
    pieces = [_piece(contents, number) for number in range(len(contents.parts))]
    return (
        environment_of(contents.parts[0].language)
        .get_template(_PAGE)
        .render(
            language=contents.parts[0].language,
            form=contents.format,
            is_preview=is_preview,
            is_training=is_training,
            title=("Preview: " if is_preview else "")
            + " / ".join(dict.fromkeys(title for title, _ in pieces)),
            pieces=[piece for _, piece in pieces],
        )
    )


def text(contents: Contents) -> str:
    """Return the letter as plain text, to be mailed, read aloud, or read by a screen reader."""
    return plain_text.of_page(html(contents))


@cache
def template_version(
    kind: str,
    language: LetterLanguage | Language,
    form: LetterFormat = LetterFormat.STANDARD,
) -> str:
    """Return the version of a letter's wording, a hash of the files its words are in."""
    row, spoken = letter(kind), LetterLanguage(language)
    template = template_of(row, form)
    files = [TEMPLATES / template, TEMPLATES / layout_of(folder_of(row, form))]
    files += [_HERE / "language" / "wording.py"]
    if Language.WELSH in spoken.parts:
        files += [welsh_file(row.kind), welsh_file(SHARED)]
    if form is LetterFormat.TEXT:
        files += [_HERE / "plain_text.py"]
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
    return f"{row.kind}-{spoken}-{form}-{digest[:12]}"


def _piece(contents: Contents, number: int) -> tuple[str, Markup]:
    """Return the title and the page of one language of a letter."""
    row, part = letter(contents.kind), contents.parts[number]
    template = _template(part.language, template_of(row, contents.format))
    given = {
        "f": SimpleNamespace(**part.facts),
        "who": part.facts.get("standing"),
        "kind": row.kind,
        "language": part.language,
        "contact_goes_on": row.contact_goes_on,
        "window": contents.window if number == 0 else (),
        "goes_by_post": number == 0 and contents.format is not LetterFormat.TEXT,
        "is_text": contents.format is LetterFormat.TEXT,
        "window_size": _window_size(contents),
        "in_one_language": len(contents.parts) == 1,
        "english_follows": number == 0 and len(contents.parts) > 1,
    }
    # Safe: made by the letter's own template, which escapes every value.
    page = Markup(template.render(given).replace(_HELP_LINE, _UNBROKEN))  # noqa: S704
    title = "".join(template.blocks["title"](template.new_context(given)))
    return Markup(title).unescape(), page  # noqa: S704


def _window_size(contents: Contents) -> int:
    """Return the points of type in the window: as large as the envelope allows in large print.

    0 is the size of every other letter.
    """
    if contents.format is not LetterFormat.LARGE_PRINT:
        return 0
    sizes = (18, 16, 14, 12)
    most = _WINDOW_SIZES.get(len(contents.window), 0)
    fit = (pt for pt in sizes if pt <= most and _widest_mm(contents, pt) <= WINDOW_WIDTH_MM)
    return next(fit, 0)


def _widest_mm(contents: Contents, type_pt: int) -> float:
    return max((width_mm(line, type_pt) for line in contents.window), default=0.0)


def _as_dataclass(contents: Contents, part: Part) -> object:
    """Return a part as the check of its characters takes it: one field for each fact."""
    values = {"window": contents.window, **part.facts}
    return _shape_of(tuple(values))(**values)


@cache
def _shape_of(facts: tuple[str, ...]) -> type:
    """Make the class for facts of these names, once: it takes a fifth as long as a whole page."""
    return make_dataclass("Facts", facts)


@cache
def _template(language: Language, name: str) -> Template:
    return environment_of(language).get_template(name)


@cache
def environment_of(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals["gettext"] = _WORDS[language]
    environment.globals["code"] = scanning.code
    environment.filters["day"] = partial(wording.day, language=language)
    environment.filters["month"] = partial(wording.month, language=language)
    for mutate in (mutations.soft, mutations.nasal, mutations.aspirate):
        environment.filters[mutate.__name__] = mutate
    return environment


def _filled(context: Context, words: str, variables: dict[str, Any]) -> str:
    """Put values into a message: each escaped, as in the rest of the page."""
    filled = Markup(words) if context.eval_ctx.autoescape else words  # noqa: S704
    return filled % variables


@pass_context
def _english(context: Context, message: str, /, **variables: Any) -> str:
    return _filled(context, message, variables)


@pass_context
def _welsh(context: Context, message: str, /, **variables: Any) -> str:
    return _filled(context, welsh(context["kind"], message), variables)


_WORDS: Final = MappingProxyType({Language.ENGLISH: _english, Language.WELSH: _welsh})

__all__ = ["INITIAL_CONTACT", "Contents", "NotFound", "compose", "html", "missing_facts", "text"]
