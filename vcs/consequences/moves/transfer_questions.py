"""The questions about a referral that is offered to another region, each to its unit."""

from __future__ import annotations

from datetime import date

from vcs.access.records import Account
from vcs.access.work import Work
from vcs.intake.regions import region_named
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import add_working_days
from vcs.referrals.officers.records import Transfer
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question
from vcs.tasks.records import TaskKind, TaskTopic

ANSWER_WITHIN = 3
"""Working days after which the old unit is asked about an offer without an answer. Ours."""


def offered_question(referral: Referral, transfer: Transfer) -> Question:
    """Ask the managers of the other region whether they take a referral."""
    # About no sentence: the other region sees the question, and not yet the referral.
    return Question(
        f"{TaskKind.TRANSFER_OFFERED}:{transfer.id}",
        TaskKind.TRANSFER_OFFERED,
        f"{_name(transfer.from_region)} offers referral {referral.reference} to your region. It "
        "stays there, with its deadlines, until you accept it and name the officer.",
        transfer.to_region,
        transfer.ask_again_on,
        referral_id=referral.id,
    )


def introduce_question(work: Work, referral: Referral, transfer: Transfer) -> Question:
    """Ask the old officer to introduce the new one."""
    vlo = work.session.get_one(Account, transfer.to_vlo_id)
    return Question(
        f"{TaskKind.INTRODUCE_OFFICER}:{transfer.id}",
        TaskKind.INTRODUCE_OFFICER,
        f"{_name(transfer.to_region)} takes referral {referral.reference}: the new officer is "
        f"{vlo.name}. Introduce the new officer to each victim. The referral stays with you, with "
        "its deadlines, until you record that you did.",
        referral.region_code,
        add_working_days(work.today, ANSWER_WITHIN, known_on=work.today),
        referral.sentence_id,
        referral.id,
    )


def _about(referral: Referral, key: str, text: str, today: date) -> Question:
    return Question(
        key,
        TaskKind.QUESTION,
        text,
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        topic=TaskTopic.TRANSFER,
    )


def waits_question(referral: Referral, transfer: Transfer, today: date) -> Question:
    """Ask the old unit about an offer that nobody answered."""
    return _about(
        referral,
        f"{TaskTopic.TRANSFER}:{transfer.id}:{transfer.ask_again_on.isoformat()}",
        f"Referral {referral.reference} was offered to {_name(transfer.to_region)} and nobody "
        f"there answered by {in_words(transfer.ask_again_on)}. Ring that unit, or withdraw the "
        "offer. It is yours until they accept, and no deadline has changed.",
        today,
    )


def refused_question(referral: Referral, transfer: Transfer, today: date) -> Question:
    """Tell the old unit that the other region does not take a referral."""
    return _about(
        referral,
        f"{TaskTopic.TRANSFER}:{transfer.id}:refused",
        f"{_name(transfer.to_region)} does not take referral {referral.reference}. Its page says "
        "why. The referral is still yours, and no deadline has changed.",
        today,
    )


def named_left_question(
    referral: Referral, transfer: Transfer, named: Account, today: date
) -> Question:
    """Ask the old unit not to introduce an officer who was named for a referral and has left."""
    return _about(
        referral,
        f"{TaskTopic.TRANSFER}:{transfer.id}:left:{named.id}:{named.epoch}",
        f"{_name(transfer.to_region)} accepted referral {referral.reference} and named "
        f"{named.name}, who does not work there as an officer any more. Introduce them to nobody. "
        "Ring that unit, withdraw the offer and make it again. The referral is yours until then, "
        "and no deadline has changed.",
        today,
    )


def officer_needed_question(referral: Referral, transfer: Transfer, today: date) -> Question:
    """Ask for an officer where the one who was named has left, or must not see the case."""
    return Question(
        f"{TaskTopic.OFFICER_NEEDED}:{referral.reference}:transfer:{transfer.id}",
        TaskKind.QUESTION,
        f"Referral {referral.reference} has come from {_name(transfer.from_region)}, and the "
        "officer who was named for it has left, or must not see it. Assign another officer on the "
        "referral's page: that closes this task.",
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        topic=TaskTopic.OFFICER_NEEDED,
    )


def _name(code: str) -> str:
    region = region_named(code)
    return region.name if region else code
