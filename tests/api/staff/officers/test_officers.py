"""Pages about officers: who is away, who covers, who is given what."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from tests.api.office import PASSWORD, YORKSHIRE, Office, Visitor, sentencing
from vcs.access.accounts import AccountEntry, add_account
from vcs.referrals.tracing.ladder import LADDER
from vcs.terms import Role


def hired(office: Office, name: str) -> Visitor:
    """Add an officer of the region, and sign them in."""
    email = f"{name.replace(' ', '.').lower()}@example.org"
    with office.app.state.door.db.writing() as session:
        entry = AccountEntry(email, name, PASSWORD, Role.VLO, YORKSHIRE)
        add_account(session, None, entry, office.clock.now())
    visitor = office.visitor()
    visitor.sign_in(email)
    return visitor


def typed_day(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def choice(page: str, name: str) -> str:
    """Return the value of the answer that is worded so."""
    found = re.search(rf'value="([^"]+)"(?:(?!value=).)*{name}', page, re.DOTALL)
    assert found, f"{name} is not offered"
    return found[1]


def test_a_covered_referral_is_on_the_covers_list_and_says_for_whom(office: Office) -> None:
    reference, cora = office.referral(), hired(office, "Cora Cover")
    vera, today = office.person(Role.VLO), office.clock.today()
    vera.fill(f"/referrals/{reference}/take")
    assert reference not in cora.get("/").text
    page = vera.get("/officers/leave/new").text
    assert "Who is away?" not in page
    days = typed_day("first_on", today) | typed_day("last_on", today + timedelta(days=2))
    assert "Select who covers" in vera.fill("/officers/leave/new", **days).text
    answer = vera.fill("/officers/leave/new", **days, cover=choice(page, "Cora Cover"))
    assert answer.headers["location"] == "/officers?done=leave-recorded"
    mine = cora.get("/").text
    assert reference in mine
    assert "Covering for Vera Liaison" in mine
    assert "Cora Cover answers meanwhile" in cora.get(f"/referrals/{reference}").text
    officers = vera.get("/officers").text
    (at,) = re.findall(r"(/officers/leave/\d+)/end", officers)
    assert f"{at}/end" not in cora.get("/officers").text
    assert cora.get(f"{at}/end").status_code == 404
    assert vera.fill(f"{at}/cover", cover="managers").status_code == 303
    assert reference not in cora.get("/").text
    assert "no officer covers" in office.person(Role.MANAGER).get("/tasks").text
    new = re.findall(r"(/officers/leave/\d+)/end", vera.get("/officers").text)[0]
    assert vera.fill(f"{new}/end", **typed_day("back_on", today)).status_code == 303
    assert "No leave is recorded" in vera.get("/officers").text
    assert "no officer covers" not in office.person(Role.MANAGER).get("/tasks").text


def test_a_manager_records_leave_of_anybody_in_the_region(office: Office) -> None:
    hired(office, "Cora Cover")
    manager, today = office.person(Role.MANAGER), office.clock.today()
    page = manager.get("/officers/leave/new").text
    days = typed_day("first_on", today) | typed_day("last_on", today)
    vera, cora = choice(page, "Vera Liaison"), choice(page, "Cora Cover")
    assert manager.fill("/officers/leave/new", **days, officer=vera, cover=vera).status_code == 422
    assert manager.fill("/officers/leave/new", **days, officer=vera, cover=cora).status_code == 303
    assert "Away now" in manager.get("/officers").text
    moira, hugh = choice(page, "Moira Manager"), choice(page, "Hugh Head")
    assert manager.fill("/officers/leave/new", **days, officer=moira, cover=cora).status_code == 422
    assert manager.fill("/officers/leave/new", **days, officer=moira, cover=hugh).status_code == 303
    assert office.person(Role.WITNESS_CARE).get("/officers").status_code == 403
    assert manager.get("/officers/leave/99/end").status_code == 404
    assert manager.get("/officers/leave/no/end").status_code == 404


def three_referrals(office: Office) -> list[str]:
    for number in range(3):
        office.tell(sentencing(office.clock.today(), urn=f"13EX{number:07d}26"))
    page = office.person(Role.MANAGER).get("/officers/give").text
    return re.findall(r'name="give" type="checkbox" value="(VCS-[0-9A-Z-]+ 0)"', page)


def sent(manager: Visitor, path: str, give: list[str], **more: str) -> Any:
    data: dict[str, str | list[str]] = {
        "csrf": manager.hidden("/officers/leave/new")["csrf"],
        "give": give,
    }
    data |= more
    return manager.post(path, data)


def previewed(page: str) -> tuple[list[str], str]:
    """Return what a preview would give, and its token."""
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token, page
    return re.findall(r'name="give" value="([^"]+)"', page), token[1]


def test_referrals_are_shared_out_only_once_they_were_looked_over(office: Office) -> None:
    hired(office, "Cora Cover")
    manager, chosen = office.person(Role.MANAGER), three_referrals(office)
    assert len(chosen) == 3
    assert sent(manager, "/officers/give", [], to="evenly").status_code == 422
    assert sent(manager, "/officers/give", chosen).status_code == 422
    shown = sent(manager, "/officers/give", chosen, to="evenly")
    give, token = previewed(shown.text)
    assert len(give) == 3
    assert "Every open referral has an officer" not in manager.get("/officers/give").text
    cora = office.visitor()
    cora.sign_in("cora.cover@example.org")
    taken = chosen[0].split()[0]
    cora.fill(f"/referrals/{taken}/take")
    done = sent(manager, "/officers/give/confirm", give, form_token=token)
    given_to_vera = next(one for one in give if one.startswith(taken)).split()[2]
    left = (
        [] if given_to_vera == choice(manager.get("/officers/leave/new").text, "Cora") else [taken]
    )
    assert [one for one in (taken,) if one in done.headers["location"]] == left
    assert taken in cora.get("/").text
    assert "Every open referral has an officer at work" in manager.get("/officers/give").text
    again = sent(manager, "/officers/give/confirm", give, form_token=token)
    assert again.headers["location"] == done.headers["location"]


def test_what_was_taken_meanwhile_is_named_and_left(office: Office) -> None:
    cora = hired(office, "Cora Cover")
    manager, chosen = office.person(Role.MANAGER), three_referrals(office)
    vera = choice(manager.get("/officers/leave/new").text, "Vera Liaison")
    give, token = previewed(sent(manager, "/officers/give", chosen, to=vera).text)
    taken = chosen[1].split()[0]
    cora.fill(f"/referrals/{taken}/take")
    shown = sent(manager, "/officers/give", chosen, to=vera).text
    assert len(previewed(shown)[0]) == 2
    assert "Left as they are" in shown
    done = sent(manager, "/officers/give/confirm", give, form_token=token).headers["location"]
    assert done.endswith(f"done=given&left={taken}")
    assert "Left as they are" in manager.get(done).text
    assert taken in cora.get("/").text
    assert len(re.findall(r"app-reference", office.person(Role.VLO).get("/").text)) == 2
    of_vera = manager.get(f"/officers/give?of={vera}").text
    had = re.findall(rf'value="(VCS-[0-9A-Z-]+ {vera})"', of_vera)
    assert len(had) == 2
    back, token = previewed(sent(manager, "/officers/give", had, to="evenly").text)
    assert sent(manager, "/officers/give/confirm", back, form_token=token).status_code == 303
    assert len(re.findall(r"app-reference", cora.get("/").text)) == 3


def test_nothing_is_given_to_an_officer_whose_account_was_disabled_meanwhile(
    office: Office,
) -> None:
    hired(office, "Cora Cover")
    manager, chosen = office.person(Role.MANAGER), three_referrals(office)
    page = manager.get("/officers/leave/new").text
    vera, cora = choice(page, "Vera Liaison"), choice(page, "Cora Cover")
    give, token = previewed(sent(manager, "/officers/give", chosen[:1], to=vera).text)
    more, _ = previewed(sent(manager, "/officers/give", chosen[1:], to=cora).text)
    admin = office.person(Role.ADMINISTRATOR)
    admin.fill(f"/accounts/{cora}/disable")
    refused = sent(manager, "/officers/give/confirm", give + more, form_token=token)
    assert refused.status_code == 422
    assert "whose accounts are open" in refused.text
    assert len(re.findall(r'name="give" type="checkbox"', manager.get("/officers/give").text)) == 3


def elsewhere(office: Office, role: Role, name: str) -> Visitor:
    """Add somebody who works in Wales, and sign them in."""
    email = f"{name.replace(' ', '.').lower()}@example.org"
    with office.app.state.door.db.writing() as session:
        entry = AccountEntry(email, name, PASSWORD, role, "N03")
        add_account(session, None, entry, office.clock.now())
    visitor = office.visitor()
    visitor.sign_in(email)
    return visitor


def task_of(person: Visitor, words: str) -> str:
    found = re.search(rf'href="(/tasks/VCS-[0-9A-Z-]+)">{words}', person.get("/tasks").text)
    assert found, person.get("/tasks").text
    return found[1]


def test_a_referral_goes_to_another_region_step_by_step(office: Office) -> None:
    reference, _ = office.referral_with_victim()
    manager, vera = office.person(Role.MANAGER), office.person(Role.VLO)
    mair = elsewhere(office, Role.MANAGER, "Mair Manager")
    owen = elsewhere(office, Role.VLO, "Owen Officer")
    at = f"/referrals/{reference}"
    assert manager.fill(f"{at}/transfer", to_region="N03").status_code == 422
    offer = manager.fill(f"{at}/transfer", to_region="N03", note="She moved to Cardiff")
    assert offer.headers["location"] == f"{at}?done=transfer-offered"
    assert "They have not answered" in vera.get(at).text
    assert "Offer to another region" not in manager.get(at).text
    task = task_of(mair, "Another region offers a referral")
    page = mair.get(task).text
    assert "She moved to Cardiff" in page
    assert "A transfer does not change it" in page
    assert mair.get(at).status_code == 404
    assert manager.get(task).status_code == 404
    assert mair.fill(task, answer="accepted").status_code == 422
    accept = mair.fill(task, answer="accepted", vlo_account_id=choice(page, "Owen Officer"))
    assert accept.status_code == 303, accept.text
    assert "The new officer is Owen Officer" in manager.get(at).text
    introduce = task_of(vera, "Introduce the new officer")
    assert vera.fill(introduce, how="A joint call").status_code == 422
    today = office.clock.today()
    done = vera.fill(introduce, how="A joint call", **typed_day("introduced_on", today))
    assert done.status_code == 303, done.text
    assert (vera.get(at).status_code, owen.get(at).status_code) == (404, 200)
    assert "Hand-over note from" in owen.get(at).text
    assert reference in owen.get("/").text


def test_an_offer_is_withdrawn_on_its_page(office: Office) -> None:
    reference, manager = office.referral(), office.person(Role.MANAGER)
    at = f"/referrals/{reference}"
    manager.fill(f"{at}/transfer", to_region="N03", note="She moved")
    assert manager.fill(f"{at}/transfer/withdraw").status_code == 303
    assert "They have not answered" not in manager.get(at).text


def test_a_task_says_who_can_answer_it_and_is_no_dead_end(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), code="ZZ99999"))
    officer = office.person(Role.VLO)
    assert "can answer this" in officer.get("/tasks").text
    task = task_of(officer, "Decide whether")
    page = officer.get(task).text
    assert "A manager of the unit of Yorkshire and the Humber can answer this" in page
    assert "Keep this answer" not in page
    hidden = officer.hidden("/officers/leave/new")
    answer = officer.post(task, hidden | {"outcome": "statutory", "note": "It says so."})
    assert answer.status_code == 403
    assert "Keep this answer" in office.person(Role.MANAGER).get(task).text
    assert "can answer this" not in office.person(Role.MANAGER).get("/tasks").text


def test_the_steps_of_a_trace_are_on_one_page_and_stand_before_the_proposal(
    office: Office,
) -> None:
    reference, witness_care = office.referral(), office.person(Role.WITNESS_CARE)
    at, today = f"/referrals/{reference}", office.clock.today()
    cannot = {"reason": "victim_cannot_be_traced", "words": "All were asked."}
    refused = witness_care.fill(f"{at}/no-victim", **cannot)
    assert refused.status_code == 422
    assert "Record every step on the page Trace first" in refused.text
    assert "no step was taken" in witness_care.get(at).text
    look = typed_day("look_again_on", today + timedelta(days=10))
    tried = {"outcome": "nothing", "words": "They know nothing", **typed_day("tried_on", today)}
    assert witness_care.fill(f"{at}/trace/step", **tried, **look).status_code == 422
    for step in LADDER:
        answer = witness_care.fill(f"{at}/trace/step", step=step, **tried, **look)
        assert answer.headers["location"] == f"{at}/trace/steps?done=step-taken"
    page = witness_care.get(f"{at}/trace/steps").text
    assert "Every step was taken" in page
    assert "They know nothing" in page
    assert witness_care.fill(f"{at}/no-victim", **cannot).status_code == 303
    office.clock.move_to(today + timedelta(days=10))
    office.people.clear()
    manager = office.person(Role.MANAGER)
    assert "Look again for the victim" in manager.get("/").text
    history = manager.get(at).text
    assert "Prosecutor: Nothing was found" in history
