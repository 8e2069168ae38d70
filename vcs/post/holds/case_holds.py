"""Why what is true of a case, of letters before and of the day holds a letter. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vcs.clock import london_date
from vcs.law.deadlines.duties import in_words
from vcs.post.cases.letter_case import LetterCase


def closed(case: LetterCase) -> Iterator[str]:
    """Hold every letter of a referral that is closed."""
    if case.is_closed:
        yield (
            "This referral is closed, so no letter may go out. Open the referral to see why it "
            "was closed. If this letter must go all the same, a manager who did not begin it must "
            "say why."
        )


def changed(case: LetterCase) -> Iterator[str]:
    """Hold an approved letter that would be another one if it were made today."""
    if case.changes:
        listed = "; ".join(case.changes)
        yield (
            f"This letter is out of date. Since it was approved: {listed}. Do not post it. "
            "Draft a new letter."
        )


def sentence_asked(case: LetterCase) -> Iterator[str]:
    """Hold a letter while nobody has said what became of the sentence."""
    if case.is_sentence_asked_about:
        yield (
            "A court message may have changed this sentence, and a manager has not answered the "
            "task about it yet. Answer that task first. If this letter must go before that, a "
            "manager who did not begin it must say why."
        )


def instruction_asked(case: LetterCase) -> Iterator[str]:
    """Hold a letter while it is not clear what witness care meant, or what is safe."""
    if case.is_safety_asked_about:
        yield (
            "This person told us of a worry, or how they may be reached, and nobody has decided "
            "yet whether it is safe to write. Read their words under Needs, record how they may be "
            "reached, and answer the task about it. If this letter must go before that, somebody "
            "who did not begin it must say why."
        )
    if case.is_instruction_asked_about:
        yield (
            "What witness care last sent about this person may have arrived late: it goes back to "
            "what was held before, or came under a key that was used already. Find out what is "
            "right, correct the details where they are wrong, and answer the task about it. If "
            "this letter must go before that, somebody who did not begin it must say why."
        )


def person_asked(case: LetterCase) -> Iterator[str]:
    """Hold a letter while it is not known whether somebody else on record is this person."""
    if case.is_person_asked_about:
        yield (
            "Somebody else on record may be this person, and what is known of one may be missing "
            "for the other. A manager has not yet answered the task that asks whether they are "
            "one. Letters wait until then, unless a manager who did not begin this one says why it "
            "must go."
        )


def earlier_opt_out(case: LetterCase) -> Iterator[str]:
    """Hold a letter to somebody who may be one who said no."""
    if case.may_have_opted_out_on:
        days = ", ".join(in_words(day) for day in sorted(set(case.may_have_opted_out_on)))
        yield (
            "Somebody who may be this person said that they do not want contact, in another "
            f"referral, under another spelling, or before they were 18: {days}. Find out whether "
            "it is their own answer and whether this letter should go. Somebody who did not begin "
            "it must then say what was decided. First contact is owed until then."
        )


_CALLED: Final = {
    True: "A first letter to this person",
    False: "A letter of this kind for the same occasion",
}


def second_letter(case: LetterCase) -> Iterator[str]:
    """Hold a letter of which one has gone already for the same occasion."""
    if case.earlier_letters:
        first = min(case.earlier_letters, key=lambda one: one.approved_at)
        day = in_words(london_date(first.approved_at))
        yield (
            f"{_CALLED[case.is_first_letter]} was approved on {day} ({first.reference}). A second "
            "one may go only for a reason, given by somebody who approved neither and did not "
            "begin this one."
        )


def excluded(case: LetterCase) -> Iterator[str]:
    """Hold a letter approved by somebody who must not see the case."""
    if case.is_by_somebody_excluded:
        yield (
            "Whoever approved this letter must not see this case any more, so it may not go, and "
            "nobody can overrule this. Draft a new letter."
        )


def format_need(case: LetterCase) -> Iterator[str]:
    """Hold a letter to somebody who needs a format that nobody has chosen."""
    if case.format_needs:
        yield (
            f"This person needs: “{case.format_needs}”. Nobody has said which format meets "
            "this need. Record the format they need. If this letter must go as it is, somebody who "
            "did not begin it must say why it meets the need."
        )


def not_prepared(case: LetterCase) -> Iterator[str]:
    """Hold news that must not come out of the blue on paper."""
    news = case.news
    if news is None or news.was_reached or news.chose_letters_only or not news.missing:
        return
    yield (
        "This letter holds news that must not come out of the blue on paper, and this person has "
        f"not been reached since we knew it on {in_words(news.known_on)}. Reach them first, or "
        f"record three tries on different days and in different ways: {news.missing}. If the "
        "letter must go before that, a manager who did not begin it must say why."
    )


_NOT_YET: Final = (
    "Nobody may be told yet of what this letter is about, so it waits. Its event says what people "
    "wait for, and what a manager can do. Once they may be told, this letter may go too."
)
"""One sentence for an embargo and for a set that waits: it does not say which of them it is."""


def under_embargo(case: LetterCase) -> Iterator[str]:
    """Hold a letter that tells of news under embargo."""
    if case.is_under_embargo:
        yield _NOT_YET


def told_together(case: LetterCase) -> Iterator[str]:
    """Hold a letter that tells of news which others, who are told together, may not hear yet."""
    if case.is_told_together:
        yield _NOT_YET


def hard_day(case: LetterCase) -> Iterator[str]:
    """Hold a letter that may come on a day on which she asked us not to write."""
    if case.hard_day is None:
        return
    said, on = case.hard_day.words, case.hard_day.on
    when = (
        f"This letter may come on {in_words(on)}, which is one of them."
        if on
        else "No day of the year can be read in this, so it may be now."
    )
    yield (
        f"This person asked us not to write on these days: “{said}”. {when} Wait, or somebody who "
        "did not begin this letter must say why it may come now."
    )
