"""What stands of a sentence, out of what was told of it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from vcs.sentences.history.current import CurrentSentence, Version, current_sentence
from vcs.terms import PROTECTION_ORDER, Outcome

CP, POLICE = "common-platform-hearing", "common-platform-police-result"

COPY = "hmpps-hearing"

YES, NO = Outcome.STATUTORY, Outcome.NOT_ELIGIBLE


def at(hour: int | None) -> datetime | None:
    return None if hour is None else datetime(2026, 3, 20, hour, tzinfo=UTC)


def said(hour: int | None, outcome: Outcome, form: str = CP, facts: str = "") -> Version:
    content = f"{form} {hour} {outcome} {facts}"
    return Version(1, 1, content, form, at(hour), facts or str(outcome), outcome, None, "N55", "13")


def lacked(hour: int | None) -> Version:
    return Version(0, 0, f"lacked {hour}", CP, at(hour))


def standing(*versions: Version) -> CurrentSentence:
    found = current_sentence(versions)
    assert found is not None
    return found


def test_nothing_stands_of_what_nobody_told() -> None:
    assert current_sentence([]) is None
    assert current_sentence([lacked(12)]) is None


def test_the_newest_stands() -> None:
    found = standing(said(12, YES), said(13, NO))
    assert (found.version.outcome, found.best, found.in_doubt) == (NO, YES, False)


def test_it_stands_from_when_it_was_first_told_in_one_run() -> None:
    found = standing(said(12, NO), said(13, YES), said(14, NO), said(15, NO))
    assert found.since == at(14)


def test_of_two_at_one_moment_the_protective_one_stands_in_doubt() -> None:
    found = standing(said(12, NO), said(12, YES))
    assert (found.version.outcome, found.in_doubt) == (YES, True)


def test_one_without_a_moment_is_never_overtaken() -> None:
    found = standing(said(None, YES), said(12, NO))
    assert (found.version.outcome, found.in_doubt) == (YES, True)


def test_two_lengths_of_the_same_outcome_are_a_contradiction() -> None:
    assert standing(said(None, YES, facts="3 years"), said(None, YES, facts="4 years")).in_doubt


def test_another_feed_may_word_the_same_outcome_otherwise() -> None:
    assert not standing(said(12, YES), said(None, YES, POLICE, "other words")).in_doubt


def test_another_feed_with_another_outcome_contradicts() -> None:
    found = standing(said(12, NO), said(None, YES, POLICE))
    assert (found.version.outcome, found.in_doubt) == (YES, True)


def test_another_feed_that_repeats_an_older_share_goes_with_it() -> None:
    found = standing(said(12, YES), said(None, YES, POLICE, "other words"), said(13, NO))
    assert (found.version.outcome, found.best, found.in_doubt) == (NO, YES, False)


def test_a_copy_sent_later_never_overtakes_the_message_itself() -> None:
    found = standing(said(12, YES), said(15, Outcome.CANNOT_TELL, COPY))
    assert (found.version.outcome, found.in_doubt) == (YES, False)


def test_a_copy_that_promises_more_is_a_doubt() -> None:
    found = standing(said(12, NO), said(15, YES, COPY))
    assert (found.version.outcome, found.in_doubt) == (YES, True)


def test_copies_alone_are_ordered_by_their_own_times() -> None:
    found = standing(said(15, NO, COPY), said(12, YES, COPY))
    assert (found.version.outcome, found.in_doubt) == (NO, False)


def test_gone_from_the_newest_share_is_gone_and_keeps_its_last_word() -> None:
    found = standing(said(12, NO), said(13, YES), lacked(14))
    assert (found.gone, found.version.outcome, found.since) == (True, YES, at(14))


def test_back_again_is_not_gone() -> None:
    assert not standing(said(12, YES), lacked(13), said(14, YES)).gone


def test_gone_at_no_known_moment_is_a_doubt_and_not_gone() -> None:
    found = standing(said(12, YES), lacked(None))
    assert (found.gone, found.in_doubt) == (False, True)


def test_a_place_that_the_newest_does_not_tell_is_the_last_one_told() -> None:
    nowhere = Version(2, 2, "x", CP, at(13), "f", YES, None, None, None)
    assert standing(said(12, YES), nowhere).place == ("N55", "13")


VERSIONS = st.lists(
    st.builds(
        said,
        st.sampled_from([None, 12, 13, 14]),
        st.sampled_from(PROTECTION_ORDER),
        st.sampled_from([CP, POLICE, COPY]),
        st.sampled_from(["", "a", "b"]),
    )
    | st.builds(lacked, st.sampled_from([None, 12, 13, 14])),
    max_size=6,
)


@given(VERSIONS, st.randoms())
def test_the_order_of_arrival_never_matters(versions: list[Version], chance: object) -> None:
    shuffled = list(versions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert current_sentence(versions) == current_sentence(shuffled)


@given(VERSIONS)
def test_what_stands_beside_a_doubt_protects_as_much_as_any_of_them(
    versions: list[Version],
) -> None:
    found = current_sentence(versions)
    if found is None:
        return
    order = PROTECTION_ORDER.index
    told = [one for one in found.others if one.facts is not None]
    assert all(order(found.version.outcome) <= order(one.outcome) for one in told)
