"""A list that we did not make, from the file to the question that closes by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from tests.journeys.world import World
from tests.lists.listed import QUILL, endings, line, match, probation, questions, told
from vcs.alerts.records import AlertRecord
from vcs.errors import NotAllowed, NotValid
from vcs.intake.person_numbers import Number
from vcs.lists.answered import answer as answering_module
from vcs.lists.answered.answer import Answered, LineEntry, answer_lines
from vcs.lists.answered.answering import Explanation, LineAnswer
from vcs.lists.line_reads import lines_view
from vcs.lists.merged import record_merge
from vcs.lists.prepare import Covers
from vcs.lists.reads import coverage, run_view
from vcs.lists.records import ListLine, ListRun
from vcs.sentences.records import SentenceMark
from vcs.terms import Role

MONDAY_12_OCTOBER = date(2026, 10, 12)

NEWMAN = {
    "case_urn": "31NQ9900900",
    "asn": "",
    "pnc_id": "2019/9000402J",
    "surname": "Newman",
    "forenames": "Ada",
}

THIRD = {"case_urn": "31NQ9900901", "pnc_id": "2021/9000517P", "surname": "Third"}

UNKNOWN_THIRD = line(pnc="2021/9000517P", surname="THIRD", forename="ADA")

UNKNOWN = line(pnc="2019/9000402J", surname="NEWMAN", forename="ADA")


@pytest.fixture
def october(world: World) -> World:
    """Return a world in October 2026 that holds Quillfeather's sentence."""
    world.clock.move_to(MONDAY_12_OCTOBER)
    world.court_tells(told(QUILL))
    return world


def answer(world: World, entry: LineEntry, role: Role = Role.MANAGER) -> Answered:
    (question, *_) = questions(world)
    with world.db.writing() as session:
        return answer_lines(world.work(session, world.people[role]), question.reference, entry)


def explained(reason: Explanation = Explanation.NOT_OWED) -> LineEntry:
    return LineEntry(LineAnswer.EXPLAINED, "Rang the court on Monday", reason)


def test_an_eligible_sentence_unknown_to_us_is_first_of_all_tasks(october: World) -> None:
    found = match(october, probation(line(), UNKNOWN))
    assert endings(found) == ["matched", "task"]
    (question,) = questions(october)
    assert (question.topic, question.region_code) == ("unknown_to_us", "N55")
    assert question.due_on == date(2026, 10, 14)  # two working days
    assert "Newman" not in question.question
    first, *_ = october.tasks()
    assert first.reference == question.reference


def test_one_sentence_is_one_question_for_all_counts_and_lists(october: World) -> None:
    count = line(pnc="2019/9000402J", surname="NEWMAN", forename="ADA", code="TH68023")
    match(october, probation(UNKNOWN, count))
    heading = (
        "prisonerNumber,pncNumber,lastName,firstName,dateOfBirth,legalStatus,sentenceStartDate"
    )
    prisoner = "Z9009ZZ,19/9000402J,NEWMAN,ADA,1988-03-14,SENTENCED,2026-09-18"
    match(october, f"{heading}\n{prisoner}".encode(), "prison")
    unknown = [one for one in questions(october) if one.topic == "unknown_to_us"]
    assert len(unknown) == 1
    with october.db.reading() as session:
        lines = session.exec(select(ListLine).where(ListLine.task_id == unknown[0].id)).all()
    assert len(lines) == 3


def test_the_question_closes_by_itself_when_the_sentence_comes(october: World) -> None:
    match(october, probation(UNKNOWN))
    assert questions(october)
    october.sweep()
    assert questions(october)
    october.court_tells(told({**QUILL, **NEWMAN}))
    october.sweep()
    assert not questions(october)
    assert endings(match(october, probation(UNKNOWN))) == ["matched"]


def test_the_same_list_again_doubles_nothing_and_loses_nothing(october: World) -> None:
    first = match(october, probation(line(), UNKNOWN))
    before = [one.reference for one in questions(october)]
    again = match(october, probation(UNKNOWN, line(), line(surname="OTHER", pnc="")))
    assert [one.reference for one in questions(october)][: len(before)] == before
    assert endings(first) == ["matched", "task"]
    assert endings(again)[:2] == ["task", "matched"]


def test_numbers_of_a_list_are_learned_and_used_later(october: World) -> None:
    match(october, probation(line(noms="A1234BC", crn="X123456")))
    moved = line(pnc="", noms="A1234BC", surname="MARRIEDNAME", crn="")
    (one, *_) = match(october, probation(moved))
    assert (one["ends_as"], one["rule"]) == ("matched", "NOMS")
    (one, *_) = match(october, probation(line(pnc="", surname="MARRIEDNAME", crn="X123456")))
    assert (one["ends_as"], one["rule"]) == ("matched", "CRN")


