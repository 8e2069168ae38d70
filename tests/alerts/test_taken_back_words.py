"""An email that is taken back says what it was about in words that people know."""

from __future__ import annotations

from sqlmodel import select

from tests.journeys.world import YORKSHIRE, World
from tests.services.mailbox import text_of
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.recall import recall, recalled
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.terms import Role

KEY = "run 7 row 12"
"""By what a line of a list is known to the program alone."""

IN_WORDS = "a sentence that only a list of another system names"


def test_of_a_line_of_a_list_it_says_what_that_is_and_not_its_key(world: World) -> None:
    manager = world.people[Role.MANAGER]
    notice = Notice(AlertKind.LIST_UNKNOWN, KEY, "", {"region": "Yorkshire"}, YORKSHIRE)
    with world.db.writing() as session:
        owe_alert(session, notice, world.clock.now())
    world.sweep()
    with world.db.writing() as session:
        alert = session.exec(select(AlertRecord.id).where(AlertRecord.subject == KEY)).one()
        recall(world.work(session, world.people[Role.HEAD]), alert, "The list was an old one")
    world.sweep()
    taken_back = world.mail()[-1]
    assert taken_back["Subject"] == f"Taken back: {IN_WORDS}"
    assert KEY not in text_of(taken_back)
    with world.db.reading() as session:
        assert recalled(session, world.sealer, manager, alert).about == IN_WORDS
