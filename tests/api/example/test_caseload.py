"""The example caseload: told as real messages through the real intake, and every state in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import select

from api.commands.service.running import account
from api.example.court import message_of, working_days_before
from api.example.staff import SIGN_IN_FILE
from api.example.stories import STORIES
from api.example.telling import LoadedExample, tell
from api.staff.referrals.view import referral_page
from tests.conftest import migrated, settings_for
from tests.house.source import ROOT
from tests.services.clock import MovableClock
from vcs.access.actors import Actor
from vcs.custody.records import CustodyFact
from vcs.database import Database, connect
from vcs.events.records import KeyEvent
from vcs.intake.reading import read
from vcs.intake.records import CourtMessage
from vcs.law.deadlines.working_days import is_working_day
from vcs.law.eligibility import decide
from vcs.ledger.figures.counts import ledger
from vcs.ledger.figures.example_counts import example_counts
from vcs.ledger.figures.parts import Axis, Cell
from vcs.ledger.integrity.invariants import invariant_problems
from vcs.ledger.worklists.worklist import worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.lists.certificate.reads import certificates
from vcs.lists.endings import Ends, Reason
from vcs.lists.reads import list_runs, run_view, unknown_count
from vcs.paging import Slice
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Outcome, Role

MONDAY = date(2026, 11, 23)

ADMINISTRATOR = Actor(0, "", Role.ADMINISTRATOR)

FORMATS = {
    "common-platform-hearing",
    "common-platform-police-result",
    "hmpps-hearing",
    "spi-result",
}


@dataclass(frozen=True)
class Caseload:
    """The example, loaded; what the load said of itself."""

    db: Database
    settings: Settings
    told: LoadedExample

    @property
    def sealer(self) -> Sealer:
        return Sealer(self.settings.sealing_keys)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def caseload(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Caseload]:
    """Return the example on each kind of database, loaded once for all who only look."""
    folder, clock = tmp_path_factory.mktemp("caseload"), MovableClock()
    clock.move_to(MONDAY)
    with migrated(request, request.param, folder) as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr("vcs.clock.now", clock.now)
        patch.setattr("vcs.clock.today", clock.today)
        settings = settings_for(folder, url)
        db = connect(settings)
        told = tell(db, Sealer(settings.sealing_keys), settings, MONDAY)
        yield Caseload(db, settings, told)
        db.close()


def test_at_least_forty_sentences_cover_every_outcome() -> None:
    read_ones = [read(message_of(story, MONDAY)) for story in STORIES]
    outcomes = Counter(decide(one.facts).outcome for found in read_ones for one in found.sentenced)

    assert outcomes.total() == len(STORIES) >= 40
    assert set(outcomes) == set(Outcome)


@pytest.mark.parametrize("today", [MONDAY, date(2026, 12, 27), date(2026, 4, 5)])
def test_sentences_fall_on_working_days_whatever_day_it_is(today: date) -> None:
    days = [working_days_before(today, story.days_ago) for story in STORIES]

    assert all(is_working_day(day) for day in days)
    assert all(day <= today for day in days)


def test_the_whole_story_is_told_once_and_holds(caseload: Caseload) -> None:
    told, settings = caseload.told, caseload.settings

    again = tell(caseload.db, caseload.sealer, settings, MONDAY)

    with caseload.db.reading() as session:
        counts = example_counts(session, MONDAY)
        assert invariant_problems(session, caseload.sealer) == []
    assert again.messages == 0
    assert told.letters == counts.letters >= 6
    assert counts.set_aside == 2
    assert counts.overdue >= 5
    assert counts.due_soon >= 5
    assert counts.unaccounted >= 15
    assert len(list((settings.data_dir / "letters").glob("*.pdf"))) == told.letters
    assert (settings.data_dir / SIGN_IN_FILE).stat().st_mode & 0o077 == 0


def test_the_account_has_every_count_that_the_proof_on_a_bare_machine_reads(
    caseload: Caseload,
) -> None:
    proof = (ROOT / "tests/bare/run").read_text(encoding="utf-8")
    read = re.search(r"for words in ((?:\"[^\"]+\" ?)+)", proof)
    assert read

    said = "\n".join(account(caseload.db, caseload.settings, 0, 8000))

    for words in re.findall(r'"([^"]+)"', read[1]):
        counted = re.search(rf"^ *{words}  +(\d+)", said, re.MULTILINE)
        assert counted, words


def test_the_ledger_of_the_caseload_closes_and_shows_every_state(caseload: Caseload) -> None:
    with caseload.db.reading() as session:
        held = ledger(session, ADMINISTRATOR, Axis.REGION, Cell())
        formats = set(session.exec(select(CourtMessage.format)))
        asked = set(session.exec(select(Task.kind)))
        requests = Counter(session.exec(select(ReferralRequest.status)))
    assert held.closes
    assert held.total.sentences == len(STORIES)
    assert all(held.total.states.values())
    assert formats >= FORMATS
    assert {TaskKind.SENTENCE_CHANGED, TaskKind.SET_ASIDE} <= asked
    assert requests == {RequestStatus.ATTACHED: 1, RequestStatus.EARLY: 1}


def test_a_newcomer_sees_what_prisons_told(caseload: Caseload) -> None:
    with caseload.db.reading() as session:
        kinds = set(session.exec(select(KeyEvent.kind)))
        ended = Counter(session.exec(select(CustodyFact.ends_as)))
    assert {"to_hospital", "temporary_release"} <= kinds
    assert ended == {"recorded": 2, "unmatched": 1}


def test_a_newcomer_sees_a_list_its_questions_and_a_certificate(caseload: Caseload) -> None:
    manager = Actor(0, "", Role.MANAGER, region_code="N07")
    with caseload.db.reading() as session:
        (run,) = list_runs(session, ADMINISTRATOR).rows
        view = run_view(session, ADMINISTRATOR, run.reference)
        (certified,) = certificates(session, ADMINISTRATOR)
        asked = unknown_count(session, manager)
    assert view.adds_up
    assert view.period_said
    ended = {(one.ends_as, one.reason): one.count for one in view.counts}
    assert ended[Ends.MATCHED, Reason.SAME] >= 25
    assert ended[Ends.TASK, Reason.ELIGIBLE_UNKNOWN_TO_US] == asked == 1
    assert ended[Ends.TASK, Reason.OURS_MISSING] == 1
    assert ended[Ends.TASK, Reason.NOT_READ] == 1
    assert ended[Ends.EXPLAINED, Reason.NO_SENTENCE] == 1
    assert 30 <= run.in_both < run.in_either
    assert certified.confirmed_by != certified.proposed_by != ""


def test_time_served_and_a_copy_stand_out(caseload: Caseload) -> None:
    sealer = caseload.sealer
    manager = Actor(0, "", Role.MANAGER, region_code="N07")
    with caseload.db.reading() as session:
        every = WorklistAsked(part=Slice(size=100))
        rows = worklist(session, sealer, manager, MONDAY, every).rows
        copy = next(row for row in rows if row.offender_name == "Ulric Imaginary")
        card = referral_page(session, sealer, manager, copy.reference, MONDAY).decision
    assert [row.offender_name for row in rows if row.urgent] == ["Vernon Hasty"]
    assert card.lower_confidence
