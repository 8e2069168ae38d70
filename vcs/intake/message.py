"""One court message as read: what it is, and who was sentenced to what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.terms import Finding, FoundBy

READ = "read"
SET_ASIDE = "set_aside"
LESS_SURE = frozenset({"hmpps-hearing", "read-by-hand"})
"""The formats that never overtake the court's own message: a copy without codes and lengths, and
what a person typed."""


@dataclass(frozen=True, slots=True)
class Sentenced:
    """One offender, one case, one sentencing occasion, as the court told it.

    ``key`` is the stable identity of the occasion across re-shares. ``offender_address`` are the
    lines of the address the court holds for the offender, the postcode last: no letter to a
    victim goes there unseen. ``tied_addresses`` are those of people beside the offender: others in
    the case, sentenced or not, and a parent or guardian. ``marks`` are ids of the person that stay
    when others change, each after the name of its kind; ``lines`` the same of the offences, within
    their hearing.
    """

    key: str
    offender_name: str
    case_reference: str
    court_code: str | None
    court_name: str
    hearing_id: str | None
    facts: SentencingFacts
    offender_address: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    tied_addresses: tuple[tuple[str, ...], ...] = ()

    @property
    def is_death_alone(self) -> bool:
        """Say whether nothing is told but that the offender died: nobody is sentenced by it."""
        told = self.facts.offences
        return self.facts.died and not any(one.sentences or _is_gone(one) for one in told)


def _is_gone(offence: OffenceFacts) -> bool:
    return offence.finding in (Finding.QUASHED, Finding.PERHAPS_QUASHED)


@dataclass(frozen=True, slots=True)
class CasePlace:
    """By what a message says that somebody of a case is found: a defendant by name, or one beside.

    ``name`` is empty for somebody beside a defendant. ``lines`` of an address have the postcode
    last; those of a telephone number or an email address are that one.
    """

    case_reference: str
    name: str
    lines: tuple[str, ...]
    found_by: FoundBy = FoundBy.ADDRESS


@dataclass(frozen=True, slots=True)
class MessageRead:
    """What became of reading one message. ``status`` is ``read`` or ``set_aside``.

    ``deleted`` marks a notice that the court deleted the hearing ``hearing_id``: it names nobody.
    ``victims_named`` counts the victims that a police message names, by case reference: a hint of
    referrals to come. ``places`` are all addresses, telephone numbers and email addresses in it,
    whether or not anybody was sentenced: nobody writes to a victim or rings there unseen. A message
    that was ``read`` and states a ``problem`` was read in part. ``deaths`` tell of nothing but an
    offender's death: nobody is sentenced by them, and an earlier sentence is asked about.
    """

    format: str | None
    status: str
    problem: str | None = None
    hearing_id: str | None = None
    hearing_day: date | None = None
    shared_at: datetime | None = None
    sentenced: tuple[Sentenced, ...] = ()
    deleted: bool = False
    victims_named: tuple[tuple[str, int], ...] = ()
    places: tuple[CasePlace, ...] = ()
    deaths: tuple[Sentenced, ...] = ()

    @property
    def in_part(self) -> bool:
        """Say whether only some of it was read: what it leaves out may be in the rest."""
        return self.status == READ and self.problem is not None


def deaths_apart(found: MessageRead) -> MessageRead:
    """Return what was read with those apart of whom only a death is told."""
    deaths = tuple(one for one in found.sentenced if one.is_death_alone)
    if not deaths:
        return found
    kept = tuple(one for one in found.sentenced if not one.is_death_alone)
    return replace(found, sentenced=kept, deaths=deaths)
