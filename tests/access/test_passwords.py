"""K-07: many wrong sign-ins at once take little memory, and no thread for long."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from vcs.access.signing_in import passwords
from vcs.access.signing_in.passwords import MOST_AT_ONCE, MOST_AT_WORK, MOST_OF_ONE_SOURCE, fits
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
    slow, tries = Slow(), Tries()
    monkeypatch.setattr(passwords, "_HASHER", slow)
    tries.begin([""] * 40)
    tries.wait_until_turned_away(40 - MOST_AT_ONCE)
    slow.let_go.set()
    tries.join()
    assert slow.most == MOST_AT_WORK
    assert tries.answers.count("False") == MOST_AT_ONCE
    refused = sum("Wait a minute, then try again" in one for one in tries.answers)
    assert refused == 40 - MOST_AT_ONCE


@dataclass
class Tries:
    """Passwords that are tried at once, each from an address."""

    answers: list[str] = field(default_factory=list)
    turned_away: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self, sources: list[str]) -> None:
        """Try one password from each address."""
        begun = [threading.Thread(target=self._try, args=(one,)) for one in sources]
        for thread in begun:
            thread.start()
        self.threads += begun

    def _try(self, source: str) -> None:
        try:
            self.answers.append(str(fits("canary battery staple", "a hash", source)))
        except NotValid as refusal:
            self.answers.append(str(refusal))
            self.turned_away.release()

    def wait_until_turned_away(self, count: int) -> None:
        """Wait until so many more were told to come back."""
        for _ in range(count):
            assert self.turned_away.acquire(timeout=30)

    def join(self) -> None:
        """Wait for all of them to be answered."""
        for thread in self.threads:
            thread.join(30)


@pytest.mark.parametrize(
    ("many", "another"),
    [
        (["203.0.113.5"] * 20, "203.0.113.6"),
        ([f"2001:db8:0:1::{n:x}" for n in range(1, 21)], "2001:db8:0:2::1"),
        (["203.0.113.5"] * 10 + ["::ffff:203.0.113.5"] * 10, "203.0.113.6"),
    ],
    ids=["one address", "one network of IPv6", "one address written in two ways"],
)
def test_one_address_leaves_room_for_another(
    many: list[str], another: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, tries = Slow(), Tries()
    monkeypatch.setattr(passwords, "_HASHER", slow)
    tries.begin(many)
    tries.wait_until_turned_away(20 - MOST_OF_ONE_SOURCE)
    tries.begin([another])
    slow.let_go.set()
    tries.join()
    assert tries.answers.count("False") == MOST_OF_ONE_SOURCE + 1


def test_no_address_is_kept_of_whoever_has_gone() -> None:
    fits("canary battery staple", passwords.hash_of("correct horse battery"), "203.0.113.5")
    assert not passwords._OF_SOURCE


def test_whoever_comes_afterwards_is_let_in() -> None:
    held = passwords.hash_of("correct horse battery")
    for _ in range(MOST_AT_ONCE + 1):
        assert fits("correct horse battery", held)
    assert not fits("wrong horse battery", held)
