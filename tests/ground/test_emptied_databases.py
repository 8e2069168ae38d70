"""A database that a test has done with is as its template again, or serves no other test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psycopg
import pytest

from tests.services.postgres import SUPERUSER, Server

SWEPT = """
INSERT INTO sweep_run (job, started_at, finished_at, found, done, failed)
VALUES ('a-job', now(), now(), 0, 0, 0) RETURNING id
"""


@pytest.fixture
def name(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """Return the name of a copy of the template, in which one sweep was recorded."""
    name = f"test_{uuid.uuid4().hex}"
    postgres_server.create(name, postgres_template)
    assert ask(postgres_server, name, SWEPT) == 1
    yield name
    postgres_server.drop(name)


def ask(server: Server, name: str, words: str) -> object:
    address = f"host={server.folder} user={SUPERUSER} dbname={name}"
    with psycopg.connect(address) as connection:
        answer = connection.execute(words)
        row = answer.fetchone() if answer.description else None
    return row and row[0]


def test_it_comes_back_empty_and_counts_from_one(
    postgres_server: Server, postgres_template: str, name: str
) -> None:
    anew = postgres_server.emptied(name, postgres_template)
    assert anew
    assert ask(postgres_server, anew, "SELECT count(*) FROM sweep_run") == 0
    assert ask(postgres_server, anew, SWEPT) == 1
    postgres_server.drop(anew)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE sweep_run ADD COLUMN more integer",
        "ALTER TABLE sweep_run ALTER COLUMN job DROP NOT NULL",
        "DROP INDEX ix_sweep_run_job_finished",
        "ALTER TABLE sweep_run DROP CONSTRAINT pk_sweep_run",
        "CREATE TABLE another (id integer)",
    ],
)
def test_with_another_schema_it_serves_nobody(
    postgres_server: Server, postgres_template: str, name: str, change: str
) -> None:
    ask(postgres_server, name, change)
    assert postgres_server.emptied(name, postgres_template) is None
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        ask(postgres_server, name, "SELECT 1")
