"""Logs: one event on each line, as JSON, or in words where stderr is a terminal.

Events are named and carry references, never a name, an address, an offence or a body. Of an
exception its type and place are logged, and of what a library says only where it said so: the
words of either may hold what was in a message or a record.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

import orjson
import structlog
from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars
from structlog.contextvars import get_contextvars as bound
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, Processor, WrappedLogger

__all__ = ["bind", "bound", "configure", "fault", "formatter", "logger", "start", "within"]

_OURS = "vcs"
# What these log names addresses, revisions and jobs. Others may log whatever they work on.
_WORDS_KNOWN = frozenset({_OURS, "uvicorn", "alembic", "apscheduler"})
_LEVELS = {_OURS: logging.INFO, "uvicorn": logging.INFO, "apscheduler": logging.ERROR}
_FRAMES = 8
_LIBRARIES = "site-packages"
_STRANGER = "library.logged"
_WARNING = re.compile(r"(?:\S*/)?(\S+:\d+): (\w+):")
_UNFORESEEN = "unforeseen"

_Logger = structlog.make_filtering_bound_logger(logging.NOTSET)

bind = bind_contextvars
"""Add fields to every event that this request or job logs from here on."""
within = bound_contextvars
"""The same for the length of a ``with`` block."""


def configure(stream: TextIO | None = None) -> None:
    """Send every log of this process to stderr. Each entry point calls this once, first."""
    into = stream or sys.stderr
    handler = logging.StreamHandler(into)
    handler.setFormatter(formatter(for_people=into.isatty()))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    # Nothing shows these, and each costs a record time that a court waits for.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    # A line that cannot be written would otherwise be printed with all that it was made from.
    logging.raiseExceptions = False
    sys.excepthook = _ended
    threading.excepthook = _thread_ended


def logger(name: str) -> Any:
    """Return a logger of ours; ``name`` begins with ``vcs.``. Its fields are keyword arguments."""
    proxy = structlog.wrap_logger(
        logging.getLogger(name), processors=[_as_record], wrapper_class=_Logger
    )
    # Bound at once: the proxy would build a logger anew for each event.
    return proxy.bind()


def start(**fields: str) -> None:
    """Forget the fields bound so far and bind these: a new request or job begins."""
    clear_contextvars()
    bind_contextvars(**fields)


def fault(error: BaseException) -> dict[str, str]:
    """Return the fields that an exception may be logged by: its type, and where it happened."""
    return _fault(type(error), error.__traceback__)


def formatter(*, for_people: bool) -> logging.Formatter:
    """Return what turns a log record into one line: readable for people, else JSON."""
    shown: Processor = structlog.dev.ConsoleRenderer(sort_keys=False) if for_people else _as_json
    return ProcessorFormatter(
        processors=[_event, shown], pass_foreign_args=True, use_get_message=False
    )


def _as_record(_: WrappedLogger, __: str, event: EventDict) -> tuple[tuple[str], dict[str, Any]]:
    """Hand an event to the standard library; its fields travel together, clear of its own."""
    return (event.pop("event"),), {"extra": {"fields": event}}


def _event(_: WrappedLogger, __: str, given: EventDict) -> EventDict:
    """Build the event of a log record, ours or a library's."""
    record: logging.LogRecord = given["_record"]
    # The moment that the record has, which is when it was logged.
    moment = datetime.fromtimestamp(record.created, UTC)
    known = record.name.partition(".")[0] in _WORDS_KNOWN
    return {
        "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _words(given) if known else _STRANGER,
        **bound(),
        **(getattr(record, "fields", {}) if known else _place(record)),
        **_exception(given.get("exc_info")),
    }


def _words(given: Mapping[str, Any]) -> str:
    """Return what a record says, on one line: uvicorn logs whole traces as words."""
    words, values = str(given["event"]), given["positional_args"]
    return (words % values if values else words).strip().partition("\n")[0]


def _place(record: logging.LogRecord) -> dict[str, str]:
    """Return where a library logged something, or of what kind its warning is."""
    warning = _WARNING.match(str(record.msg)) if record.name == "py.warnings" else None
    if warning:
        return {"error": warning[2], "at": warning[1]}
    return {"at": f"{record.filename}:{record.lineno} {record.funcName}"}


def _exception(exc_info: Any) -> dict[str, str]:
    return _fault(exc_info[0], exc_info[2]) if exc_info and exc_info[0] else {}


def _fault(kind: type[BaseException], trace: TracebackType | None) -> dict[str, str]:
    frames = _shown(traceback.extract_tb(trace))
    places = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in reversed(frames)]
    return {"error": kind.__name__, "at": " < ".join(places)}


def _shown(frames: Sequence[traceback.FrameSummary]) -> list[traceback.FrameSummary]:
    """Return the last frames; a library's own many leave room for the place that called it."""
    last = list(frames[-_FRAMES:])
    if any(_LIBRARIES not in one.filename for one in last):
        return last
    ours = [one for one in frames if _LIBRARIES not in one.filename]
    return ours[-_FRAMES // 2 :] + last[-_FRAMES // 2 :]


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return orjson.dumps(event, default=lambda value: type(value).__name__).decode()


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logger("vcs.process").critical(_UNFORESEEN, **_fault(kind, trace))


def _thread_ended(given: threading.ExceptHookArgs) -> None:
    logger("vcs.process").critical(_UNFORESEEN, **_fault(given.exc_type, given.exc_traceback))
