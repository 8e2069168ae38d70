"""Words that name a prison, let pass on the real pages in a letter whose address was read too."""

from __future__ import annotations

from tests.api.office import Office
from tests.api.staff.letters.test_letters import CHECK, approve, assigned, letters
from tests.api.staff.letters.visits import choose, decide
from vcs.terms import Role

WRITTEN_ODDLY = {"address_lines": "(The Annexe)\r\n3 Pretend Way\r\nNowhereby"}
NAMED = "In March there was a move to Wakefield."
WHY = "She was at the hearing that said so."


def test_words_are_let_pass_where_a_person_had_to_read_the_address_first(office: Office) -> None:
    reference, victim = assigned(office, **WRITTEN_ODDLY)
    choose(office, reference, victim, "opt_in")
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    at = f"/referrals/{reference}/victims/{victim}/letter"
    assert officer.fill(at, kind="annual", language="en").status_code == 303
    letter = f"/letters/{letters(office)[-1].reference}"
    given = officer.fill(f"{letter}/facts", **{"year_events-en": NAMED})
    assert given.status_code == 303, given.text
    assert decide(manager, letter, "particular_address").status_code == 303
    assert "Wakefield" in manager.get(f"{letter}/decide/wording").text
    assert approve(officer, letter).status_code == 422

    assert decide(officer, letter, "wording").status_code == 403
    passed = decide(manager, letter, "wording", WHY)
    assert passed.status_code == 303, passed.text
    assert decide(manager, letter, "wording").status_code == 409
    assert WHY in officer.fill(letter, reason=CHECK).text
    assert approve(officer, letter).status_code == 303
