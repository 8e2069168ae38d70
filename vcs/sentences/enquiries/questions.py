"""Questions for a person: opened once each, worded from the decision, never from the message."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from vcs.law.deadlines import duties
from vcs.law.decision import Decision
from vcs.sentences.history.current import CurrentSentence, Version
from vcs.sentences.history.later import Link
from vcs.tasks.ask import Question
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.terms import Answer, Outcome


@dataclass(frozen=True, slots=True)
class About:
    """The sentence that a question is about, and the message or person that raised it."""

    sentence_id: int
    key: str
    sentenced_on: date
    region_code: str | None
    raised_by: str
    referral_id: int | None = None

    def ask(self, kind: TaskKind, text: str, due_on: date | None = None) -> Question:
        """Return a question about this sentence. What raised it makes it one of a kind."""
        return Question(
            f"{kind}:{self.key}:{self.raised_by}",
            kind,
            text,
            self.region_code,
            due_on,
            self.sentence_id,
            self.referral_id,
            topic=TaskTopic.SENTENCE,
        )


def day_to_work_to(sentenced_on: date) -> date | None:
    """Return the day by which a person should have answered: when a referral would be due."""
    due = duties.referral_due(sentenced_on)
    return due.due_on if due else None


def to_decide(about: About, questions: Sequence[str]) -> Question:
    """Return the question that a decision leaves open, in words."""
    text = "\n".join(questions) or "A fact is missing: look at the reasons."
    return about.ask(TaskKind.DECIDE, text)


def to_offer(about: About, decision: Decision, said: Sequence[str]) -> Question:
    """Return the question whether to offer contact, with its reasons and the court's words."""
    reasons = (
        reason.because
        for offence in decision.offences
        if offence.outcome is Outcome.DISCRETIONARY
        for reason in offence.reasons[-1:]
        if reason.answer is Answer.YES
    )
    asked = (
        "The law gives no right here. Should contact be offered at discretion? It is for a manager "
        "to decide; the police or the witness care unit can say what the victim needs."
    )
    text = "\n".join((asked, *dict.fromkeys(reasons), *said))
    return about.ask(TaskKind.DISCRETION, text, due_on=day_to_work_to(about.sentenced_on))


def still_open(about: About, questions: Sequence[str]) -> list[Question]:
    """Return what is still in doubt in a sentence that is referred already, if anything is.

    A doubtful offence beside a certain one may concern another victim.
    """
    if not questions:
        return []
    lead = "The sentence is referred. This is still in doubt, and may concern another victim:"
    text = "\n".join((lead, *questions))
    return [about.ask(TaskKind.QUESTION, text, due_on=day_to_work_to(about.sentenced_on))]


def where_to_route(about: About) -> Question:
    """Return the question which region a referral belongs to, where the court tells of none."""
    text = (
        "The court's code gives no probation region. Which region was the offender sentenced in? "
        "The court can say where it sits. Once two answers for a court are alike, its other "
        "sentences go to that region unasked."
    )
    return about.ask(TaskKind.ROUTE, text, due_on=day_to_work_to(about.sentenced_on))


def changed(about: About, standing: CurrentSentence) -> Question:
    """Return the question whether a referral stands after the court changed a result."""
    was, now_is = _word(standing.best), _word(standing.version.outcome)
    text = (
        f"A newer court message changes the result: the answer was '{was}' and is now "
        f"'{now_is}'. {_owed_until_now(about)} Nothing was withdrawn. Does the referral stand? The "
        "court register shows what was ordered."
    )
    return about.ask(TaskKind.SENTENCE_CHANGED, text)


def taken_back(about: About, standing: CurrentSentence, link: Link) -> Question:
    """Return the question whether contact is still owed after a later decision of a court.

    It says what was owed until then: the duties go on until a person has decided.
    """
    was, left = _word(standing.best), _word(link.left_as or Outcome.CANNOT_TELL)
    text = (
        f"{_in_the_courts_words(link)} The answer for the sentence of "
        f"{duties.in_words(about.sentenced_on)} was '{was}'; with this it is '{left}'. "
        f"{_owed_until_now(about)} Nothing was withdrawn. Is contact still owed? The court "
        "register shows what now stands."
    )
    return _later(about, link).ask(TaskKind.SENTENCE_CHANGED, text)


def _owed_until_now(about: About) -> str:
    due_on = day_to_work_to(about.sentenced_on)
    by = f", due by {duties.in_words(due_on)}" if due_on else ""
    return f"Until now a referral was owed{by}: that clock goes on."


def taken_back_in_part(about: About, link: Link) -> Question:
    """Return the question what a later decision on some counts means for their victims."""
    text = (
        f"{_in_the_courts_words(link)} Other counts stand, and the referral with them. Find out "
        "whether a victim in it was the victim of a count that was taken back. The police or the "
        "witness care unit can say."
    )
    return _later(about, link).ask(TaskKind.QUESTION, text, day_to_work_to(about.sentenced_on))


