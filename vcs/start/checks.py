"""One set of checks, each a sentence where it fails.

``serve``, ``work``, ``tick``, ``run`` and every command that reads or writes the data start by way
of :func:`start`; ``vcs check`` prints what :func:`check` finds. Nothing is written before all of
them pass, apart from file modes that were too open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from vcs import clock
from vcs.access.records import Account, FeedClient
from vcs.database import Database, connect, lock
from vcs.errors import NotSetUp, NotStarted, VcsError
from vcs.keys import canary, purpose
from vcs.keys.given import adopt, sealer_of, with_signing_key
from vcs.migrations.upgrade import NOT_SET_UP, schema_problems
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.start.files import close_to_others, left_open, sqlite_file
from vcs.start.loopback import open_to_others
from vcs.start.strength import weak_secrets
from vcs.start.training import not_apart


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong, and what was mended."""

    problems: tuple[str, ...]
    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """The database and the sealer, open; the settings hold keys that were made just now too."""

    settings: Settings
    db: Database
    sealer: Sealer
    mended: tuple[str, ...]


def check(settings: Settings, listen_on: str | None = None) -> Checked:
    """Make every check. ``listen_on`` is the host that the web server is to listen on, if any."""
    problems = (*_outside_the_database(settings, listen_on), *_in_the_database(settings))
    return Checked(problems, () if problems else close_to_others(settings))


def require_safe(settings: Settings) -> tuple[str, ...]:
    """Make the checks that need no database; return what was mended. Raises NotStarted."""
    problems = _outside_the_database(settings, None)
    if problems:
        raise NotStarted(problems)
    return close_to_others(settings)


def start(settings: Settings, listen_on: str | None = None, now: datetime | None = None) -> Started:
    """Open the database once every check has passed. Raises NotStarted with all that failed."""
    checked = check(settings, listen_on)
    if checked.problems:
        raise NotStarted(list(checked.problems))
    db = connect(settings)
    try:
        settings = with_signing_key(_with_keys(db, settings, now or clock.now()))
        sealer = sealer_of(settings)
    except BaseException:
        db.close()
        raise
    if sealer is None:
        raise NotStarted(["VCS_SEALING_KEYS is empty: set it, or leave it out."])
    return Started(settings, db, sealer, checked.mended)


def _outside_the_database(settings: Settings, listen_on: str | None) -> list[str]:
    unsafe = (*weak_secrets(settings), *open_to_others(settings, listen_on))
    not_built = [_NO_OTHER_ISSUER] if settings.token_issuer_jwks else []
    return [*unsafe, *not_built, *not_apart(settings), *left_open(settings)]


def _in_the_database(settings: Settings) -> list[str]:
    file = sqlite_file(settings)
    if file is not None and not file.exists():
        return [NOT_SET_UP]
    try:
        db = connect(settings)
    except NotSetUp as problem:
        return [str(problem)]
    try:
        return _schema_or_keys(db, settings)
    except VcsError as problem:
        return [str(problem)]
    except DBAPIError:
        return ["The database (VCS_DATABASE_URL) cannot be read: it is not one of this program's."]
    finally:
        db.close()


def _schema_or_keys(db: Database, settings: Settings) -> list[str]:
    wrong = schema_problems(db)
    if wrong:
        return wrong
    with db.reading() as session:
        wrong = [*purpose.problems(session, settings)]
        wrong += canary.problems(session, sealer_of(settings))
        if not settings.signing_key and _anybody_may_enter(session):
            wrong.append(_NO_SIGNING_KEY)
        return wrong


def _anybody_may_enter(session: Session) -> bool:
    """True if there is a member of staff or a program, who may hold what a key signed."""
    known = (select(exists().select_from(one)) for one in (Account, FeedClient))
    return any(session.scalar(query) for query in known)


_NO_OTHER_ISSUER = (
    "VCS_TOKEN_ISSUER_JWKS is set, and this version takes no token but its own: a program that "
    "relies on another issuer would be turned away. Leave it out, and let each program in with "
    "`vcs clients add`."
)

_NO_SIGNING_KEY = (
    "The signing key is missing and this database has users: put the file keys/signing.key back "
    "into VCS_DATA_DIR, or set VCS_SIGNING_KEY to a new one for every process, which signs "
    "everybody out and ends every token."
)
"""A key made anew without a word would also differ from that of another process on this database:
each would then refuse what the other signed, half of the time."""


def _with_keys(db: Database, settings: Settings, now: datetime) -> Settings:
    """Make the newest key the database's own where it is not yet."""
    sealer = sealer_of(settings)
    with db.reading() as session:
        if sealer and canary.is_registered(session, sealer.names[0]):
            return settings
    with db.writing() as session:
        lock(session, canary.LOCK)
        return adopt(session, settings, now)
