"""The pages about needs, as an officer walks them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.api.office import Office, email_of
from vcs.terms import Role

FORM = {"how": "by phone", "safety": "not_asked", "safe_ways": "not_asked"}


def day(name: str, value: date) -> dict[str, str]:
    parts = {"day": value.day, "month": value.month, "year": value.year}
    return {f"{name}-{part}": str(number) for part, number in parts.items()}


def test_a_worry_leads_on_to_how_they_may_be_reached_and_letters_wait(office: Office) -> None:
    referral, victim = office.referral_with_victim()
    officer, today = office.person(Role.VLO), office.clock.today()
    at, case = f"/victims/{victim}/needs", f"/referrals/{referral}"
    told = {"safe_ways": "said", "safe_ways-words": "Never by post, he opens my letters"}
    said = FORM | told | day("asked_on", today)
    assert officer.fill(f"{at}/ask/safe", **said).status_code == 303
    answer = officer.fill(f"{at}/ask/safe", **said)
    assert answer.status_code == 303, answer.text
    done = officer.get(answer.headers["location"]).text
    assert "change nothing about how this person may be reached until" in done
    assert f'href="{case}/victims/{victim}/preferences"' in done
    page = officer.get(case).text
    (asked,) = re.findall(r'href="(/tasks/[^"]+)">Decide whether it is safe', page)
    assert "nobody has decided yet whether it is safe to write or to ring" in page
    new = officer.get(f"{case}/victims/{victim}/letter").text
    assert "nobody has decided yet whether it is safe to write or to ring" in new
    assert office.person(Role.WITNESS_CARE).get(asked).status_code in (403, 404)
    decided = officer.fill(asked, note="She showed us how: by phone on weekdays")
    assert decided.status_code == 303, decided.text
    assert "nobody has decided yet" not in officer.get(case).text


def test_an_officer_asks_opens_an_action_and_closes_it(office: Office) -> None:
    referral, victim = office.referral_with_victim()
    officer, today = office.person(Role.VLO), office.clock.today()
    at = f"/victims/{victim}/needs"
    assert "none of 14 asked yet" in officer.get(f"/referrals/{referral}").text
    said = {"safety": "said", "safety-words": "His cousin is next door"}
    answer = officer.fill(f"{at}/ask/safe", **(FORM | said | day("asked_on", today)))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{at}?done=needs-safe")
    page = officer.get(at).text
    assert "His cousin is next door" in page
    assert "13 of 14 not asked: Safe ways to reach them, Being understood" in page
    form = officer.get(f"{at}/action/safety").text
    (owner,) = re.findall(r'<option value="(\d+)" selected>', form)
    action = {"need": "Afraid at night", "to_do": "Tell the police", "owner": owner}
    made = officer.fill(f"{at}/action/safety", **(action | day("due_on", today)))
    assert made.status_code == 303, made.text
    office.clock.move_to(today + timedelta(days=1))
    officer.sign_in(email_of(Role.VLO))
    assert "1 overdue" in officer.get("/").text
    (reference,) = re.findall(
        r"/needs-actions/(VCS-[0-9A-Z-]+)\"", officer.get("/needs-actions").text
    )
    outcome = {"outcome": "done", "words": "Seen in 40 minutes"}
    closed = officer.fill(f"/needs-actions/{reference}", **(outcome | day("closed_on", today)))
    assert closed.status_code == 303, closed.text
    assert "Nothing is open" in officer.get("/needs-actions").text
    sheet = officer.get(f"{at}/sheet").text
    assert "Seen in 40 minutes" in sheet
    assert "We have not asked you this yet" in sheet
    main = sheet[sheet.index("What you said, what we did</h1>") :]
    for hidden in ("Nia", "Madeup", "Vera", "Made Up Lane", referral, "0113"):
        assert hidden not in main[: main.index("</main>")]


def test_the_second_of_two_sees_both_and_nothing_typed_is_lost(office: Office) -> None:
    _, victim = office.referral_with_victim()
    today, path = office.clock.today(), f"/victims/{victim}/needs/ask/safe"
    first, second = office.person(Role.VLO), office.person(Role.MANAGER)
    drawn = second.hidden(path)
    mine = FORM | day("asked_on", today) | {"safety": "said", "safety-words": "All is well"}
    first.fill(path, **(mine | {"safety-words": "Afraid of his cousin"}))
    both = second.post(path, drawn | mine)
    assert both.status_code == 409
    assert "Afraid of his cousin" in both.text
    assert "All is well" in both.text
    kept = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', both.text))
    assert second.post(path, kept | mine).status_code == 303
    page = first.get(f"/victims/{victim}/needs").text
    assert page.index("All is well") < page.index("Afraid of his cousin")


def test_witness_care_sees_nothing_of_needs(office: Office) -> None:
    referral, victim = office.referral_with_victim()
    other = office.person(Role.WITNESS_CARE)
    assert "/needs" not in other.get(f"/referrals/{referral}").text
    for path in ("", "/sheet", "/ask/safe", "/action/safety"):
        assert other.get(f"/victims/{victim}/needs{path}").status_code in (403, 404)
    officer = office.person(Role.VLO)
    for path in ("ask/nothing", "action/nothing"):
        assert officer.get(f"/victims/{victim}/needs/{path}").status_code == 404
    assert officer.get("/victims/VCS-0000-0000/needs").status_code == 404
