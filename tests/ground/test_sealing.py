from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from vcs.errors import NotSetUp
from vcs.sealing import Sealer

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_is_sealed_opens_again_in_any_script() -> None:
    sealer = Sealer(OLD)
    for text in ("Siân Ŵyn", "漢字", "ਪੰਜਾਬੀ", "", "a" * 100_000):
        assert sealer.open_text(sealer.seal_text(text)) == text


def test_the_same_text_is_never_sealed_alike() -> None:
    sealer = Sealer(OLD)
    assert sealer.seal_text("1 Canary Lane") != sealer.seal_text("1 Canary Lane")
    assert b"Canary" not in sealer.seal_text("1 Canary Lane")


def test_old_seals_open_after_a_new_key_came_first() -> None:
    sealed = Sealer(OLD).seal(b"before")
    rotated = Sealer(f"{NEW}, {OLD}")
    assert rotated.open(sealed) == b"before"
    assert Sealer(NEW).open(rotated.seal(b"after")) == b"after"


def test_a_wrong_key_is_refused_and_not_read_as_garbage() -> None:
    with pytest.raises(NotSetUp, match="VCS_SEALING_KEYS"):
        Sealer(NEW).open(Sealer(OLD).seal(b"x"))


def test_a_seal_that_was_changed_does_not_open() -> None:
    sealed = bytearray(Sealer(OLD).seal(b"opt_in"))
    sealed[20] ^= 1
    with pytest.raises(NotSetUp):
        Sealer(OLD).open(bytes(sealed))


@pytest.mark.parametrize(
    "keys", ["", ",", "short", "x" * 44, OLD[:-2]], ids=["none", "comma", "short", "x", "cut"]
)
def test_a_key_of_another_shape_is_refused(keys: str) -> None:
    with pytest.raises(NotSetUp, match="Fernet"):
        Sealer(keys)


def test_what_an_earlier_version_sealed_as_a_fernet_token_still_opens() -> None:
    sealed = Fernet(OLD).encrypt("Siân Ŵyn".encode())
    assert Sealer(OLD).open_text(sealed) == "Siân Ŵyn"
    assert Sealer(f"{NEW}, {OLD}").open_text(sealed) == "Siân Ŵyn"
    with pytest.raises(NotSetUp, match="VCS_SEALING_KEYS"):
        Sealer(NEW).open(sealed)


def test_sealed_bytes_cut_short_do_not_open() -> None:
    sealed = Sealer(OLD).seal(b"opt_in")
    for length in (0, 1, 5, 13, len(sealed) - 1):
        with pytest.raises(NotSetUp):
            Sealer(OLD).open(sealed[:length])


@pytest.mark.parametrize("body", [b"", b"x", b'{"hearing": "1 Canary Lane"}' * 1000])
def test_what_is_packed_and_sealed_opens_as_it_was(body: bytes) -> None:
    sealed = Sealer(OLD).seal_packed(body)
    assert Sealer(f"{NEW},{OLD}").open(sealed) == body
    assert b"Canary" not in sealed


def test_what_is_large_takes_less_room_packed() -> None:
    body = b'{"hearing": "1 Canary Lane"}' * 1000
    assert len(Sealer(OLD).seal_packed(body)) < len(body) // 5


def test_a_seal_cannot_be_passed_off_as_a_packed_one() -> None:
    sealed = Sealer(OLD).seal(b"opt_in")
    with pytest.raises(NotSetUp):
        Sealer(OLD).open(b"\x02" + sealed[1:])