def owed_again(about: About, link: Link) -> Question:
    """Return the question whether to open a closed referral again after a later decision."""
    text = (
        f"{_in_the_courts_words(link)} With this, contact is owed for the sentence of "
        f"{duties.in_words(about.sentenced_on)}, and its referral is closed. Should it be opened "
        "again?"
    )
    return _later(about, link).ask(TaskKind.SENTENCE_CHANGED, text)


def passed_again(about: About, days: Sequence[date]) -> Question:
    """Return the question whether a sentence passed later, and owed too, is this one anew."""
    told = " and ".join(map(duties.in_words, days))
    text = (
        f"A court sentenced this person in this case again, on {told}, for what may be the same "
        f"offence as on {duties.in_words(about.sentenced_on)}. Each has a referral, and both stay. "
        "Ask the court whether the later sentence takes the place of the earlier one. If it does, "
        "close the referral of one of them, saying why."
    )
    again = replace(about, raised_by=f"again {' '.join(day.isoformat() for day in days)}")
    return again.ask(TaskKind.QUESTION, text, day_to_work_to(max(days)))


_DIED = (
    "A court’s message says that the offender has died: {said}. The victim may have to be told; "
    "the offender’s family is told first."
)


def _in_the_courts_words(link: Link) -> str:
    said = "; ".join(f"“{one}”" for one in link.words) or "no words of its own"
    if link.died:
        return _DIED.format(said=said)
    return f"A court decided again on this sentence: {said}."


def _later(about: About, link: Link) -> About:
    digest = hashlib.sha256(" ".join(link.later).encode()).hexdigest()[:16]
    return replace(about, raised_by=f"later {digest}")


def no_longer_told(about: About, standing: CurrentSentence) -> Question:
    """Return the question whether a referral stands that no message gives a ground for."""
    text = (
        f"The court's messages now give '{_word(standing.version.outcome)}'. "
        "The referral has not been withdrawn. Should it stay open? The court register shows what "
        "was ordered."
    )
    return about.ask(TaskKind.SENTENCE_CHANGED, text)


def one_look(about: About, decision: Decision) -> Question:
    """Return the question that is left where a correction of ours ends what waited to be decided.

    Nothing that waits for a person is closed unseen: each is looked at once.
    """
    reasons = (
        reason.because
        for offence in decision.offences
        for reason in offence.reasons
        if reason.answer is Answer.NO
    )
    text = "\n".join(
        (
            "This waited for a decision. By the law as it has since been corrected, contact is not "
            "owed and need not be considered:",
            *dict.fromkeys(reasons),
            "Look once. You may still offer contact if a victim, the police or witness care ask.",
        )
    )
    return replace(about, raised_by="corrected").ask(TaskKind.ONE_LOOK, text)


def contradicted(about: About, standing: CurrentSentence) -> Question:
    """Return the question which of several messages is right, where none is known to be newer.

    It asks the same whatever order they came in.
    """
    told = {_told(one) for one in (standing.version, *standing.others)}
    text = (
        "Court messages differ, and which is newer cannot be told. They say: "
        f"{'; '.join(sorted(told))}. The answer that protects most stands meanwhile: "
        f"'{_word(standing.version.outcome)}'. Which one is right? The court register shows it."
    )
    contents = sorted(one.content for one in (standing.version, *standing.others))
    digest = hashlib.sha256(" ".join(contents).encode()).hexdigest()[:16]
    return replace(about, raised_by=f"differ {digest}").ask(TaskKind.SENTENCE_CHANGED, text)


def _told(version: Version) -> str:
    return "no such sentence any more" if version.facts is None else f"'{_word(version.outcome)}'"


def ahead(about: About) -> Question:
    """Return the question whether a day of sentence that has not come yet can be right."""
    text = (
        f"The court's message dates this sentence on {duties.in_words(about.sentenced_on)}, which "
        "has not come yet. Its deadlines count from that day. Which day is right? The court "
        "register shows it."
    )
    return replace(about, raised_by="ahead").ask(TaskKind.QUESTION, text)


def missing_from_message(about: About) -> Question:
    """Return the question what became of a sentence that a newer message no longer holds."""
    text = (
        "A newer message about this hearing no longer has this sentence. Nothing was withdrawn. "
        "Ask the court what became of it."
    )
    return about.ask(TaskKind.SENTENCE_GONE, text)


def unread(about: About) -> Question:
    """Return the question what became of a sentence that a message, read again, does not tell."""
    text = (
        "We re-read this message after fixing an error. It no longer shows this sentence, and nor "
        "does any other message. Nothing was withdrawn. Ask the court what was ordered."
    )
    return about.ask(TaskKind.SENTENCE_GONE, text)


def _word(outcome: Outcome) -> str:
    """Say an outcome as the pages do: what the law gives is called eligible there."""
    return "eligible" if outcome is Outcome.STATUTORY else str(outcome).replace("_", " ")
