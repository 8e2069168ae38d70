"""A victim's address or number beside all that courts tie to anybody in the offender's cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.referrals.records import Referral
from vcs.sealing import Sealer, shown
from vcs.sentences.court_addresses import CourtAddress, court_addresses, court_numbers
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.terms import FoundBy
from vcs.victims.person import Person, mailbox_of
from vcs.victims.places.comparing import Sameness, compare_places
from vcs.victims.places.reading import Place, read_place, read_places
from vcs.victims.places.same_place import comparable, in_todays_form
from vcs.victims.records import AddressAnswer, AddressFinding, Victim
from vcs.victims.same_person import numbers_in


@dataclass(frozen=True, slots=True)
class Match:
    """One address of a court that is, or may be, a victim's. Never ``DIFFERENT``."""

    court: CourtAddress
    sameness: Sameness

    @property
    def form(self) -> str:
        """Return what the court told in the one form in which a spelling of it is known again."""
        return form_of_lines(self.court.lines, self.court.code, self.court.found_by)


@dataclass(frozen=True, slots=True)
class Answered:
    """What managers found: what of the court's was answered about, is elsewhere, or is safe."""

    about: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    safe: frozenset[str] = frozenset()


def matches(
    session: Session, sealer: Sealer, own: Sequence[Sentence], person: Person
) -> tuple[Match, ...]:
    """Return every address of the court that is, or may be, a person's; ``PERHAPS`` for sealed.

    ``own`` are all sentences of the offender. One that cannot be opened may be the same.
    """
    if not person.lines:
        return ()
    here = read_place(person.where, person.postcode)
    return tuple(_compared(here, court_addresses(session, sealer, own)))


def _compared(here: Place, addresses: Iterable[CourtAddress]) -> Iterable[Match]:
    for address in addresses:
        found = Sameness.PERHAPS
        if address.is_open:
            there = read_places(address.lines, address.code)
            found = _most_alike(compare_places(here, one) for one in there)
        if found is not Sameness.DIFFERENT:
            yield Match(address, found)


def _most_alike(found: Iterable[Sameness]) -> Sameness:
    said = set(found)
    return next(one for one in Sameness if one in said)


def matches_of(
    session: Session, sealer: Sealer, sentence: Sentence, person: Person
) -> tuple[Match, ...]:
    """Return the matches of a person in the referral of one sentence."""
    return matches(session, sealer, sentences_of_offender(session, sealer, sentence), person)


def matches_in_referral(work: Work, referral: Referral, person: Person) -> tuple[Match, ...]:
    """Return the matches of a person in a referral."""
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    return matches_of(work.session, work.sealer, sentence, person)


def answers_about(session: Session, person_id: int) -> list[AddressAnswer]:
    """Return what managers answered about a person's addresses, in any referral, oldest first."""
    query = (
        select(AddressAnswer)
        .join(Victim, col(Victim.id) == col(AddressAnswer.victim_id))
        .where(Victim.person_id == person_id)
        .order_by(col(AddressAnswer.id))
    )
    return list(session.exec(query))


def answered(
    session: Session,
    sealer: Sealer,
    person_id: int,
    person: Person,
    found_by: FoundBy = FoundBy.ADDRESS,
) -> Answered:
    """Return what managers answered about the address, or number, that a person has now."""
    hers = form_of_hers(person, found_by)
    latest: dict[str, AddressFinding] = {}
    for one in answers_about(session, person_id):
        held = shown(sealer.open_json, one.sealed, None)
        if held is not None and as_kept(held["hers"], found_by) == hers:
            finding = AddressFinding(one.finding)
            latest |= {as_kept(form, found_by): finding for form in held["theirs"]}
    return Answered(
        frozenset(latest),
        frozenset(one for one, said in latest.items() if said is AddressFinding.ANOTHER_PLACE),
        frozenset(one for one, said in latest.items() if said is not AddressFinding.SAME_NOT_SAFE),
    )


def holding(found: Iterable[Match], held: Answered) -> tuple[Match, ...]:
    """Return the matches that hold a letter.

    One that may be the same place no longer does once a manager found that it is another. One
    that is the same is asked about for each letter, whatever was answered.
    """
    return tuple(
        match
        for match in found
        if match.sameness is Sameness.SAME
        or not match.court.is_open
        or match.form not in held.elsewhere
    )


def marks_of(sealer: Sealer, person: Person, found: Iterable[Match]) -> tuple[str, ...]:
    """Return a keyed digest of a person's address beside each of some addresses of the court.

    A form carries them, so that an answer is about what was there to be seen, and no more.
    """
    newest = (next(iter(_marks(sealer, person, match))) for match in found if match.court.is_open)
    return tuple(sorted(set(newest)))


def seen_among(
    sealer: Sealer, person: Person, found: Iterable[Match], marks: Collection[str]
) -> tuple[Match, ...]:
    """Return the matches that some marks name, as the person's address is now."""
    given = set(marks)
    return tuple(one for one in found if not given.isdisjoint(_marks(sealer, person, one)))


