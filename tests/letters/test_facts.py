"""A letter may use the facts of its row and no others, and no fact that its row forbids it."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import UndefinedError, nodes

from letters import LetterRefused
from letters.agreement import templates_of
from letters.catalogue import TEMPLATES, compose, environment_of, html, layout_of, missing_facts
from letters.making.contents import fact_names
from letters.making.facts import BY_NAME
from letters.making.values import OPTIONS
from letters.sample_facts import sets_for
from letters.samples import RELATIONS
from vcs.errors import NotFound
from vcs.post.catalogue import CATALOGUE, Addressee, LetterPolicy, letter
from vcs.terms import Language, LetterFormat, LetterLanguage, VictimRelation

EN = Language.ENGLISH

EVERY_LETTER = pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row.kind)


@EVERY_LETTER
def test_every_fact_of_a_row_is_in_the_table(row: LetterPolicy) -> None:
    assert set(fact_names(row)) <= set(BY_NAME)
    for name in row.facts:
        assert row.kind in OPTIONS.get(name, {row.kind: ()}), f"no options of {name}"


@EVERY_LETTER
def test_no_fact_of_a_row_can_hold_what_the_row_forbids(row: LetterPolicy) -> None:
    held = {name: BY_NAME[name].may_hold & row.forbidden for name in row.facts}
    assert {name: what for name, what in held.items() if what} == {}


def facts_used(template: str) -> set[str]:
    tree = environment_of(EN).parse((TEMPLATES / template).read_text(encoding="utf-8"))
    found = tree.find_all(nodes.Getattr)
    return {one.attr for one in found if isinstance(one.node, nodes.Name) and one.node.name == "f"}


@EVERY_LETTER
def test_a_template_uses_the_facts_of_its_row_and_no_others(row: LetterPolicy) -> None:
    for template in templates_of(row):
        layout = layout_of(template.partition("/")[0])
        assert facts_used(template) | facts_used(layout) <= set(fact_names(row)), template


def test_a_fact_of_another_letter_does_not_reach_a_template() -> None:
    given = {**sets_for("recall")[0], "standing": "victim", "hospital_name": "Example Hospital"}
    made = compose("recall", EN, given)
    assert "hospital_name" not in made.parts[0].facts
    assert "Example Hospital" not in html(made)
    (only,) = made.parts
    lacking = type(only)(only.language, {k: v for k, v in only.facts.items() if k != "phone"})
    broken = type(made)(made.kind, made.language, made.format, made.window, (lacking,))
    with pytest.raises(UndefinedError):
        html(broken)


MADE = [
    (row.kind, number, to)
    for row in CATALOGUE
    for number in range(len(sets_for(row.kind)))
    for to in (RELATIONS if row.to is Addressee.CONTACT else ["victim"])
]


@pytest.mark.parametrize(("kind", "number", "to"), MADE)
def test_each_thing_a_letter_may_have_to_say_is_said_in_both_languages(
    kind: str, number: int, to: str
) -> None:
    given = {**sets_for(kind)[number], "standing": RELATIONS[to]}
    forms = [LetterFormat.STANDARD]
    if letter(kind).to is Addressee.CONTACT:
        forms.append(LetterFormat.EASY_READ)
    for form in forms:
        page = html(compose(kind, LetterLanguage.BILINGUAL, given, form))
        for odd in ("None", "{{", "{%", "%(", "&lt;", "Undefined"):
            assert odd not in page, (form, odd)


@EVERY_LETTER
def test_each_fact_that_a_row_needs_is_asked_for_by_name(row: LetterPolicy) -> None:
    whole = {**sets_for(row.kind)[0], "standing": VictimRelation.VICTIM}
    assert missing_facts(row.kind, whole) == ()
    for name in set(row.facts) - set(row.may_be_absent) - {"sentence"}:
        without = {key: value for key, value in whole.items() if key != name}
        needs = [key for key in BY_NAME[name].needs or (name,) if key in whole]
        assert missing_facts(row.kind, without) or name not in needs, name


def test_an_exact_day_of_release_does_not_come_into_the_contents() -> None:
    given = {
        **sets_for("pre-release")[0],
        "standing": "victim",
        "release_month": date(2027, 3, 17),
    }
    made = compose("pre-release", EN, given)
    assert made.fact("release_month") == date(2027, 3, 1)
    assert "17 March" not in html(made)


def test_words_that_somebody_wrote_are_needed_in_each_language_of_the_letter() -> None:
    given = {
        **sets_for("not-eligible")[0],
        "standing": "victim",
        "decline_reason": "The sentence is too short.",
    }
    assert compose("not-eligible", EN, given).fact("decline_reason") == "The sentence is too short."
    with pytest.raises(LetterRefused, match="the reason why the scheme does not apply, in Welsh"):
        compose("not-eligible", LetterLanguage.BILINGUAL, given)


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("parole-decision", "decision", "perhaps"),
        ("closure", "closure_reason", "we are busy"),
        ("welcome", "chosen_on", date(2030, 1, 1)),
        ("reminder", "reply_by", date(2026, 1, 1)),
        ("licence-conditions-outcome", "answers", {"en": ({"asked": "x", "outcome": "maybe"},)}),
    ],
)
def test_a_value_that_no_template_knows_is_refused_by_name(
    kind: str, name: str, value: object
) -> None:
    with pytest.raises(LetterRefused) as refusal:
        compose(kind, EN, {**sets_for(kind)[0], "standing": "victim", name: value})
    assert list(refusal.value.fields) == [name]


def test_a_letter_to_others_comes_in_the_standard_format_alone() -> None:
    with pytest.raises(NotFound):
        compose("offender-manager", EN, sets_for("offender-manager")[0], LetterFormat.EASY_READ)
