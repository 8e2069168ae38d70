"""What is asked of whoever decides whether contact is owed, and of the second who confirms a no."""

from __future__ import annotations

from dataclasses import replace

from api.staff import words
from api.staff.fields import Field
from api.staff.tasks.questions import NOTE
from vcs.referrals.questions.task_reads import TaskView
from vcs.sentences.declines.policy import LATEST_REVIEW_MONTHS, REVIEW_AFTER_MONTHS
from vcs.terms import Outcome

_YES = {
    outcome.value: words.OUTCOMES[outcome]
    for outcome in Outcome
    if outcome not in (Outcome.CANNOT_TELL, Outcome.NOT_ELIGIBLE)
}

_NO = Outcome.NOT_ELIGIBLE.value

_OUTCOME = Field("outcome", "What do you decide?", "radios", required="Select what you decide")

DECIDE = (
    replace(_OUTCOME, options={**_YES, _NO: words.OUTCOMES[Outcome.NOT_ELIGIBLE]}),
    Field(
        "reason",
        "If there is to be no contact: why?",
        "radios",
        hint="If none of these fits, leave it empty, and say why below",
        options={key: text for key, text in words.DECLINE_REASONS.items() if key != "other"},
    ),
    Field(
        "review_on",
        "If there is to be no contact: when is that looked at again?",
        "date",
        hint=f"For example, 20 9 2026. Within {LATEST_REVIEW_MONTHS} months, and before the "
        "offender may be released if that is known. Leave it blank for "
        f"{REVIEW_AFTER_MONTHS} months from now, or earlier if a release is planned",
    ),
    NOTE,
)

BY_ONE = (DECIDE[0], NOTE)

SECOND = (
    replace(
        _OUTCOME,
        options={
            _NO: "I agree: there is no contact",
            Outcome.CANNOT_TELL.value: "I do not agree yet: send it back",
            **_YES,
        },
    ),
    replace(NOTE, label="Why?", required="Say why"),
    Field("seen", "What you have read", "hidden"),
)


def fields_for(view: TaskView) -> tuple[Field, ...]:
    """Return what is asked of whoever decides: more where a no takes two."""
    if view.second_wanted:
        return SECOND
    return DECIDE if view.no_takes_two else BY_ONE
