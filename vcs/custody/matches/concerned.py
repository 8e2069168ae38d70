"""The sentences that a fact is news of: all of its offender’s, decided or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.custody.readings import follows
from vcs.custody.records import CustodyFact
from vcs.events.catalogue import Whereabouts
from vcs.events.offender import known_sentences, namesakes, referrals_of_offender
from vcs.lists.matches.held import HeldSentence
from vcs.lists.matches.ours import held_where
from vcs.lists.merged import merged_numbers
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import Sentence
from vcs.tables import table_of
from vcs.terms import Outcome


def with_known(work: Work, held: Sequence[HeldSentence]) -> list[HeldSentence]:
    """Return sentences with every other one that is known to be of the same offender.

    A number stands on some sentences of an offender only. Key events are of them all.
    """
    ids = {one.sentence_id for one in held}
    others: set[int] = set()
    for sentence in work.session.exec(select(Sentence).where(col(Sentence.id).in_(ids))).all():
        others |= {one.id for one in known_sentences(work.session, work.sealer, sentence)}
    if not others - ids:
        return list(held)
    which = table_of(Sentence).c.id.in_(sorted(others - ids))
    return [*held, *held_where(work.session, work.sealer, which, merged_numbers(work.session))]


def namesakes_of(work: Work, fact: CustodyFact, held: Sequence[HeldSentence]) -> list[HeldSentence]:
    """Return the sentences of which only another prison number says that they are not meant.

    A number may be mistyped, and somebody may have two: a person is asked once.
    """
    ids = {one.sentence_id for one in held}
    found: set[int] = set()
    for sentence in work.session.exec(select(Sentence).where(col(Sentence.id).in_(ids))).all():
        found |= {one.id for one in namesakes(work.session, work.sealer, sentence)}
    if not found - ids:
        return []
    which = table_of(Sentence).c.id.in_(sorted(found - ids))
    others = held_where(work.session, work.sealer, which, merged_numbers(work.session))
    owed = (one for one in others if one.outcome is not Outcome.NOT_ELIGIBLE)
    return [one for one in owed if not is_before_sentence(fact, one)]


def is_before_sentence(fact: CustodyFact, held: HeldSentence) -> bool:
    """True if a fact is from before a sentence: a remand, or an earlier sentence."""
    return fact.happened_on is not None and fact.happened_on < held.sentenced_on


def came_back(work: Work, fact: CustodyFact) -> bool:
    """Say whether anything told that they came back since a fact."""
    query = select(CustodyFact).where(
        CustodyFact.person == fact.person, col(CustodyFact.happened_on) >= fact.happened_on
    )
    return any(follows(one.reading).after is Whereabouts.IN for one in work.session.exec(query))


def each_offender(
    work: Work, held: Sequence[HeldSentence]
) -> Iterator[tuple[Referral, HeldSentence]]:
    """Yield one referral per offender on record; the same person may be on record twice."""
    by_id = {one.sentence_id: one for one in held}
    query = select(Referral).where(col(Referral.sentence_id).in_(list(by_id)))
    found = work.session.exec(query.order_by(col(Referral.id)).with_for_update(key_share=True))
    covered: set[int] = set()
    for referral in sorted(found, key=lambda one: one.status == ReferralStatus.CLOSED):
        if referral.id not in covered:
            covered |= {
                one.id for one in referrals_of_offender(work.session, work.sealer, referral)
            }
            yield referral, by_id[referral.sentence_id]


def undecided(work: Work, held: Sequence[HeldSentence]) -> list[HeldSentence]:
    """Return the sentences of which nobody has decided yet whether a victim is owed contact."""
    perhaps = [one for one in held if one.outcome is not Outcome.NOT_ELIGIBLE]
    ids = [one.sentence_id for one in perhaps]
    query = select(Referral.sentence_id).where(col(Referral.sentence_id).in_(ids))
    referred = set(work.session.exec(query))
    return [one for one in perhaps if one.sentence_id not in referred]
