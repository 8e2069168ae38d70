"""One press for all the tests that only want letters printed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from letters.render import Renderer


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as one:
        yield one
