"""The lint of a letter: right person, nothing forbidden, readable; findings name the words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.making.facts import FACTS
from vcs.post.catalogue import CATALOGUE, Addressee, Forbidden, letter
from vcs.post.lint.check import lint, subject_of
from vcs.post.lint.findings import FREE, Finding, FindingKind, Part, Whose, Words
from vcs.post.lint.forbidden import FINDERS
from vcs.post.lint.reading import reading_age
from vcs.terms import Language

ANN = Whose(
    letter("annual"),
    "Ann Preston",
    "Ms Preston",
    ("2 Mill Lane", "Ford", "BN18 0BX"),
    "VCS-AAAA-AAAA",
    "victim",
    others=("Rhys Otherman",),
    offenders=("Colin Madeup",),
)


def made(*events: str, name: str = "Ann Preston", **facts: object) -> Words:
    """Return an annual letter about some events."""
    given: dict[str, object] = {
        "salutation": "Ms Preston",
        "reference": "VCS-AAAA-AAAA",
        "standing": "victim",
        "court_name": "Leeds Crown Court",
        "year_events": list(events),
    }
    window = (name, "2 Mill Lane", "Ford", "BN18 0BX")
    return Words(window, (Part(Language.ENGLISH, given | facts),))


def found(*events: str, whose: Whose = ANN, **facts: str) -> list[tuple[FindingKind, str]]:
    return [(one.kind, one.words) for one in lint(made(*events, **facts), whose)]


def forbidden(*events: str, whose: Whose = ANN) -> set[Forbidden | None]:
    return {one.forbidden for one in lint(made(*events), whose)} - {None}


def test_every_fact_that_somebody_writes_is_looked_at() -> None:
    assert set(FREE) == {fact.name for fact in FACTS if fact.in_words}


def test_everything_that_a_row_may_forbid_can_be_found() -> None:
    assert set(FINDERS) == set(Forbidden)
    assert {what for row in CATALOGUE for what in row.forbidden} <= set(FINDERS)


@pytest.mark.parametrize(
    "event",
    [
        "There was a hearing in Leeds in May.",
        "Somebody from our team came to see you in Ford.",
        "Ms Preston, you told us that you had moved.",
        "He can now ask for a move to open conditions.",
        "The Court of Appeal did not change the sentence.",
        "We came to your home on Monday.",
        "Please ring us this week.",
        "He was in prison for 3 months on the old street.",
        "You can ring us 24/7 when he is due out.",
        "They came to see you in Ford.",
        "He was at a hearing in Leeds.",
        "He appeared at Leeds Crown Court.",
        "We wrote to you after Easter.",
    ],
)
def test_what_comes_from_the_facts_and_plain_words_are_no_finding(event: str) -> None:
    assert found(event) == []


@pytest.mark.parametrize(
    ("event", "what", "words"),
    [
        ("He was moved to Wakefield in March.", Forbidden.PRISON, "Wakefield"),
        ("He was moved to Leeds in March.", Forbidden.PRISON, "Leeds"),
        ("He is at HMP Preston now.", Forbidden.PRISON, "HMP Preston"),
        ("He is in Leeds.", Forbidden.PRISON, "Leeds"),
        ("He has been sent to Ford.", Forbidden.PRISON, "Ford"),
        ("He is at Long\u00a0 Lartin.", Forbidden.PRISON, "Long Lartin"),
        ("He is at Long-Lar\u00adtin.", Forbidden.PRISON, "Long Lartin"),
        ("He is at Oakhill.", Forbidden.PRISON, "Oakhill"),
        ("He is at Made Secure Training Centre.", Forbidden.PRISON, "Made Secure Training"),
        ("Mr Maddeup wrote.", Forbidden.OFFENDER_NAME, "Maddeup"),
        ("He will be home for Christmas.", Forbidden.EXACT_DATE, "Christmas"),
        ("He leaves on Boxing Day.", Forbidden.EXACT_DATE, "Boxing Day"),
        ("Release: 01-Jun-2027", Forbidden.EXACT_DATE, "01-Jun-2027"),
        ("We worked it out to be June 2027.", Forbidden.COMPUTED_DATE, "June 2027"),
        ("He could be out in June 2027.", Forbidden.COMPUTED_DATE, "June 2027"),
        ("He is now in the prison at Ford.", Forbidden.PRISON, "Ford"),
        ("Mae'n CEF Berwyn bellach.", Forbidden.PRISON, "Berwyn"),
        ("Mae yng Ngharchar Abertawe.", Forbidden.PRISON, "Ngharchar Abertawe"),
        ("He comes out on 3/6.", Forbidden.EXACT_DATE, "3/6"),
        ("He walks free on the third of June.", Forbidden.EXACT_DATE, "third of June"),
        ("He gets out next Friday.", Forbidden.EXACT_DATE, "next Friday"),
        ("He will be released in ten days.", Forbidden.EXACT_DATE, "in ten days"),
        ("Bydd yn cael ei ryddhau ar 3 Mehefin.", Forbidden.EXACT_DATE, "3 Mehefin"),
        ("Daw adref ddydd Gwener nesaf, 4ydd o Fai.", Forbidden.EXACT_DATE, "4ydd o Fai"),
        ("Disgwylir ei ryddhau ym mis Mai 2028.", Forbidden.COMPUTED_DATE, "Disgwylir"),
        ("He goes to 14 Elm Rd then.", Forbidden.RELEASE_ADDRESS, "14 Elm Rd"),
        ("He goes to 14 elm road then.", Forbidden.RELEASE_ADDRESS, "14 elm road"),
        ("He will be at flat 3, 12 The Grove.", Forbidden.RELEASE_ADDRESS, "12 The Grove"),
        ("He will be near ls9 9zz.", Forbidden.RELEASE_ADDRESS, "ls9 9zz"),
        ("He is staying with his aunt.", Forbidden.RELEASE_ADDRESS, "staying with his aunt"),
        ("Bydd yn byw gyda'i fam.", Forbidden.RELEASE_ADDRESS, "gyda'i fam"),
        ("Dechreuodd driniaeth ym mis Mai.", Forbidden.MEDICAL, "driniaeth"),
        ("Mae'n gwadu'r trywanu.", Forbidden.OFFENCE_DETAILS, "trywanu"),
        ("Dim byd newydd eleni.", Forbidden.STOCK_NOTHING, "Dim byd newydd"),
        ("Aeth i Ysbyty Cefn Coed.", Forbidden.HOSPITAL, "Ysbyty Cefn Coed"),
        ("He will be released on 14 March 2027.", Forbidden.EXACT_DATE, "14 March 2027"),
        ("He comes home 14/03/2027.", Forbidden.EXACT_DATE, "14/03/2027"),
        ("He will live at 3 Elm Road, LS9 9ZZ.", Forbidden.RELEASE_ADDRESS, "3 Elm Road"),
        ("He will stay in approved premises.", Forbidden.RELEASE_ADDRESS, "approved premises"),
        ("He began medication in May.", Forbidden.MEDICAL, "medication"),
        ("He should be out around May 2028.", Forbidden.COMPUTED_DATE, "He should be out"),
        ("He still denies the stabbing.", Forbidden.OFFENCE_DETAILS, "stabbing"),
        ("Mr Madeup wrote to the court.", Forbidden.OFFENDER_NAME, "Madeup"),
        ("Nothing has happened this year.", Forbidden.STOCK_NOTHING, "Nothing has happened"),
        ("He went to Rampton.", Forbidden.HOSPITAL, "Rampton"),
        ("He went to Cygnet Hospital.", Forbidden.HOSPITAL, "Cygnet Hospital"),
    ],
)
def test_what_the_row_forbids_is_found_and_its_words_are_named(
    event: str, what: Forbidden, words: str
) -> None:
    (finding, *_) = [one for one in lint(made(event), ANN) if one.forbidden is what]
    assert words in finding.words
    assert finding.may_be_passed
    assert words in finding.text


def about_zones(*conditions: str) -> set[str]:
    """Return what is found in conditions because it tells where the victim lives."""
    (whole,) = made().parts
    words = replace(
        made(), parts=(replace(whole, facts={**whole.facts, "conditions": conditions}),)
    )
    found_in = lint(words, replace(ANN, row=letter("pre-release")))
    return {one.words for one in found_in if one.forbidden is Forbidden.ZONE_IS_HOME}


def test_a_condition_says_of_no_area_that_the_victim_lives_there() -> None:
    assert (
        about_zones("They must stay out of the area on the map that we agreed with you.") == set()
    )
    assert about_zones("They must not go near the streets around your home.") == {"your home"}
    assert about_zones("Rhaid iddynt gadw draw o’ch cartref.") == {"o’ch cartref"}
    assert about_zones("They must stay out of Mill Lane.") == {"2 Mill Lane"}
    assert about_zones("They must keep away from where you work.") == {"where you work"}


def test_another_victims_name_that_is_one_letter_wrong_is_asked_about() -> None:
    (part,) = lint(made("Mr Othermann was told."), ANN)
    assert (part.kind, part.words) == (FindingKind.PERHAPS_OTHER_VICTIM, "Othermann")


def test_what_another_row_allows_is_no_finding() -> None:
    event = "He went to Rampton."
    hand_over = replace(ANN, row=letter("hospital-managers"))
    assert Forbidden.HOSPITAL in forbidden(event)
    assert Forbidden.HOSPITAL not in forbidden(event, whose=hand_over)


def test_another_victims_name_is_passed_by_nobody_and_part_of_it_by_a_second_person() -> None:
    (whole, *_) = lint(made("We told Rhys Otherman too."), ANN)
    assert (whole.kind, whole.may_be_passed) == (FindingKind.OTHER_VICTIM, False)
    (part,) = lint(made("We told Rhys too."), ANN)
    assert (part.kind, part.may_be_passed) == (FindingKind.PERHAPS_OTHER_VICTIM, True)


@pytest.mark.parametrize(
    ("name", "event", "words"),
    [
        ("Ann Smith-Jones", "We wrote to Smith-Jones.", "Jones"),
        ("Pat O’Brien", "We wrote to O'Brien.", "O'Brien"),
        ("Ben Li", "We saw Ben.", "Ben"),
        ("Ben Li", "We saw Li.", "Li"),
        ("Rhys Otherman", "we saw otherman.", "otherman"),
    ],
)
def test_each_part_of_a_name_is_found(name: str, event: str, words: str) -> None:
    family = replace(ANN, others=(name,))
    assert (FindingKind.PERHAPS_OTHER_VICTIM, words) in found(event, whose=family)


def test_a_word_of_every_day_in_small_letters_is_nobodys_name() -> None:
    family = replace(ANN, others=("Will Park", "An Hope"), offenders=("May Brown",))
    assert found("An officer will see the brown park and may hope.", whose=family) == []


def test_a_name_that_two_victims_share_is_her_own() -> None:
    family = replace(ANN, others=("Rhys Preston", "Ann Preston"))
    assert found("Ann Preston told us.", whose=family) == []
    assert found("Preston is her name.", whose=family) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Rhys Otherman"},
        {"salutation": "Mr Otherman"},
        {"reference": "VCS-BBBB-BBBB"},
        {"standing": "next of kin"},
    ],
)
def test_a_letter_that_is_not_hers_is_passed_by_nobody(changed: dict[str, str]) -> None:
    wrong = [one for one in lint(made(**changed), ANN) if one.kind is FindingKind.PAIRING]
    assert wrong
    assert not any(one.may_be_passed for one in wrong)


def test_another_address_on_the_envelope_is_found() -> None:
    moved = replace(ANN, address=("9 New Road", "York", "YO1 9ZZ"))
    assert (FindingKind.PAIRING, "") in found(whose=moved)


def test_the_first_letter_needs_no_word_written_and_has_no_finding() -> None:
    assert found() == []


def test_what_she_asked_us_not_to_say_is_found() -> None:
    quiet = replace(ANN, not_to_say="Never mention the divorce")
    assert found("We know of the divorce.", whose=quiet) == [(FindingKind.NOT_TO_SAY, "divorce")]


def test_jargon_long_sentences_and_a_high_reading_age_are_found() -> None:
    hard = (
        "Notwithstanding the recategorisation, the offender management practitioner undertook a "
        "comprehensive multidisciplinary assessment of rehabilitative interventions pursuant to "
        "the statutory arrangements concerning the individual's institutional accommodation."
    )
    kinds = {kind for kind, _ in found(hard, hard)}
    assert {FindingKind.JARGON, FindingKind.READING_AGE} <= kinds
    assert (FindingKind.JARGON, "ROTL") in found("He may ask for ROTL.")
    easy = "You can ring us. We can come to see you. It is up to you. " * 5
    hardest = reading_age(hard)
    assert hardest is not None
    assert (reading_age(easy) or 0) < 9 < 14 < hardest


def test_the_next_step_is_asked_for_where_the_whole_letter_is_known() -> None:
    words = made()
    assert lint(replace(words, text="Dear Ms Preston\nHello."), ANN)
    assert lint(replace(words, text="Dear Ms Preston\nWhat happens next\nRing us."), ANN) == ()


def test_a_decision_about_the_wording_is_about_those_findings_alone() -> None:
    one, two = lint(made("He went to Rampton."), ANN), lint(made("He went to Ashworth."), ANN)
    assert subject_of(one) != subject_of(two)
    assert subject_of(()) == ""
    assert subject_of((Finding(FindingKind.PAIRING, "Ann", "wrong"),)) == ""


@pytest.mark.parametrize(
    ("says", "what"),
    [
        ("No contact with Ann Preston.", Forbidden.VICTIM_NAME),
        ("No contact with preston.", None),
        ("Keep out of 2 Mill Lane.", Forbidden.VICTIM_ADDRESS),
        ("Keep out of mill ln.", Forbidden.VICTIM_ADDRESS),
        ("Keep out of Rose Cottage.", Forbidden.VICTIM_ADDRESS),
        ("Keep out of BN180BX.", Forbidden.VICTIM_ADDRESS),
        ("Keep out of all of BN18.", Forbidden.VICTIM_ADDRESS),
        ("Ring 01134960000.", Forbidden.VICTIM_ADDRESS),
        ("Ring +44 113 496 0000.", Forbidden.VICTIM_ADDRESS),
        ("Write to ap at x dot org.", Forbidden.VICTIM_ADDRESS),
        ("Keep out of the park by the school.", None),
    ],
)
def test_a_letter_to_others_never_gives_who_or_where_she_is(
    says: str, what: Forbidden | None
) -> None:
    to_prison = replace(
        ANN,
        row=letter("offender-manager"),
        address=("Rose Cottage, 2 Mill Lane", "Arundel", "BN18 0BX"),
        reaches_them=("0113 496 0000", "ap@x.org"),
    )
    assert to_prison.row.to is Addressee.OFFENDER_MANAGER
    words = Words(("The officer",), (Part(Language.ENGLISH, {"requests": [says]}),))
    hers = {Forbidden.VICTIM_NAME, Forbidden.VICTIM_ADDRESS}
    assert {one.forbidden for one in lint(words, to_prison)} & hers == {what} - {None}


def test_a_name_on_two_lines_of_the_window_is_the_one_that_was_given() -> None:
    whole = made()
    parted = replace(whole, window=("Ann", "Preston", *whole.window[1:]))
    assert lint(parted, ANN) == lint(whole, ANN) == ()
    other = replace(whole, window=("Ann", "Prestwick", *whole.window[1:]))
    assert FindingKind.PAIRING in {one.kind for one in lint(other, ANN)}
