"""How she may be reached, on the pages: kept in one place, shown wherever somebody could begin."""

from __future__ import annotations

import re

from tests.api.office import Office
from tests.api.staff.letters.test_letters import drafted
from tests.api.staff.victims.test_contact import box, on
from vcs.terms import Role


def answer(way: str, rule: str, **more: str) -> dict[str, str]:
    return {"way": way, "rule": rule, "how_known": "they said so", **on("since_on"), **more}


def test_what_is_recorded_once_stands_in_the_box_on_every_page_about_her(office: Office) -> None:
    officer, letter = drafted(office, safe_contact_notes="An older note")
    referral = re.search(r"/referrals/(VCS-[0-9A-Z-]+)", officer.get(letter).text)
    assert referral
    here = f"/referrals/{referral[1]}"
    found = re.search(rf"{here}/victims/VCS-[0-9A-Z-]+", officer.get(here).text)
    assert found
    at = found[0]
    words = {"times": "After six", "not_to_say": "Probation", "withheld": "yes"}
    kept = officer.fill(f"{at}/preferences", **answer("phone", "only", **words))
    assert kept.headers["location"] == f"{here}?done=preference"
    assert officer.fill(f"{at}/preferences", **answer("text message", "never")).status_code == 303
    for page in (
        here,
        letter,
        *(f"{at}/{end}" for end in ("preferences", "contact", "choice", "letter", "address")),
    ):
        told = box(officer.get(page).text)
        for rule in ("Only: telephone", "Never: text message", "After six", "Probation"):
            assert rule in told, (page, rule)
        assert "withheld number" in told
        assert "An older note" in told
    assert "Their note says: “An older note”. Use no way" in officer.get(letter).text
    assert "stops you from reaching them" not in officer.get(letter).text
    told = re.sub(r"\s+", " ", box(officer.get(here).text))
    # One answer for each way: what forbids post stands once, and no yes beside it.
    assert "<dt>Post</dt> <dd>No: only by phone</dd>" in told
    assert "safe to write" not in told
    assert "nobody can overrule" in officer.get(letter).text
    assert "No letter can begin" in officer.get(f"{at}/letter").text


