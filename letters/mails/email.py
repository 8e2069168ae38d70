"""Emails to staff: references, dates and a link, and nothing about any person.

Sent by SMTP where a server is set, and written as ``.eml`` files where none is.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from letters.mails.digest_mail import digest_html, digest_text
from letters.mails.headers import POLICY
from letters.mails.html_mail import as_html
from letters.mails.watch import Watch, WatchedSMTP, WatchedSMTPS
from vcs.alerts.kinds import POLICIES
from vcs.alerts.reads import DigestMail, NoticeFacts, Recipient
from vcs.alerts.records import AlertKind
from vcs.errors import VcsError
from vcs.settings import Settings

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates" / "email"),
    undefined=StrictUndefined,
    autoescape=True,
    keep_trailing_newline=True,
)

_SECONDS_FOR_AN_ANSWER = 20

_SECONDS_FOR_A_MAIL = 60

_SMTPS = 465

_PERMANENT = 500

_CLOSING = 421

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class MailRefused(VcsError):
    """A mail server refused this mail for good. The message carries its code and no address."""

    title = "The mail was refused"


class MailPutOff(VcsError):
    """A fault that may pass: the same mail may be tried again later."""

    status = 503
    title = "The mail could not be sent yet"


class MailServerDown(MailPutOff):
    """The server cannot be reached or talked to: no other mail would go either."""


class Outbox(Protocol):
    """Where mail goes. ``lease`` is longer than sending one mail ever takes."""

    lease: timedelta

    def send(self, message: EmailMessage) -> None:
        """Send one mail. Raises MailRefused or MailPutOff."""


@dataclass(frozen=True, slots=True)
class _Body:
    """A mail's words: its subject, and the same text plain and as HTML."""

    subject: str
    text: str
    html: str


def alert(facts: NoticeFacts | DigestMail, settings: Settings, to: Recipient) -> EmailMessage:
    """Write an alert to one member of staff.

    The same facts give the same mail, byte for byte. The mails about one matter are one thread.
    """
    body = _digest(facts, settings) if isinstance(facts, DigestMail) else _notice(facts, settings)
    message = EmailMessage(policy=POLICY)
    message["From"] = _sender(settings)
    message["To"] = Address(addr_spec=to.email)
    mark = "TRAINING: " if settings.is_training else ""
    message["Subject"] = header_line(f"{mark}{body.subject}")
    message["Date"] = format_datetime(facts.owed_at)
    message["Message-ID"] = f"<{facts.message_id}.{to.account_id}@{_domain(settings)}>"
    thread = f"<{_thread(facts, to)}@{_domain(settings)}>"
    message["In-Reply-To"] = thread
    message["References"] = thread
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.text)
    message.add_alternative(body.html, subtype="html")
    message.set_boundary(f"={facts.message_id}.{to.account_id}=")
    return message


def _thread(facts: NoticeFacts | DigestMail, to: Recipient) -> str:
    """Return the id that every mail about one matter refers to; no mail has it itself.

    A digest and the counts that went before it are one thread of their reader's.
    """
    if isinstance(facts, DigestMail):
        about = f"{facts.facts.day.isoformat()}:{to.account_id}"
    else:
        about = facts.subject
    return f"matter-{hashlib.sha256(about.encode()).hexdigest()[:32]}"


def _digest(facts: DigestMail, settings: Settings) -> _Body:
    is_held = facts.kind is AlertKind.COUNTS
    subject, text = digest_text(facts.facts, settings.base_url, is_held=is_held)
    page = digest_html(facts.facts, settings.base_url, is_held=is_held)
    return _Body(subject, text, page)


def _notice(facts: NoticeFacts, settings: Settings) -> _Body:
    """Return a mail's subject and body: the first line of its template, and the rest."""
    template = _TEMPLATES.get_template(f"{POLICIES[facts.kind].template}.txt.jinja")
    # A court's own name may hold a line break, which must not end the subject line.
    values = {
        **facts.values,
        "subject": header_line(facts.subject),
        "base_url": settings.base_url,
    }
    head, _, text = template.render(values).partition("\n\n")
    subject = head.removeprefix("Subject: ")
    return _Body(subject, text, as_html(subject, text, settings.base_url))


