"""What a training certificate says: nothing that the page of the score does not show."""

from __future__ import annotations

from typing import Any

from vcs.errors import NotFound
from vcs.training.courses import course
from vcs.training.records import CourseSitting

TITLE = "Certificate of training in the Victim Contact Scheme"


def certificate_of(sitting: CourseSitting, name: str) -> dict[str, Any]:
    """Return the facts of a passed course. Raises NotFound where it was not passed.

    It counts until ``counts_until`` at the longest: a change of what it asks ends it before.
    """
    if not (sitting.passed and sitting.ended_at and sitting.until_on):
        raise NotFound("There is no certificate: this course was not passed.")
    return {
        "certificate": TITLE,
        "reference": sitting.reference,
        "name": name,
        "role": sitting.role,
        "course": course(sitting.course).title,
        "ended_at": sitting.ended_at.isoformat(timespec="seconds"),
        "points": sitting.points,
        "out_of": sitting.out_of,
        "safety_questions_wrong": 0,
        "rule_set": sitting.rule_set,
        "counts_until": sitting.until_on.isoformat(),
        "counts_while": "nothing that the course asks changes",
    }
