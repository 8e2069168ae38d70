"""What the door sees at first sight is what a closer look sees, and answers reach who waits."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from api.answers import Answers
from api.feeds.court_messages import check_well_formed, is_plain_json
from vcs.errors import Busy, NotReadable

NOT_JSON = [
    b"",
    b"{",
    b"{} x",
    b'{"a":1,}',
    b'{"a":NaN}',
    b'{"a":-Infinity}',
    b'{"a":01}',
    b'{"a":tru}',
    b"{'a':1}",
    b'{"a":"\n"}',
    b'{"a":"\xff"}',
    b'{"a":"\\x"}',
]


@pytest.mark.parametrize("body", NOT_JSON)
def test_what_is_no_json_is_refused_by_both(body: bytes) -> None:
    assert not is_plain_json(body)
    with pytest.raises(NotReadable):
        check_well_formed(body)


def test_an_object_is_seen_at_once_and_what_it_holds_is_not_made() -> None:
    assert is_plain_json(
        json.dumps({"hearing": {"id": "é", "days": [1, 2.5, None, True]}}).encode()
    )


def test_json_that_only_a_closer_look_understands_is_still_taken() -> None:
    for body in (b'{"name":"NaN"}', b"[1]", b'{"a":' + b"[" * 500 + b"]" * 500 + b"}"):
        assert not is_plain_json(body)
        check_well_formed(body)


def test_answers_from_another_thread_reach_everybody_who_still_waits() -> None:
    async def told() -> list[object]:
        answers, kept = Answers(), [Future[int]() for _ in range(3)]
        waiting = [asyncio.ensure_future(answers.of(one)) for one in kept]
        await asyncio.sleep(0)
        waiting[1].cancel()
        threading.Thread(target=_finish, args=(kept,)).start()
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    # A browser kept for the session has a loop running in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        first, gone, busy = elsewhere.submit(asyncio.run, told()).result()

    assert first == 1
    assert isinstance(gone, asyncio.CancelledError)
    assert isinstance(busy, Busy)


def _finish(kept: list[Future[int]]) -> None:
    kept[0].set_result(1)
    kept[1].set_result(2)
    kept[2].set_exception(Busy("full"))