@pytest.mark.parametrize("way", ["old first", "new first"])
def test_merged_numbers_are_followed_both_ways(october: World, way: str) -> None:
    known, listed = ("A1234BC", "A9876ZY") if way == "old first" else ("A9876ZY", "A1234BC")
    match(october, probation(line(noms=known)))
    changed = probation(line(pnc="", noms=listed, surname="MARRIEDNAME", born=""))
    assert endings(match(october, changed)) == ["task"]
    with october.db.writing() as session:
        work = october.work(session, october.people[Role.ADMINISTRATOR])
        assert record_merge(work, Number.NOMS, "A1234BC", "A9876ZY")
        assert not record_merge(work, Number.NOMS, "A1234BC", "A9876ZY")
    assert match(october, changed)[0]["rule"] == "NOMS"


def test_an_unsure_line_is_asked_about_once_and_the_answer_stays(october: World) -> None:
    unsure = line(pnc="", born="1988-03-15", forename="TOBIAH")
    (one, *_) = match(october, probation(unsure))
    assert one["ends_as"] == "cannot_tell"
    same = LineEntry(LineAnswer.SAME, "Their birth dates were compared with the court")
    assert answer(october, same).second_wanted, "contact may be owed for the line"
    answer(october, same, Role.HEAD)
    assert not questions(october)
    (one, *_) = match(october, probation(line(surname="OTHER", pnc=""), unsure))[1:]
    assert (one["ends_as"], one["rule"]) == ("differs", "a person")


def test_a_line_that_is_parted_is_somebodys_until_it_ends(october: World) -> None:
    unsure = line(pnc="", born="1988-03-15", forename="TOBIAH")
    match(october, probation(unsure))
    answer(october, LineEntry(LineAnswer.NOT_SAME, "Another man of this name"))
    (question,) = questions(october)
    assert question.topic == "unknown_to_us"
    assert endings(match(october, probation(unsure))) == ["task"]


def test_an_explanation_stays_with_the_line_in_every_later_list(october: World) -> None:
    match(october, probation(UNKNOWN))
    assert answer(october, explained()).second_wanted, "a no to somebody owed contact takes two"
    assert endings(match(october, probation(line(), UNKNOWN))) == ["matched", "task"]
    answer(october, explained(), Role.HEAD)
    again = match(october, probation(line(), UNKNOWN))
    assert endings(again) == ["matched", "explained"]
    assert not questions(october)


def test_nobody_confirms_what_they_explained_themselves_in_between(october: World) -> None:
    match(october, probation(UNKNOWN))
    answer(october, explained())
    answer(october, explained(Explanation.SET_ASIDE), Role.HEAD)
    with pytest.raises(NotValid, match="another person"):
        answer(october, explained())
    assert questions(october)


def test_many_lines_with_one_reason_take_a_second_person(
    october: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering_module, "MOST_ALONE", 1)
    october.court_tells(told({**QUILL, **NEWMAN}), told({**QUILL, **NEWMAN, **THIRD}))
    lengths = [line(length="40"), UNKNOWN.replace("72", "40"), UNKNOWN_THIRD.replace("72", "40")]
    match(october, probation(*lengths))
    right = explained(Explanation.OUR_RECORD_RIGHT)
    assert not answer(october, right).second_wanted
    assert answer(october, right).second_wanted
    with pytest.raises(NotValid, match="another person"):
        answer(october, right)
    assert not answer(october, right, Role.HEAD).second_wanted
    assert len(questions(october)) == 1


def test_what_cannot_be_told_is_closed_by_two_people_as_what_is_owed(october: World) -> None:
    match(october, probation(line(pnc="", surname="APERSON", forename="NA", code="")))
    (question,) = questions(october)
    assert question.topic == "unknown_undecided"
    assert answer(october, explained()).second_wanted


def test_another_case_of_the_same_person_and_day_is_not_ours(october: World) -> None:
    october.court_tells(told({**QUILL, **NEWMAN, "offence_code": "TH68001"}))
    heading = "caseURN,pncId,lastName,firstName,dateOfBirth,orderedDate,offenceCode,"
    heading += "label,primaryDurationValue,primaryDurationUnit\n"
    person = "2019/9000402J,NEWMAN,ADA,1988-03-14,2026-09-18"
    held = f"31NQ9900900,{person},TH68001,Imprisonment,72,M\n"
    other = f"31NQ9900999,{person},SX03001,Imprisonment,72,M\n"

    found = match(october, (heading + held + other).encode(), "court")

    assert endings(found) == ["matched", "task"]
    assert [one.topic for one in questions(october)] == ["unknown_to_us"]


