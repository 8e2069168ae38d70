"""What one change may touch: whatever a new row, kind or field lacks is named here.

Whether a row decides is tried beside its table: roles in ``tests/access/test_roles.py``, tasks in
``tests/tasks/test_rules.py``, letters in ``tests/post/test_catalogue.py``, alerts in
``tests/scheduler/test_alerts.py``, effects in ``tests/consequences/test_effects.py``.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path

from starlette.datastructures import FormData

from api.staff import words
from api.staff.fields import read
from api.staff.victims.details import VICTIM, entry_of, typed_of
from letters.agreement import templates_of
from letters.language.translations import welsh_file
from vcs.alerts import kinds as alerts
from vcs.consequences.closing.reasons import REASONS
from vcs.consequences.effects import EFFECTS, Change
from vcs.post.catalogue import CATALOGUE
from vcs.referrals.records import ClosedReason
from vcs.tasks.kinds import POLICIES
from vcs.tasks.records import TaskKind
from vcs.terms import Language, VictimRelation
from vcs.victims.entries import VictimEntry
from vcs.victims.person import Person
from vcs.victims.preferences.records import HowKnown

_TEMPLATES = Path("letters/templates")


def test_a_letter_is_a_row_a_template_for_each_form_and_its_welsh() -> None:
    assert [row.kind for row in CATALOGUE] == list(words.LETTERS)
    wanted = [one for row in CATALOGUE for one in templates_of(row)]
    assert [one for one in wanted if not (_TEMPLATES / one).exists()] == []
    assert [row.kind for row in CATALOGUE if not welsh_file(row.kind).exists()] == []


def test_an_alert_is_a_row_and_a_template_that_begins_with_its_subject() -> None:
    own = [row for row in alerts.POLICIES.values() if row.when is alerts.When.AT_ONCE]
    assert {row.template for row in alerts.POLICIES.values() if row not in own} == {None}
    for row in own:
        text = (_TEMPLATES / "email" / f"{row.template}.txt.jinja").read_text(encoding="utf-8")
        assert text.startswith("Subject: ")
        assert text.splitlines()[1] == ""


def test_a_question_is_a_row_and_its_title() -> None:
    assert set(POLICIES) == set(TaskKind) == set(words.TASKS)


def test_a_reason_for_closing_and_a_change_of_a_referral_each_have_a_row() -> None:
    assert set(REASONS) == set(ClosedReason)
    assert set(EFFECTS) == set(Change)


WHOLE = VictimEntry(
    name="A Name",
    address_lines=("1 Pretend Lane", "Leeds"),
    postcode="LS1 3AB",
    salutation="Ms Name",
    phone="0113 496 0001",
    email="a@example.org",
    standing=VictimRelation.NEXT_OF_KIN,
    about="mother of the person who died",
    language=Language.WELSH,
    format_needs="Braille",
    safe_to_post=False,
    safe_contact_notes="After six",
    address_confirmed_on=date(2026, 3, 20),
    address_how_known=HowKnown.POLICE,
    country="ES",
    name_in_latin="Another Name",
)


def test_a_field_of_a_victims_details_is_in_the_form_and_comes_back_from_it() -> None:
    empty = VictimEntry("")
    names = [one.name for one in fields(VictimEntry)]
    same = [one for one in names if getattr(WHOLE, one) == getattr(empty, one)]
    assert same == [], "give each field of WHOLE a value of its own"
    assert {field.name for field in VICTIM} == set(names)
    assert entry_of(read(VICTIM, FormData(typed_of(WHOLE)), date(2026, 3, 20))) == WHOLE


FIRST_FIELDS = (
    *("name", "salutation", "about", "lines", "postcode", "phone", "email"),
    "safe_contact_notes",
)


def test_a_field_that_came_later_has_a_default_for_people_sealed_before() -> None:
    later = [one for one in fields(Person) if one.name not in FIRST_FIELDS]
    assert [one.name for one in later if one.default is MISSING] == []
