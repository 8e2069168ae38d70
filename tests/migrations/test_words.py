"""A column that may hold certain words is given more of them, and loses none that it had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from vcs.database import connect
from vcs.migrations.words import add_words, drop_words
from vcs.settings import Settings

TABLE = (
    "CREATE TABLE pamphlet (kind VARCHAR(40), "
    "CONSTRAINT ck_pamphlet_kind CHECK (kind IN ('en', 'cy-en', 'large print')))"
)


@pytest.fixture
def pamphlets(blank_database_url: str, settings: Settings) -> Iterator[Connection]:
    assert blank_database_url
    db = connect(settings)
    with db.engine.begin() as connection:
        connection.execute(text(TABLE))
        with Operations.context(MigrationContext.configure(connection)):
            yield connection
    db.close()


def may_hold(connection: Connection, word: str) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(text("INSERT INTO pamphlet (kind) VALUES (:kind)"), {"kind": word})
            connection.execute(text("DELETE FROM pamphlet"))
    except IntegrityError:
        return False
    return True


def test_words_with_hyphens_spaces_and_apostrophes_stay(pamphlets: Connection) -> None:
    add_words("pamphlet", "kind", ["easy-read", "writer's"])
    add_words("pamphlet", "kind", ["audio"])
    kept = ("en", "cy-en", "large print", "easy-read", "writer's", "audio")
    assert [word for word in kept if not may_hold(pamphlets, word)] == []
    assert not may_hold(pamphlets, "en-cy")


def test_only_the_word_that_goes_is_gone(pamphlets: Connection) -> None:
    drop_words("pamphlet", "kind", ["cy-en"])
    held = [word for word in ("en", "cy-en", "large print") if may_hold(pamphlets, word)]
    assert held == ["en", "large print"]
