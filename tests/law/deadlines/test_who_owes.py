"""Who owes each duty, and so whom its clock is charged to. Written by hand from the sources."""

from __future__ import annotations

from vcs.law.deadlines.duties import DUTIES

OWED_BY = {
    "court": {"court-tells-witness-care"},
    "witness care unit": {
        "tell-victim-sentence",
        "tell-victim-hearing",
        "tell-victim-hearing-enhanced",
        "refer-to-probation",
    },
    "victim liaison unit": {
        "first-contact",
        "remind-victim",
        "annual-contact",
        "tell-victim-parole-decision",
        "tell-victim-release",
        "assess-needs",
        "ask-needs-again",
        "send-letter",
    },
    "victim liaison unit manager": {"back-stop-alert", "back-stop-breach", "decide", "allocate"},
    "administrator": {"answer-set-aside"},
    "Parole Board": {"parole-decision", "parole-decision-summary"},
    "parties to the parole review": {"parole-reconsideration"},
    "probation": {"hospital-managers-told", "hand-over-38b", "hand-over-44b"},
    "every service provider": {"complaint-acknowledged", "complaint-answered"},
}


def test_each_duty_is_owed_by_one_and_that_one_is_right() -> None:
    wanted = {(duty, owner) for owner, duties in OWED_BY.items() for duty in duties}
    assert {(row.duty, str(row.owed_by)) for row in DUTIES} == wanted
