"""Why what was said of a person, and of where they live, holds a letter. Pure, for the gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcs.law.deadlines.duties import in_words
from vcs.post.cases.letter_case import LetterCase
from vcs.victims.preferences.allowed import IN_WORDS, Bar, may_speak_against
from vcs.victims.preferences.records import Way

_TO_OTHERS = "Whoever gets this letter would write to the address in it, so it may not go,"

_TO_THE_ADDRESS = "Whoever gets this letter would write to the address in it. If it must go to them"

_THROUGH_THEM = "Go through them instead. If this letter must go to the address"

_CHANGED_MIND = "If they have changed their mind, record that first."

_CHANGED_CHOICE = "If they have changed their mind, record their new choice first."


def never_contact(case: LetterCase) -> Iterator[str]:
    """Hold every letter, in every referral, to somebody who never wants contact."""
    said = case.preferences.anything
    if said is not None:
        yield (
            f"On {in_words(said.since_on)} this person said that they never want to be contacted "
            f"about anything. No letter may go, and nobody can overrule this. {_CHANGED_MIND}"
        )


def post_never(case: LetterCase) -> Iterator[str]:
    """Hold every letter to somebody who does not want post, but what goes to them by email."""
    bar, only = case.preferences.bar(case.goes_by), case.preferences.only_ways()
    said = {
        Bar.NEVER: "This person said that they must never be written to by post.",
        Bar.ONLY_OTHERS: f"This person said how they may be reached: only {_listed(only)}.",
    }
    if bar in said:
        stops = _TO_OTHERS if case.is_to_others else "No letter may go,"
        instead = "" if case.is_to_others else f"{_instead(case)} "
        yield f"{said[bar]} {stops} and nobody can overrule this. {instead}{_CHANGED_MIND}"


def only_via(case: LetterCase) -> Iterator[str]:
    """Hold a letter to somebody who may be reached only through another person."""
    if case.preferences.bar(case.goes_by) is Bar.ONLY_VIA:
        whom = case.preferences.via_whom
        through = f"through “{whom}”" if whom else "through somebody they named"
        instead = _TO_THE_ADDRESS if case.is_to_others else _THROUGH_THEM
        yield (
            f"This person may be reached only {through}. {instead} all the same, somebody who did "
            "not begin it must say why."
        )


def note_unsettled(case: LetterCase) -> Iterator[str]:
    """Hold a letter while a note may speak against it and nobody recorded what it means for it.

    That post is safe says nothing of a note beside it: an answer about this way does.
    """
    said, way = case.preferences, case.goes_by
    is_settled = said.allows(way) or said.bar(way) is not None
    if not is_settled and may_speak_against(case.contact_note, way):
        yield (
            f"Their note says: “{case.contact_note}”. It may mean that this letter should not go. "
            f"Find out. Then record under ‘How to reach them’ whether they may be reached "
            f"{IN_WORDS[way]}, or correct the note in their details."
        )


def _instead(case: LetterCase) -> str:
    if case.contact_note:
        return (
            f"Their note says: “{case.contact_note}”. Use no way that it speaks against. Record "
            "what it allows under ‘How to reach them’; if nothing is left, ask a manager."
        )
    left = case.preferences.ways_left()
    if not left:
        return "No way of reaching them is left: ask a manager how contact can be made."
    by_email = " A letter in plain text may go to them by email." if case.by_email_alone else ""
    return f"Nothing that they said stops you from reaching them {_listed(left)}.{by_email}"


def _listed(ways: Iterable[Way]) -> str:
    return " or ".join(IN_WORDS[way] for way in ways)


def deceased(case: LetterCase) -> Iterator[str]:
    """Hold every letter to somebody who has died."""
    if case.has_died:
        yield (
            "It is on record that this person has died, so no letter may go to them in any "
            "referral, whether or not a second person has confirmed it yet. If it is wrong, a "
            "manager can take it back with a reason."
        )


def came_of_age(case: LetterCase) -> Iterator[str]:
    """Hold a letter to whoever spoke for a child who is 18 by now."""
    if case.child_came_of_age_on:
        yield (
            f"Somebody for whom this person spoke is 18 since {in_words(case.child_came_of_age_on)}"
            ": their own choice. Ask them, and record what they chose or who speaks for them now. "
            "If this letter must go all the same, a manager who did not begin it must say why."
        )


def no_adult(case: LetterCase) -> Iterator[str]:
    """Hold a letter to a child for whom no adult speaks."""
    if case.is_child_alone:
        yield (
            "This person is or may be under 18, and no adult is recorded who speaks for them. "
            "Record their date of birth where it is missing, and who speaks for them, and write "
            "to that person. If this letter must go to the child, a manager who did not begin it "
            "must say why."
        )


def kept_apart(case: LetterCase) -> Iterator[str]:
    """Hold a letter while somebody like this person, who was kept apart from her, said no."""
    if case.apart_said_no_on:
        days = ", ".join(in_words(day) for day in sorted(set(case.apart_said_no_on)))
        yield (
            "Somebody on record in a case of this offender is very like this person, was decided "
            f"to be somebody else, and does not want contact: {days}. A letter may reach whoever "
            "said no, so a manager who did not begin it must say how we know that they are two "
            "people, and why this letter should go."
        )


def opted_out(case: LetterCase) -> Iterator[str]:
    """Hold a letter to somebody who said no about this offender."""
    if case.opted_out_on:
        stops = _TO_OTHERS if case.is_to_others else "No letter may go,"
        yield (
            f"On {in_words(case.opted_out_on)} this person said that they do not want contact "
            f"about this offender. {stops} and nobody can overrule this. {_CHANGED_CHOICE}"
        )


def chose_otherwise(case: LetterCase) -> Iterator[str]:
    """Hold a letter that confirms a choice which is not the one that stands."""
    if case.chose_otherwise_on:
        yield (
            "This letter confirms what this person chose before. What they chose on "
            f"{in_words(case.chose_otherwise_on)} stands now, so it may not go, and nobody can "
            "overrule this. Draft the letter about their latest choice, if they want one. If that "
            "choice was recorded by mistake, record what they chose."
        )


def not_now(case: LetterCase) -> Iterator[str]:
    """Hold a letter to somebody who asked to be left alone for now."""
    said = case.not_now
    if said is not None:
        until = f"until {in_words(said.until)}" if said.until else "until what they named happens"
        yield (
            f"On {in_words(said.said_on)} this person said “not now”: they are not to be asked "
            f"{until}. If this letter must go before that, somebody who did not begin it must say "
            "why."
        )
