"""A reason in plain words, English and Welsh, that a helpline can read out.

The practitioner's sentence is the reason's own ``because``; the statute's words stand in
:mod:`vcs.law.provisions`. The table is ``data/plain_words.csv``; its Welsh waits for a
translator's sign-off.
"""

from __future__ import annotations

import csv
from importlib.resources import files

from vcs.law.decision import Reason
from vcs.terms import Language, Outcome


def _read() -> dict[tuple[str, str], dict[Language, str]]:
    text = (files("vcs.law") / "data" / "plain_words.csv").read_text(encoding="utf-8")
    return {
        (row["condition"], row["answer"]): {
            Language.ENGLISH: row["english"],
            Language.WELSH: row["welsh"],
        }
        for row in csv.DictReader(text.splitlines())
    }


PLAIN_WORDS = _read()


def in_plain_words(reason: Reason, language: Language = Language.ENGLISH) -> str:
    """Return a reason as anyone would say it; raises KeyError where the table lacks a row."""
    return PLAIN_WORDS[reason.condition, reason.answer][language]


def outcome_in_plain_words(outcome: Outcome, language: Language = Language.ENGLISH) -> str:
    """Return an outcome as anyone would say it."""
    return PLAIN_WORDS["outcome", outcome][language]
