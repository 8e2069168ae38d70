"""Whether templates and message catalogues agree, in both directions: run by tests and by hand.

``python -m letters.agreement`` lists every message without Welsh, every Welsh of a message that no
template has, and every value that Welsh words name and a template does not give.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from jinja2 import nodes

from letters.catalogue import TEMPLATES, environment_of, template_of
from letters.language.translations import SHARED, catalogue_of, welsh_file
from vcs.post.catalogue import CATALOGUE, Addressee
from vcs.post.rows.policy import LetterPolicy
from vcs.terms import Language, LetterFormat

_LAYOUTS: Final = ("letter", "easy_read", "others")

_PLACE: Final = re.compile(r"%\((\w+)\)s")

Messages = Mapping[str, frozenset[str]]


def messages_of(template: str) -> Messages:
    """Return the messages of a template, each with the values that it gives its translation."""
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for call in environment_of(Language.ENGLISH).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "gettext":
            words = call.args[0]
            if isinstance(words, nodes.Const):
                found[words.value] = frozenset(given.key for given in call.kwargs)
    return found


def templates_of(row: LetterPolicy) -> tuple[str, ...]:
    """Return the templates of a letter: one for each form that has words of its own."""
    forms = (LetterFormat.STANDARD, LetterFormat.EASY_READ)
    wanted = forms if row.to is Addressee.CONTACT else forms[:1]
    return tuple(template_of(row, form) for form in wanted)


def problems() -> Iterator[str]:
    """Give each disagreement in words."""
    shared: dict[str, frozenset[str]] = {}
    for layout in _LAYOUTS:
        shared |= messages_of(f"layout/{layout}.html.jinja")
    yield from _compared(SHARED, shared)
    for row in CATALOGUE:
        yield from _of_letter(row, shared)


def _of_letter(row: LetterPolicy, shared: Messages) -> Iterator[str]:
    held: dict[str, frozenset[str]] = {}
    for template in templates_of(row):
        if (TEMPLATES / template).exists():
            held |= messages_of(template)
        else:
            yield f"{row.kind}: there is no {template}"
    own = {words: values for words, values in held.items() if words not in shared}
    yield from _compared(row.kind, {**own, **_translated_again(row.kind, held)})


def _translated_again(kind: str, held: Messages) -> Messages:
    """Return shared messages that a letter has its own Welsh for."""
    path = welsh_file(kind)
    again = {str(one.id) for one in catalogue_of(path)} if path.exists() else set()
    return {words: values for words, values in held.items() if words in again}


def _compared(kind: str, wanted: Messages) -> Iterator[str]:
    path = welsh_file(kind)
    if not path.exists():
        yield f"{kind}: there is no {path.name}"
        return
    held = {str(one.id): one for one in catalogue_of(path) if one.id}
    for words in wanted.keys() - held.keys():
        yield f"{kind}: no Welsh for “{words}”"
    for words in held.keys() - wanted.keys():
        yield f"{kind}: no template says “{words}”"
    for words in wanted.keys() & held.keys():
        welsh = str(held[words].string)
        if not welsh or held[words].fuzzy:
            yield f"{kind}: the Welsh is not finished for “{words}”"
        if unknown := set(_PLACE.findall(welsh)) - wanted[words]:
            yield f"{kind}: the Welsh of “{words}” names {', '.join(sorted(unknown))}"


if __name__ == "__main__":
    found = sorted(problems())
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.exit(bool(found))