def test_an_offence_that_is_owed_contact_is_not_accounted_for_by_one_that_is_not(
    october: World,
) -> None:
    october.court_tells(told({**QUILL, **NEWMAN, "offence_code": "TH68001"}))
    found = match(october, probation(line(), UNKNOWN))
    assert endings(found) == ["matched", "cannot_tell"]


def test_somebody_recalled_may_have_been_sentenced_since(october: World) -> None:
    heading = "prisonerNumber,pncNumber,firstName,lastName,dateOfBirth,legalStatus,recall,"
    heading += "sentenceStartDate,offenceCode\n"
    held = "Z1111ZZ,2006/9000126L,TOBIAH,QUILLFEATHER,1988-03-14,RECALL,true,2026-09-18,OF61016\n"
    new = "Z2222ZZ,2019/9000402J,ADA,NEWMAN,1991-01-01,RECALL,true,2026-09-21,OF61016\n"
    old = "Z3333ZZ,2017/9000403K,OLD,RECALLED,1971-01-01,RECALL,true,2019-04-04,OF61016\n"
    found = match(october, (heading + held + new + old).encode(), "prison")
    assert [one["ends_as"] for one in found if one["row"]] == ["explained", "task", "explained"]


def test_two_short_terms_of_one_day_may_be_long_enough_together(october: World) -> None:
    short = {"pnc": "2019/9000402J", "surname": "NEWMAN", "forename": "ADA", "length": "8"}
    alone = match(october, probation(line(), line(**short)))
    assert endings(alone) == ["matched", "explained"]
    both = match(october, probation(line(), line(**short), line(**short, code="OF61017")))
    assert endings(both) == ["matched", "task", "task"]


def test_a_line_without_a_day_is_compared_by_a_person(october: World) -> None:
    found = match(october, probation(UNKNOWN, line(on="soon")))
    assert endings(found) == ["task", "cannot_tell"]


def test_what_is_entered_by_hand_waits_as_a_message_and_then_closes(october: World) -> None:
    match(october, probation(UNKNOWN))
    answered = answer(october, LineEntry(LineAnswer.ACTED, "The court sent its register"))
    assert answered.receipt
    assert questions(october)
    october.read()
    assert october.receipt(answered.receipt)["status"] == "set_aside"


def test_a_manager_of_another_region_neither_sees_nor_answers(october: World) -> None:
    match(october, probation(UNKNOWN))
    (question,) = questions(october)
    elsewhere = october.hire(Role.MANAGER, "W. Ales", region="N03")
    with october.db.reading() as session, pytest.raises(Exception, match="no such"):
        lines_view(session, october.sealer, elsewhere, question.reference)
    administrator = october.people[Role.ADMINISTRATOR]
    with october.db.reading() as session:
        view = lines_view(session, october.sealer, administrator, question.reference)
    assert "NEWMAN" not in repr(view)
    with october.db.writing() as session, pytest.raises(NotAllowed):
        answer_lines(october.work(session, administrator), question.reference, explained())


def test_where_a_region_has_nobody_an_administrator_is_asked_and_may_answer(october: World) -> None:
    match(
        october, probation(line(pnc="2019/9000402J", surname="WALES", court="Cardiff Crown Court"))
    )
    administrator = october.people[Role.ADMINISTRATOR]
    october.clock.move_to(date(2026, 10, 13))
    october.sweep()
    asked = [one for one in october.tasks(Role.ADMINISTRATOR) if one.kind == "rung_empty"]
    (wales,) = [one for one in asked if "unit manager in Wales" in one.question]
    assert wales.region_code is None
    (question,) = [one for one in october.tasks(Role.ADMINISTRATOR) if one.kind == "list_line"]
    with october.db.writing() as session:
        work = october.work(session, administrator)
        assert "WALES" in repr(
            lines_view(session, october.sealer, administrator, question.reference).lines
        )
        assert answer_lines(work, question.reference, explained()).second_wanted
    october.hire(Role.HEAD, "W. Ales", region="N03")
    with october.db.writing() as session, pytest.raises(NotAllowed):
        answer_lines(october.work(session, administrator), question.reference, explained())


