"""A manager or head draws a random sample for an inspector, once, from all eligible sentences."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from vcs.access.exclusions.hidden import hidden_from
from vcs.access.inspection.records import InspectionSample, SampledSentence, SampleStratum
from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.inspection.draw import Among, Drawn, Stratum, draw
from vcs.tables import free_reference
from vcs.terms import Role

LARGEST = 50

LONGEST_SEED = 40

OPEN_FOR = timedelta(days=90)

"""For how long an inspector reads a sample: policy of ours, to be confirmed."""

_EARLIEST = date(2001, 4, 1)


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """For which inspector, how many sentences, passed from which day to which.

    ``seed`` is the inspector's own; empty where the program makes one up.
    """

    account_id: int
    size: int
    from_on: date
    to_on: date
    seed: str = ""


def draw_sample(work: Work, entry: SampleEntry) -> InspectionSample:
    """Draw eligible sentences of the actor's region at random: all, where there are no more.

    What was never referred can be drawn as well as what was. What is restricted, or kept from the
    inspector, is counted and not drawn. Raises NotValid where there is none.
    """
    work.require_may(Act.DRAW_SAMPLE)
    region = work.actor.region_code
    if region is None:
        raise Conflict("You work for no region, so there is nothing to draw from.")
    check(work.session, entry, work.today)
    seed = entry.seed.strip() or secrets.token_hex(8)
    hidden = hidden_from(work.session, entry.account_id, work.today).sentences
    among = Among(region, entry.from_on, entry.to_on, hidden)
    drawn = draw(work.session, entry.size, seed, among)
    if not drawn.sentences:
        words = "No eligible sentence that can be drawn was passed between these days"
        raise NotValid(words + ".", {"from_on": words})
    sample = _sample(work, entry, seed, region)
    sample.size, sample.out_of = len(drawn.sentences), sum(drawn.eligible.values())
    work.session.add(sample)
    work.session.flush()
    work.session.add_all(_rows(sample.id, drawn))
    detail = f"account:{entry.account_id} {sample.size} of {sample.out_of}"
    work.note("sample.drawn", sample.reference, detail)
    return sample


def _sample(work: Work, entry: SampleEntry, seed: str, region: str) -> InspectionSample:
    return InspectionSample(
        reference=free_reference(work.session, InspectionSample),
        account_id=entry.account_id,
        region_code=region,
        from_on=entry.from_on,
        to_on=entry.to_on,
        size=0,
        out_of=0,
        open_until=work.today + OPEN_FOR,
        drawn_at=work.now,
        drawn_by=work.actor.account_id,
        seed=seed,
    )


def _rows(sample_id: int, drawn: Drawn) -> Iterator[SampledSentence | SampleStratum]:
    for place, sentence_id in enumerate(drawn.sentences, start=1):
        yield SampledSentence(sample_id=sample_id, place=place, sentence_id=sentence_id)
    eligible, taken, restricted = map(_by_state, (drawn.eligible, drawn.drawn, drawn.restricted))
    for state in eligible:
        yield SampleStratum(
            sample_id=sample_id,
            state=state,
            eligible=eligible[state],
            drawn=taken[state],
            restricted=restricted[state],
        )


def _by_state(counted: Mapping[Stratum, int]) -> Counter[str]:
    by_state: Counter[str] = Counter()
    for (state, _), count in counted.items():
        by_state[state] += count
    return by_state


def inspectors(session: Session) -> dict[int, str]:
    """Return the inspectors whose account is open, by name."""
    query = select(Account.id, Account.name).where(
        Account.role == Role.INSPECTOR, col(Account.active)
    )
    return dict(session.exec(query.order_by(col(Account.name), col(Account.id))).all())


def check(session: Session, entry: SampleEntry, today: date) -> None:
    """Raise NotValid listing the fields to correct."""
    if fields := dict(_problems(session, entry, today)):
        raise NotValid("Some details need correcting.", fields)


def _problems(session: Session, entry: SampleEntry, today: date) -> Iterator[tuple[str, str]]:
    if entry.account_id not in inspectors(session):
        yield "account_id", "Select an inspector"
    if not 1 <= entry.size <= LARGEST:
        yield "size", f"Enter a number from 1 to {LARGEST}"
    if len(entry.seed) > LONGEST_SEED or not entry.seed.isprintable():
        yield "seed", f"Enter a word or number of at most {LONGEST_SEED} characters"
    if entry.from_on < _EARLIEST:
        yield "from_on", "Enter a day since the scheme began, in April 2001"
    if entry.to_on > today:
        yield "to_on", "Enter a day that is not in the future"
    elif entry.to_on < entry.from_on:
        yield "to_on", "Enter a day that is not before the first one"
