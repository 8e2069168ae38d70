"""An inspector opens a case of a sample, or takes all of it away: kept before anything is shown."""

from __future__ import annotations

from sqlmodel import col, select

from vcs.access.exclusions.hidden import hidden_from
from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.inspection.draw import Among, Eligible, eligible
from vcs.inspection.reads import find_sample, sampled_ids
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence


def note_inspected(work: Work, sample_reference: str, reference: str) -> Sentence:
    """Keep that an inspector opens a sentence. Raises NotFound where it is in no sample of theirs.

    Raises TooManyOpened where they opened too many: nothing may be shown then.
    """
    work.require_may(Act.INSPECT)
    sample = find_sample(work.session, work.actor, sample_reference)
    drawn = sampled_ids(work.session, work.actor, sample)
    query = select(Sentence).where(Sentence.reference == reference, col(Sentence.id).in_(drawn))
    sentence = work.session.exec(query).first()
    if sentence is None:
        raise NotFound("There is no such sentence in this sample.")
    look = Look(
        "referral.inspected",
        _subject(work, sentence),
        whose=f"sentence:{sentence.id}",
        reason="for an inspection",
        thing=sample.reference,
    )
    keep_look(work, look)
    return sentence


def note_packed(work: Work, sample_reference: str) -> tuple[str, tuple[int, ...]]:
    """Keep that an inspector takes a sample away; return its seed and its sentences.

    It names nobody, so the limit of reading does not count it; each case says who has it.
    """
    work.require_may(Act.INSPECT)
    sample = find_sample(work.session, work.actor, sample_reference)
    drawn = sampled_ids(work.session, work.actor, sample)
    for sentence_id in drawn:
        sentence = work.session.get_one(Sentence, sentence_id)
        work.note("case.packed", _subject(work, sentence), sample.reference)
    work.note("sample.packed", sample.reference, str(len(drawn)))
    return sample.seed, drawn


def note_listed(work: Work) -> list[Eligible]:
    """Keep that an inspector takes the list of all eligible sentences away; return it.

    It names nobody. What they may not see is counted in it, without a reference.
    """
    work.require_may(Act.INSPECT)
    hidden = hidden_from(work.session, work.actor.account_id, work.today).sentences
    listed = [one for one, _ in eligible(work.session, Among(hidden=hidden))]
    work.note("eligible.listed", "sample", str(len(listed)))
    return listed


def _subject(work: Work, sentence: Sentence) -> str:
    """Return under which reference the trail keeps a look: the referral's, where there is one."""
    query = select(Referral.reference).where(Referral.sentence_id == sentence.id)
    return work.session.exec(query).first() or sentence.reference
