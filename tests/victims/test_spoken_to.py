"""Who was spoken to: only words that are surely for the person say that they were reached."""

from __future__ import annotations

import pytest

from vcs.victims.contact.spoken_to import Called, is_named_party, was_spoken_to

NORA = Called(("Nora Quill", "Ms Quill"))

SHE = (
    *("Nora", "nora quill", "Quill, Nora", "Ms Quill", "Ms Nora Quill", "her", "Herself"),
    *("the victim", "Nora herself", "Nora, with her mother", "Nora and her husband"),
    *("Nora by phone", "Nora on her mum’s phone", "Nora (with an interpreter)"),
)

NOT_SURE = (
    *("Mr Quill, her husband", "Mr Quill", "Mrs Quill (her mother)", "Quill", "him", "himself"),
    *("the Quill household, son answered", "they", "her husband", "Nora’s mum", "Nora via her mum"),
    *("voicemail", "her voicemail", "nobody answered, left a message", "Nora - no answer"),
    *("Nora, left a message", "Ms Quill, her sister", "Ms Quill (chwaer)", "ei gŵr", "neb"),
    *("Nora, her daughter", "her husband (Nora)", "Mr Quill, Nora", "Mr Nora Quill"),
)


@pytest.mark.parametrize("words", SHE)
def test_her_own_name_as_we_know_it_is_she(words: str) -> None:
    assert was_spoken_to(words, NORA)


@pytest.mark.parametrize("words", NOT_SURE)
def test_somebody_else_of_her_name_a_machine_and_what_is_unsure_are_not(words: str) -> None:
    assert not was_spoken_to(words, NORA)


def test_a_man_a_name_of_two_parts_and_who_speaks_for_a_child_are_known_by_their_own() -> None:
    man, joined = Called(("Hus Band", "Mr Band")), Called(("Nia Made-Up", "Ms Made-Up"))
    child = Called(("Tom Small", ""), speaker="Ann Small")
    assert all(was_spoken_to(one, man) for one in ("Mr Band", "him", "Hus"))
    assert not was_spoken_to("her", man)
    assert was_spoken_to("Ms Made", joined)
    assert not was_spoken_to("Made", joined)
    assert all(was_spoken_to(one, child) for one in ("Tom", "Ann, his mother"))
    assert not any(was_spoken_to(one, child) for one in ("him", "his father", "Mrs Small"))


def test_a_third_party_is_known_by_a_name_or_as_a_relation() -> None:
    assert all(is_named_party(one, "Eve Hart (her mother)") for one in ("her mum", "Eve", "Hart"))
    assert not any(is_named_party(one, "Eve Hart (her mother)") for one in ("her son", "voicemail"))