def test_a_call_that_she_had_forbidden_is_kept_only_with_its_reason(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    assert "forbidden" not in officer.get(f"{at}/contact").text
    officer.fill(f"{at}/preferences", **answer("phone", "never"))
    assert "By phone (never this way)" in officer.get(f"{at}/contact").text
    rang = {"how": "by phone", "reached": "yes", "spoke_to": "Nia", **on("happened_on")}
    refused = officer.fill(f"{at}/contact", **rang)
    assert refused.status_code == 422
    assert "Enter why it was used all the same" in refused.text
    kept = officer.fill(f"{at}/contact", emergency="He was at her door", **rang)
    assert kept.status_code == 303
    page = officer.get(f"/referrals/{reference}").text
    assert "He was at her door" in page
    assert "A way was used that they had forbidden" in page
    joined = {"choice": "opt_in", "how": "by phone", **on("chosen_on")}
    assert "By phone (never this way)" in officer.get(f"{at}/choice").text
    assert officer.fill(f"{at}/choice", **joined).status_code == 422
    assert officer.fill(f"{at}/choice", emergency="She rang us", **joined).status_code == 303
    assert "had forbidden: She rang us" in officer.get(f"/referrals/{reference}").text
    wrote = {**rang, "how": "by letter"}
    assert officer.fill(f"{at}/contact", **wrote).status_code == 303


def test_the_day_of_a_contact_is_filled_in_as_today(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer = office.person(Role.VLO)
    page = officer.get(f"/referrals/{reference}/victims/{victim}/contact").text
    assert re.search(r'name="happened_on-year"[^>]*value="2026"', page)


def test_the_second_of_two_sees_what_the_first_recorded_and_what_they_typed(
    office: Office,
) -> None:
    reference, victim = office.referral_with_victim()
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    at = f"/referrals/{reference}/victims/{victim}/preferences"
    older = manager.hidden(at)
    officer.fill(at, **answer("post", "never"))
    late = manager.post(at, older | answer("post", "allowed", times="Mondays alone"))
    assert late.status_code == 409
    assert "Never: post" in box(late.text)
    assert "Somebody else changed" in late.text
    assert "Mondays alone" in late.text
    assert "Never: post" in box(manager.get(f"/referrals/{reference}").text)
    again = manager.fill(at, **answer("post", "allowed"))
    assert again.status_code == 303
    assert "Never: post" not in box(manager.get(f"/referrals/{reference}").text)
    assert "Ended by Moira Manager" in manager.get(at).text


def test_witness_care_may_not_change_it(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    at = f"/referrals/{reference}/victims/{victim}/preferences"
    assert office.person(Role.WITNESS_CARE).get(at).status_code == 403


def test_never_contact_me_about_anything_and_a_change_of_mind_in_one_click(
    office: Office,
) -> None:
    reference, victim = office.referral_with_victim()
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    here = f"/referrals/{reference}"
    at = f"{here}/victims/{victim}"
    assert f"{at}/never" in officer.get(f"{at}/preferences").text
    said = {"words": "Leave me in peace", "how_known": "they said so", **on("said_on")}
    assert officer.fill(f"{at}/never", **said).status_code == 303
    assert "Leave me in peace" in box_whole(officer.get(here).text)
    assert "No letter can begin" in officer.get(f"{at}/letter").text
    task = re.search(
        r'href="(/tasks/VCS-[0-9A-Z-]+)"[^>]*>Decide how an offer is met',
        manager.get("/tasks").text,
    )
    assert task
    assert "Leave me in peace" in box_whole(manager.get(task[1]).text)
    assert f'href="{task[1]}">Decide how an offer' in officer.get("/tasks").text
    assert manager.fill(task[1], answer="not_offered").status_code == 422
    assert manager.fill(task[1], answer="not_offered", note="She told me").status_code == 303
    assert "they never want contact, and a manager decided so" in officer.get(here).text
    undone = officer.post(f"{at}/changed-mind", officer.hidden(f"{at}/preferences"))
    assert undone.headers["location"] == f"{here}?done=changed-mind"
    page = officer.get(here).text
    assert "Leave me in peace" not in page
    assert "a manager decided so" not in page


def box_whole(page: str) -> str:
    found = re.search(r'<div class="app-rules.*?</div>', page, re.DOTALL)
    assert found
    return found[0]


def test_no_reply_is_offered_only_with_its_evidence_and_a_change_of_mind_begins_in_one_click(
    office: Office,
) -> None:
    reference, victim = office.referral_with_victim(safe_to_post="no")
    officer, here = office.person(Role.VLO), f"/referrals/{reference}"
    at = f"{here}/victims/{victim}"
    assert "So far: 0 of 3 days; not yet tried by phone." in officer.get(f"{at}/choice").text
    assert 'value="no_reply"' not in officer.get(f"{at}/choice").text
    said = {"choice": "not_now", "how": "by phone", "words": "After the summer"}
    late = officer.fill(f"{at}/choice", **said, **on("chosen_on"))
    assert "Enter the day on which to ask again" in late.text
    kept = officer.fill(
        f"{at}/choice", **said, **on("chosen_on"), **on("ask_again_on", year="2027")
    )
    assert kept.status_code == 303
    page = officer.get(here).text
    assert "Ask again on Tuesday 2 March 2027" in page
    assert "After the summer" in page
    assert "After the summer" not in office.person(Role.WITNESS_CARE).get(here).text
    officer.fill(f"{at}/choice", choice="opt_out", how="by phone", **on("chosen_on"))
    assert "No letter can begin" in officer.get(here).text
    for page in (here, f"{at}/contact", f"{at}/letter"):
        assert "Does not want contact about this offender" in box(officer.get(page).text)
    assert f'href="{at}/choice?to=opt_in"' in officer.get(here).text
    begun = officer.get(f"{at}/choice?to=opt_in").text
    assert re.search(r'value="opt_in" checked', begun)
    assert re.search(r'name="chosen_on-year"[^>]*value="2026"', begun)


def test_a_note_is_added_to_a_referral_or_to_a_victim_of_it(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, here = office.person(Role.VLO), f"/referrals/{reference}"
    assert officer.fill(f"{here}/note", words="The file is thin").status_code == 303
    at = f"{here}/victims/{victim}/note"
    assert officer.fill(at, words="Her sister rang").headers["location"] == f"{here}?done=note"
    page = officer.get(here).text
    assert page.index("Her sister rang") < page.index("The file is thin")
    assert "about Nia Example" in page
    assert "The file is thin" not in office.person(Role.WITNESS_CARE).get(here).text


def test_after_a_no_or_beside_a_note_only_an_allowed_way_needs_no_reason(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    tried = {"how": "by phone", "reached": "no", **on("happened_on")}
    assert officer.fill(f"{at}/contact", **tried).status_code == 303
    no = {"choice": "opt_out", "how": "by email", **on("chosen_on")}
    assert officer.fill(f"{at}/choice", **no).status_code == 303
    assert "By email (they do not want contact)" in officer.get(f"{at}/contact").text
    refused = officer.fill(f"{at}/contact", **tried)
    assert refused.status_code == 422
    assert "They do not want contact. Enter why" in refused.text
    assert officer.fill(f"{at}/preferences", **answer("phone", "allowed")).status_code == 303
    assert officer.fill(f"{at}/contact", **tried).status_code == 303


def test_somebody_else_who_answered_is_an_attempt_and_no_contact(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    rang = {"how": "by phone", "reached": "yes", **on("happened_on")}
    refused = officer.fill(f"{at}/contact", spoke_to="her husband", **rang)
    assert refused.status_code == 422
    assert "Select ‘No, this was an attempt’" in refused.text
    assert officer.fill(f"{at}/contact", spoke_to="Nia, with her mother", **rang).status_code == 303