def header_line(text: str) -> str:
    """Return text that is one line of a header, whatever it holds.

    An encoded word is broken: some Pythons decode one in a header, and with it a line break.
    """
    shown = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(shown.replace("=?", "= ?").split())


def _sender(settings: Settings) -> Address:
    name, address = parseaddr(settings.mail_from)
    return Address(name, addr_spec=address)


def _domain(settings: Settings) -> str:
    return parseaddr(settings.mail_from)[1].rpartition("@")[2]


@contextmanager
def outbox(settings: Settings) -> Iterator[Outbox]:
    """Open the way out for some mails: one connection, or the folder."""
    if settings.smtp_host is None:
        yield Folder(settings.mail_dir)
        return
    server = MailServer(settings)
    try:
        yield server
    finally:
        server.close()


class Folder:
    """Writes each mail to a file named after its Message-ID: the same mail twice is one file."""

    lease = timedelta(seconds=10)

    def __init__(self, folder: Path) -> None:
        """Take a folder; it is made when the first mail comes."""
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write one mail, whole or not at all. Raises MailPutOff where the disk refuses."""
        name = message["Message-ID"].strip("<>").partition("@")[0]
        file = self._folder / f"{name}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not file.exists():
                self._write(file, message.as_bytes())
        except OSError as fault:
            raise MailServerDown(
                f"The mail folder cannot be written to: {fault.strerror}."
            ) from None

    def _write(self, file: Path, content: bytes) -> None:
        draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, _NEW, 0o600), "wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            draft.replace(file)
        finally:
            # Ours, and whatever was left by one who was killed at the same mail.
            for left in self._folder.glob(f".{file.name}.*"):
                left.unlink(missing_ok=True)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class MailServer:
    """Sends by SMTP over one connection, opened at the first mail and again after a fault."""

    lease = timedelta(seconds=_SECONDS_FOR_A_MAIL * 2)

    def __init__(self, settings: Settings) -> None:
        """Take the settings of the server."""
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None
        self._watch = Watch()

    def send(self, message: EmailMessage) -> None:
        """Send one mail, within a minute or not at all, connecting included."""
        if self._smtp is None:
            self._watch = Watch()
            self._watch.start()
        try:
            with self._watch.in_time(_SECONDS_FOR_A_MAIL):
                smtp = self._smtp or self._connect()
                self._watch.require_time()
                refused = smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            raise _answer([code for code, _ in fault.recipients.values()]) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as fault:
            raise _answer([fault.smtp_code]) from None
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise MailServerDown(f"The mail server failed: {type(fault).__name__}.") from None
        except Exception:
            # Whatever else it was, the server may be in the middle of this mail.
            self.close()
            raise
        if refused:  # never with one recipient a mail: smtplib raises where all were refused
            raise _answer([code for code, _ in refused.values()])

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        kind = WatchedSMTPS if settings.smtp_port == _SMTPS else WatchedSMTP
        smtp = kind(
            self._watch,
            settings.smtp_host or "",
            settings.smtp_port,
            local_hostname=urlsplit(settings.base_url).hostname or "localhost",
            timeout=_SECONDS_FOR_AN_ANSWER,
        )
        # Held before anything more can fail, so that it is closed then.
        self._smtp = smtp
        if settings.starttls and settings.smtp_port != _SMTPS:
            # Raises where the server cannot: mail never goes on in the clear instead.
            smtp.starttls(context=ssl.create_default_context())
        if settings.smtp_user and settings.smtp_password:
            smtp.login(settings.smtp_user, settings.smtp_password)
        return smtp

    def close(self) -> None:
        """Say goodbye and hang up; a server that does not answer is left."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                with self._watch.in_time(_SECONDS_FOR_AN_ANSWER):
                    smtp.quit()
            except (smtplib.SMTPException, OSError):
                smtp.close()
        self._watch.end()


def _answer(codes: list[int]) -> VcsError:
    """Tell a refusal for good (RFC 5321, 4.2.1: 5yz) from one that may pass."""
    if codes and all(code >= _PERMANENT for code in codes):
        return MailRefused(f"The mail server refused it ({codes[0]}).")
    kind = MailServerDown if _CLOSING in codes else MailPutOff
    return kind(f"The mail server put it off ({codes[0] if codes else 'no code'}).")
