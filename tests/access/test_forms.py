from __future__ import annotations

import threading

import pytest

from tests.journeys.world import World, told
from vcs.access import forms
from vcs.errors import NotValid

TOKEN = "a-token-of-enough-letters"


def test_a_form_that_was_taken_leads_where_it_led(world: World) -> None:
    with world.db.writing() as session:
        assert forms.once(session, TOKEN, world.clock.now()) is None
        forms.settle(session, TOKEN, "VCS-1")
    with world.db.writing() as session:
        assert forms.once(session, TOKEN, world.clock.now()) == "VCS-1"


def test_a_form_whose_action_failed_may_be_sent_again(world: World) -> None:
    def fail() -> None:
        with world.db.writing() as session:
            forms.once(session, TOKEN, world.clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with world.db.writing() as session:
        assert forms.once(session, TOKEN, world.clock.now()) is None


@pytest.mark.parametrize("token", ["", "short", "x" * 65])
def test_a_token_of_another_shape_is_refused(world: World, token: str) -> None:
    with world.db.writing() as session, pytest.raises(NotValid):
        forms.once(session, token, world.clock.now())


def test_a_double_click_is_one_action(world: World) -> None:
    world.court_tells(told())
    led: list[str | None] = []

    def click() -> None:
        with world.db.writing() as session:
            led.append(forms.once(session, TOKEN, world.clock.now()))
            forms.settle(session, TOKEN, "VCS-1")

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(led, key=str) == [None, "VCS-1"]
