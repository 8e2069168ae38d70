"""What another thread finishes, brought back to the requests that wait for it."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

T = TypeVar("T")

_Done = deque[tuple["asyncio.Future[Any]", "Future[Any]"]]


class Answers:
    """Hands finished answers to the event loop, all that are ready at each wake-up.

    Waking the loop takes a call of the operating system, during which the other thread loses its
    turn: once for a group that is kept by one commit, and not once for each of its messages.
    """

    def __init__(self) -> None:
        """Start with no answers."""
        # Each by its loop: an answer can only be given in the loop that waits for it.
        self._done: WeakKeyDictionary[asyncio.AbstractEventLoop, _Done] = WeakKeyDictionary()
        self._woken: WeakSet[asyncio.AbstractEventLoop] = WeakSet()

    async def of(self, future: Future[T]) -> T:
        """Wait for what another thread answers; its fault is raised here."""
        loop = asyncio.get_running_loop()
        self._done.setdefault(loop, deque())
        waiting: asyncio.Future[T] = loop.create_future()
        future.add_done_callback(partial(self._finished, loop, waiting))
        return await waiting

    def _finished(
        self,
        loop: asyncio.AbstractEventLoop,
        waiting: asyncio.Future[Any],
        future: Future[Any],
    ) -> None:
        """Note what was finished, in the thread that finished it."""
        self._done[loop].append((waiting, future))
        if loop not in self._woken and not loop.is_closed():
            self._woken.add(loop)
            loop.call_soon_threadsafe(self._bring, loop)

    def _bring(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer whoever still waits. Looked at again after this, so that none is left lying."""
        self._woken.discard(loop)
        done = self._done[loop]
        while done:
            waiting, future = done.popleft()
            if waiting.done():
                # The sender went away; the message is kept all the same.
                continue
            fault = future.exception()
            if fault is not None:
                waiting.set_exception(fault)
            else:
                waiting.set_result(future.result())
