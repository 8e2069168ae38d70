"""A what-if question put back in plain words, and its answer as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from api.public.asked import facts_of
from api.public.questions import CHOICES, DAYS, LABELS, WITH_LENGTH
from api.public.what_if import WhatIf
from api.staff import words
from vcs.law import rule_sets
from vcs.law.conditions.plain_words import outcome_in_plain_words
from vcs.law.deadlines.duties import deadlines
from vcs.law.decision import Deadline, Decision, OffenceDecision, Reason
from vcs.law.eligibility import decide
from vcs.law.nearest import Nearest, nearest
from vcs.law.specified_offence import offences
from vcs.terms import Answer, Language, Outcome

_ALWAYS_TOLD = ("finding", "sentence", "length", "others", "sentenced", "age", "notification")

_NOT_SAID = "Not answered, so taken as not known"

_BY_NOTIFICATION = "DVCVA 2004 s.45(2)(b)"


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """The answer about the one sentence that was asked about, and what it rests on.

    ``told`` pairs each question with what was answered. ``nearest`` are the smallest changes that
    would make it a yes. ``plain`` is the outcome in each language.
    """

    question: str
    told: tuple[tuple[str, str], ...]
    decision: Decision
    offence: OffenceDecision
    plain: tuple[tuple[Language, str], ...]
    owed: tuple[Deadline, ...]
    nearest: tuple[Nearest, ...]

    @property
    def outcome(self) -> Outcome:
        """Return the outcome for the one sentence; others imposed with it may have another."""
        return self.offence.outcome


def answer_to(asked: WhatIf, today: date) -> CheckedAnswer | None:
    """Decide on what was asked; None where nothing was, or something is wrong with it."""
    if asked.facts is None:
        return None
    facts = facts_of(asked.facts)
    decision = decide(facts, rule_sets.named(asked.facts.rule_set))
    offence = decision.offences[0]
    if asked.typed.get("notification") not in ("yes", "no"):
        offence = replace(offence, reasons=tuple(map(_not_known, offence.reasons)))
    return CheckedAnswer(
        question=_question(asked),
        told=tuple(_told(asked)),
        decision=decision,
        offence=offence,
        plain=tuple((one, outcome_in_plain_words(offence.outcome, one)) for one in Language),
        owed=tuple(deadlines(offence.outcome, facts.sentenced_on, today)),
        nearest=tuple(nearest(facts, 0)),
    )


def _not_known(reason: Reason) -> Reason:
    """Say that notification is not known, where the law was asked as if it were not clear whose."""
    if reason.answer is not Answer.UNKNOWN or reason.provision != _BY_NOTIFICATION:
        return reason
    because = "it is not known whether notification was recorded, and this offence may bring it"
    change = "whether the court recorded sex offender notification for this offence"
    return replace(reason, because=because, would_change=change)


def _question(asked: WhatIf) -> str:
    """Put the question in plain words."""
    row = offences.find(asked.code)
    offence = f"{row.title} ({row.code})" if row else asked.code or "an offence that is not known"
    age = _in_words(asked, "age").lower()
    who = "an offender" if age in ("", "not known") else f"an offender ({age})"
    sentence = _in_words(asked, "sentence")
    if asked.length:
        sentence += f", {asked.length}"
    day = words.day(asked.days["sentenced"])
    return (
        f"On {day} a court passed this sentence on {who} for {offence}: {sentence}. "
        "Does the victim have a right to the Victim Contact Scheme?"
    )


def _told(asked: WhatIf) -> list[tuple[str, str]]:
    """Return each question with its answer; one that nobody answered only where it matters."""
    told = []
    for name, label in LABELS.items():
        answer = _in_words(asked, name)
        matters = name in _ALWAYS_TOLD and not _settled(asked, name)
        if answer or matters:
            told.append((label, answer or _NOT_SAID))
    return told


def _settled(asked: WhatIf, name: str) -> bool:
    """Say whether the kind of sentence leaves a question without meaning."""
    return name in ("length", "others") and asked.typed.get("sentence") not in WITH_LENGTH


def _in_words(asked: WhatIf, name: str) -> str:
    typed = asked.typed.get(name, "")
    if name == "code":
        row = offences.find(asked.code)
        return f"{row.code}: {row.title}" if row else asked.code
    if name == "length":
        return asked.length or ("Not known" if typed else "")
    if name in DAYS:
        return words.day(asked.days[name]) if name in asked.days else ""
    if name in CHOICES and typed:
        chosen = CHOICES[name][typed]
        return str(chosen[0]) if isinstance(chosen, tuple) else str(chosen)
    return "Yes" if typed == "yes" else typed
