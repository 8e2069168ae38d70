"""Letters one by one, for somebody who is kept from a case with a draft.

A story apart: it adds a case of the officer's own, which every list of theirs shows.
"""

from __future__ import annotations

import re

from api.guards.routes import Rule
from tests.api.office import VICTIM, sentencing
from tests.api.staff.letters.visits import begun
from tests.api.staff.referrals.test_excluded import UNKNOWN, Stage, ask, stage
from vcs.terms import Role

__all__ = ["stage"]

ENDS = ("", "/approve", "/send-back")


def test_letters_one_by_one_go_on_after_a_hidden_one_as_after_none(stage: Stage) -> None:
    """With a draft of their own that comes after it, so that there would be something to show."""
    office, officer = stage.office, stage.office.person(Role.VLO)
    office.tell(sentencing(office.clock.today(), urn="13EX0000526", last="Fifth"))
    (mine,) = set(re.findall(r"/referrals/(VCS-[0-9A-Z-]+)", officer.get("/?show=all").text))
    details = VICTIM | {"name": "Own Sample", "address_lines": "8 Own Row", "phone": ""}
    added = office.person(Role.WITNESS_CARE).fill(f"/referrals/{mine}/victims/new", **details)
    assert added.status_code == 303, added.text
    officer.fill(f"/referrals/{mine}/take")
    (victim,) = set(
        re.findall(r"/victims/(VCS-[0-9A-Z-]+)/", officer.get(f"/referrals/{mine}").text)
    )
    own = begun(officer, mine, victim).rpartition("/")[2]
    at, letter = "/letters/one-by-one/initial-contact", stage.parts["letter"][0]
    assert own in officer.get(at).text
    look, send = Rule("GET", "", frozenset()), Rule("POST", "", frozenset())
    for rule, path, named in (
        (look, f"{at}?after={{}}", {}),
        *((send, f"{at}{end}", {"letter": "{}", "n": "1", "of": "1"}) for end in ENDS),
    ):
        answers = []
        for reference in (letter, UNKNOWN["VCS"]):
            typed = {name: text.format(reference) for name, text in named.items()}
            answer, asked = ask(stage, officer, rule, path.format(reference), typed)
            answers.append((answer.replace(letter, UNKNOWN["VCS"]), len(asked)))
        assert answers[0] == answers[1], path
