"""What a person can say of a line of a list, and the reasons that explain one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class LineAnswer(StrEnum):
    """What a person says of a line."""

    SAME = "same"
    NOT_SAME = "not_same"
    EXPLAINED = "explained"
    ACTED = "acted"


class Explanation(StrEnum):
    """Why nothing more is owed about a line: a closed list, so that it can be counted."""

    NO_NEW_SENTENCE = "no_new_sentence"
    NOT_OWED = "not_owed"
    SET_ASIDE = "set_aside"
    THEIR_MISTAKE = "their_mistake"
    OUR_RECORD_RIGHT = "our_record_right"
    OTHER_NAME = "other_name"
    NOT_IN_CUSTODY = "not_in_custody"
    HELD_ALREADY = "held_already"


EXPLANATIONS: Final[Mapping[Explanation, str]] = {
    Explanation.NO_NEW_SENTENCE: "It is no new sentence: a recall, a transfer or a remand",
    Explanation.NOT_OWED: "Contact is not owed: the court record shows why",
    Explanation.SET_ASIDE: "The conviction or sentence no longer stands",
    Explanation.THEIR_MISTAKE: "The list is wrong, and its owner has been told",
    Explanation.OUR_RECORD_RIGHT: "The court confirmed what we hold",
    Explanation.OTHER_NAME: "They are in the other system under another name or number",
    Explanation.NOT_IN_CUSTODY: "They are not in custody: released, at large or abroad",
    Explanation.HELD_ALREADY: "We hold it already: a second line of the same sentence",
}

MOST_ALONE: Final = 20

"""So many lines of a list one person explains with one reason; further ones take a second."""