def _marks(sealer: Sealer, person: Person, match: Match) -> list[str]:
    hers = form_of_hers(person, match.court.found_by)
    said = sealer.digests(f"seen beside each other: {hers} | {match.form}")
    return [digest[:_MARK] for digest in said.values()]


_MARK = 20
"""Characters of a digest."""


def subject_of(person: Person, found: Iterable[Match]) -> str:
    """Return what a decision about a letter is about: another address of a court ends it.

    So does that the offender himself lives by now where somebody else of the case did, or where
    he did once.
    """
    hers = comparable(person.where, person.postcode)
    return " | ".join((hers, *sorted({_as_decided(match) for match in found})))


def _as_decided(match: Match) -> str:
    lives_there = match.court.is_offenders and match.court.is_latest
    return f"{match.form} (the offender now)" if lives_there else match.form


def keep_answer(
    work: Work,
    victim: Victim,
    task_id: int,
    compared: tuple[str, Iterable[Match]],
    said: tuple[AddressFinding, str],
) -> None:
    """Keep a manager's answer with what it is about: a person's own form, and the court's."""
    hers, found = compared
    finding, reason = said
    told = {
        "hers": hers,
        "theirs": sorted({match.form for match in found if match.court.is_open}),
        "reason": reason.strip(),
    }
    work.session.add(
        AddressAnswer(
            victim_id=victim.id,
            task_id=task_id,
            finding=finding,
            sealed=work.sealer.seal_json(told),
            answered_at=work.now,
            answered_by=work.actor.account_id,
        )
    )


def form_of_hers(person: Person, found_by: FoundBy) -> str:
    """Return a person's own in one form; "" where none is held."""
    if found_by is FoundBy.PHONE:
        return _named(found_by, numbers_in(person.phone))
    if found_by is FoundBy.EMAIL:
        return _named(found_by, (mailbox_of(person),))
    return comparable(person.where, person.postcode)


def form_of_lines(lines: Sequence[str], code: str, found_by: FoundBy) -> str:
    """Return what a court told in the same form."""
    if found_by is FoundBy.PHONE:
        return _named(found_by, numbers_in(" ".join(lines)))
    if found_by is FoundBy.EMAIL:
        return _named(found_by, ("".join("".join(lines).split()).casefold(),))
    return comparable(lines, code)


def kind_of_form(form: str) -> FoundBy:
    """Return what a form is of. One that cannot be opened is an address: most are."""
    said = form.partition(": ")[0]
    return next((one for one in (FoundBy.PHONE, FoundBy.EMAIL) if said == one), FoundBy.ADDRESS)


def as_kept(form: str, found_by: FoundBy) -> str:
    """Return a form that was kept with an answer as today's program would have kept it."""
    return in_todays_form(form) if found_by is FoundBy.ADDRESS else form


def _named(found_by: FoundBy, forms: Sequence[str]) -> str:
    """Return a form that begins with its kind, so that it is equal to no address."""
    said = " ".join(sorted(one for one in forms if one))
    return f"{found_by}: {said}" if said else ""


@dataclass(frozen=True, slots=True)
class Tie:
    """That a court ties somebody's number or mailbox to the offender's side, so it is not used.

    ``not_safe`` says that a manager found so; otherwise nobody has decided yet.
    """

    found_by: FoundBy
    not_safe: bool


def number_matches(
    session: Session, sealer: Sealer, own: Sequence[Sentence], person: Person, found_by: FoundBy
) -> tuple[Match, ...]:
    """Return what courts tell that is a person's number or mailbox; ``PERHAPS`` for sealed.

    ``own`` are all sentences of the offender.
    """
    if not form_of_hers(person, found_by):
        return ()
    told = court_numbers(session, sealer, own, found_by)
    found = (Match(one, Sameness.SAME if one.is_open else Sameness.PERHAPS) for one in told)
    hers = _each(form_of_hers(person, found_by))
    return tuple(one for one in found if not one.court.is_open or hers & _each(one.form))


def _each(form: str) -> set[str]:
    return set(form.partition(": ")[2].split())


def tie_of(
    session: Session,
    sealer: Sealer,
    own: Sequence[Sentence],
    whose: tuple[int, Person],
    found_by: FoundBy,
) -> Tie | None:
    """Return why a person's number or mailbox is not used; None where nothing is known against it.

    ``whose`` are the id of a person's record and the person. Once a manager has found, about each
    match, that it may be used, it may.
    """
    person_id, person = whose
    found = number_matches(session, sealer, own, person, found_by)
    if not found:
        return None
    known = answered(session, sealer, person_id, person, found_by)
    held = [one for one in found if not one.court.is_open or one.form not in known.safe]
    if not held:
        return None
    return Tie(found_by, not_safe=any(one.form in known.about for one in held))
