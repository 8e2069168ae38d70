"""Why when a letter would come, and whether she knows what it tells, holds it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from vcs.law.deadlines.duties import in_words
from vcs.post.cases.letter_case import LetterCase


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
