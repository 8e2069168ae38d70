"""The words on the screens cover whatever the law can ask."""

from __future__ import annotations

from api.staff import words
from vcs.law.conditions.plain_words import PLAIN_WORDS


def test_every_condition_of_the_law_is_a_question_on_the_card() -> None:
    conditions = {condition for condition, _ in PLAIN_WORDS} - {"outcome"}

    assert conditions == set(words.CONDITIONS)
    assert all(question.endswith("?") for question in words.CONDITIONS.values())
