"""K-07: many wrong sign-ins at once take little memory, and no thread for long."""

from __future__ import annotations

import threading

import pytest

from vcs.access.signing_in import passwords
from vcs.access.signing_in.passwords import MOST_AT_ONCE, MOST_AT_WORK, fits
from vcs.errors import NotValid


class Slow:
    """A hasher that takes until it is let go, and counts how many it has in hand."""

    def __init__(self) -> None:
        self.lock, self.in_hand, self.most = threading.Lock(), 0, 0
        self.let_go = threading.Event()

    def verify(self, password: str, held: str) -> bool:
        """Take a password in hand until the test lets go."""
        del password, held
        with self.lock:
            self.in_hand += 1
            self.most = max(self.most, self.in_hand)
        assert self.let_go.wait(30)
        with self.lock:
            self.in_hand -= 1
        return False


def test_forty_wrong_tries_at_once_are_checked_two_at_a_time_and_the_rest_turned_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow, answers = Slow(), list[str]()
    monkeypatch.setattr(passwords, "_HASHER", slow)
    turned_away = threading.Semaphore(0)

    def attempt() -> None:
        try:
            answers.append(str(fits("canary battery staple", "a hash")))
        except NotValid as refusal:
            answers.append(str(refusal))
            turned_away.release()

    threads = [threading.Thread(target=attempt) for _ in range(40)]
    for thread in threads:
        thread.start()
    for _ in range(40 - MOST_AT_ONCE):
        assert turned_away.acquire(timeout=30)
    slow.let_go.set()
    for thread in threads:
        thread.join(30)
    assert slow.most == MOST_AT_WORK
    assert answers.count("False") == MOST_AT_ONCE
    assert sum("Wait a minute, then try again" in one for one in answers) == 40 - MOST_AT_ONCE


def test_whoever_comes_afterwards_is_let_in() -> None:
    held = passwords.hash_of("correct horse battery")
    for _ in range(MOST_AT_ONCE + 1):
        assert fits("correct horse battery", held)
    assert not fits("wrong horse battery", held)