def test_in_ours_and_in_no_list_after_ten_working_days_is_asked_today(october: World) -> None:
    other = line(pnc="", surname="OTHER", on="2026-10-05")
    early = line(pnc="", surname="EARLY", on="2026-09-17")
    found = match(october, probation(early, other), drawn_on=date(2026, 10, 2))
    (ours,) = [one for one in found if one["row"] is None]
    assert ours["ends_as"] == "explained"  # Friday 2 October: the tenth working day
    found = match(october, probation(early, other), drawn_on=date(2026, 10, 5))
    (ours,) = [one for one in found if one["row"] is None]
    assert ours["ends_as"] == "task"
    (question,) = [one for one in questions(october) if one.topic == "list_lacks"]
    assert question.due_on == MONDAY_12_OCTOBER
    match(october, probation(early, other, line()), drawn_on=date(2026, 10, 6))
    assert not [one for one in questions(october) if one.topic == "list_lacks"]


def test_what_a_list_covers_is_what_was_asked_for_and_not_what_stands_in_it(
    october: World,
) -> None:
    october.court_tells(told(QUILL, case_urn="31NQ9900999", sentenced_on="2026-09-01", pnc_id=""))
    lacks = [one for one in match(october, probation(line())) if one["row"] is None]
    assert lacks == [], "by its rows it begins on 18 September"
    since, until = date(2026, 9, 1), date(2026, 9, 30)
    found = match(october, probation(line()), covers=Covers(since, until))
    assert [one["case_reference"] for one in found if one["row"] is None] == ["31NQ9900999"]
    with october.db.reading() as session:
        query = select(ListRun).order_by(col(ListRun.id).desc())
        kept = session.exec(query).first()
    assert kept is not None
    assert (kept.since, kept.until, kept.period_said) == (since, until, True)
    assert kept.drawn_on >= until
    short = Covers(date(2026, 9, 10), date(2026, 9, 30))
    found = match(october, probation(line()), covers=short)
    assert [one for one in found if one["row"] is None] == []
    for wrong in (Covers(until, since), Covers(None, october.today + timedelta(days=1))):
        with pytest.raises(NotValid):
            match(october, probation(line()), covers=wrong)


def test_a_released_person_is_asked_about_at_once_by_email(october: World) -> None:
    heading = (
        "prisonerNumber,lastName,firstName,dateOfBirth,legalStatus,sentenceStartDate,offenceCode,"
        "imprisonmentStatusDescription,lastMovementTypeCode,lastMovementReasonCode,lastMovementDate"
    )
    row = (
        "Z9009ZZ,NEWMAN,ADA,1988-03-14,SENTENCED,2026-10-05,OF61016,Imprisonment 14 months,REL,CR,"
        "2026-10-05"
    )
    match(october, f"{heading}\n{row}".encode(), "prison")
    with october.db.reading() as session:
        kinds = [one.kind for one in session.exec(select(AlertRecord))]
    (question,) = [one for one in questions(october) if one.topic == "unknown_to_us"]
    assert kinds.count("list_unknown") == 1
    assert question.region_code is None


def test_lines_in_are_the_sum_of_how_they_ended(october: World) -> None:
    match(october, probation(line(), "", UNKNOWN, line(born="31/02/1990"), "Total,4"))
    with october.db.reading() as session:
        (run,) = session.exec(select(ListRun)).all()
        view = run_view(session, october.people[Role.ADMINISTRATOR], run.reference)
        (checked,) = coverage(session)
    assert view.run.lines == 5
    assert view.adds_up
    assert (checked.in_both, checked.in_either) == (1, 2)


def test_what_a_matched_line_says_is_not_kept(october: World) -> None:
    match(october, probation(line(), UNKNOWN))
    with october.db.reading() as session:
        kept = [one.sealed is not None for one in session.exec(select(ListLine).order_by("id"))]
    assert kept == [False, True]


def test_the_kind_of_a_number_is_kept_with_its_mark(october: World) -> None:
    with october.db.reading() as session:
        kinds = {one.kind for one in session.exec(select(SentenceMark))}
    assert {"PNC", "ASN"} <= kinds


def test_an_old_mark_without_a_kind_still_finds_its_person(october: World) -> None:
    with october.db.writing() as session:
        for mark in session.exec(select(SentenceMark)):
            mark.kind = None
            session.add(mark)
    (one, *_) = match(october, probation(line(surname="MARRIEDNAME")))
    assert one["rule"] == "PNC"


def test_whoever_may_not_sends_no_list(october: World) -> None:
    with pytest.raises(NotAllowed):
        match(october, probation(line()), who=october.people[Role.VLO])
    with october.db.reading() as session:
        assert not session.exec(select(ListRun)).all()
