"""Whether the words of a letter to others may go: nobody in it but whom its row allows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from vcs.post.catalogue import letter as row_of
from vcs.post.language.wording import whose_letter
from vcs.post.lint.check import lint, words_of
from vcs.post.lint.findings import Finding, FindingKind, Whose
from vcs.post.lint.names import whole_names
from vcs.post.others.about import About
from vcs.post.rows.policy import Forbidden
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, shown
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.victims.person import Person, opened, shown_person
from vcs.victims.records import Victim
from vcs.victims.telling.home import holds_line, holds_postcode
from vcs.victims.telling.reached import holds_email, holds_phone

_NAMES_HER = "this names a victim, and a letter of this kind must not. Take it out."

_FINDS_HER = "this is where a victim can be reached, and this letter must not say it. Take it out."


def findings_in_other(about: About, kind: str, words: tuple[str, str]) -> tuple[Finding, ...]:
    """Return everything that is wrong with the words of a letter as it would be made now.

    ``words`` are what the letter is made of, and all of it in plain words.
    """
    found = [*lint(words_of(*words), _whose(about, kind)), *_named(about, kind, words[1])]
    return tuple(dict.fromkeys(found))


def _whose(about: About, kind: str) -> Whose:
    if about.victim is not None:
        return whose_letter(about.session, about.sealer, kind, about.victim)
    own = sentences_of_offender(about.session, about.sealer, about.sentence)
    offenders = (shown(about.sealer.open_text, one.offender_name, "") for one in own)
    return Whose(
        row_of(kind),
        "",
        "",
        (),
        about.subject,
        "",
        tuple(dict.fromkeys(_names(about))),
        tuple(dict.fromkeys(filter(None, offenders))),
    )


def _named(about: About, kind: str, text: str) -> Iterator[Finding]:
    """Yield each victim's name and address that stand anywhere in a letter that must not say them.

    Nobody lets these pass: they are looked for in every word of the finished letter.
    """
    forbidden = row_of(kind).forbidden
    for person in _people(about):
        may_name = about.victim is not None and person.name == _own_name(about)
        if not may_name or Forbidden.VICTIM_NAME in forbidden:
            for name in whole_names(text, [person.name], ""):
                yield Finding(FindingKind.OTHER_VICTIM, name, _NAMES_HER, Forbidden.VICTIM_NAME)
        if not may_name or Forbidden.VICTIM_ADDRESS in forbidden:
            for line in _where(person, text):
                what = Forbidden.VICTIM_ADDRESS
                yield Finding(FindingKind.OTHER_VICTIM, line, _FINDS_HER, what)


def _own_name(about: About) -> str:
    return opened(about.sealer, about.victim.person).name if about.victim else ""


def _where(person: Person, text: str) -> Iterator[str]:
    """Yield what a text has of a place: the first line, the postcode, phone and email."""
    for held, holds in (
        (next(iter(person.lines), ""), holds_line),
        (person.postcode, holds_postcode),
        (person.phone, holds_phone),
        (person.email, holds_email),
    ):
        if held and holds(text, held):
            yield held


def _people(about: About) -> Iterator[Person]:
    for victim in about.victims:
        person = shown_person(about.sealer, victim.person)
        if person.name != UNOPENED:
            yield opened(about.sealer, victim.person)


def _names(about: About) -> Iterator[str]:
    """Yield the names of every victim in a case of the offender."""
    own = sentences_of_offender(about.session, about.sealer, about.sentence)
    keys = {one.case_key for one in own if one.case_key}
    beside = select(Sentence.id).where(col(Sentence.case_key).in_(keys))
    query = (
        select(Victim)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(Referral.sentence_id).in_([one.id for one in own])
            | col(Referral.sentence_id).in_(beside)
        )
    )
    for one in about.session.exec(query):
        name = shown_person(about.sealer, one.person).name
        if name != UNOPENED:
            yield name
