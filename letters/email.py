"""Emails to staff: references, dates and a link, and nothing about any person.

Sent by SMTP where a server is set, and written as ``.eml`` files where none is.
"""

from __future__ import annotations

import os
import secrets
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from textwrap import fill
from typing import Final, Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vcs.alerts.kinds import POLICIES, Audience
from vcs.alerts.reads import AlertFacts, NoticeFacts
from vcs.errors import VcsError
from vcs.law import duties
from vcs.settings import Settings

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates" / "email"),
    undefined=StrictUndefined,
    autoescape=True,
    keep_trailing_newline=True,
)

_NEXT: Final = {
    duties.REFER: "ask the witness care unit to refer the victim, or to record that there is no "
    "victim to refer. The referral stays on your worklist until one of the two is done.",
    duties.FIRST_CONTACT: "ask the victim liaison officer to make first contact, or to record it "
    "where it was made. The referral stays on your worklist until that is done.",
    duties.ASSESS_NEEDS: "ask the victim liaison officer to ask about every need of the standard. "
    "The page of the victim’s needs names what was never asked.",
}

_NO_REGION = "no region yet"

_SECONDS_FOR_AN_ANSWER = 20

_SECONDS_FOR_A_MAIL = 60

_SMTPS = 465

_WIDTH = 76

_PERMANENT = 500

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class MailRefused(VcsError):
    """A mail server refused this mail for good. The message carries its code and no address."""

    title = "The mail was refused"


class MailPutOff(VcsError):
    """A fault that may pass: the same mail may be tried again later."""

    status = 503
    title = "The mail could not be sent yet"


class Outbox(Protocol):
    """Where mail goes. ``lease`` is longer than sending one mail ever takes."""

    lease: timedelta
    needs_recipients: bool

    def send(self, message: EmailMessage) -> None:
        """Send one mail. Raises MailRefused or MailPutOff."""


def alert(facts: AlertFacts | NoticeFacts, settings: Settings) -> EmailMessage:
    """Write an alert to staff. The same facts give the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _sender(settings)
    message["To"] = [Address(addr_spec=one.email) for one in facts.recipients] or Group(
        _nobody(facts)
    )
    subject, body = _written(facts, settings)
    message["Subject"] = subject
    message["Date"] = format_datetime(facts.owed_at)
    message["Message-ID"] = f"<{facts.message_id}@{_domain(settings)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def _nobody(facts: AlertFacts | NoticeFacts) -> str:
    if POLICIES[facts.kind].to is Audience.ADMINISTRATORS:
        return "No administrator has an account"
    if POLICIES[facts.kind].to is Audience.WHO_IT_IS_ABOUT:
        return "This account was disabled"
    return f"No manager has an account in {facts.region_name or _NO_REGION}"


def _written(facts: AlertFacts | NoticeFacts, settings: Settings) -> tuple[str, str]:
    """Return a mail's subject and body: the first line of its template, and the rest."""
    template = _TEMPLATES.get_template(f"{POLICIES[facts.kind].template}.txt.jinja")
    head, _, body = template.render(_values(facts, settings)).partition("\n\n")
    return head.removeprefix("Subject: "), body


def _values(facts: AlertFacts | NoticeFacts, settings: Settings) -> dict[str, str | int]:
    if isinstance(facts, NoticeFacts):
        # A court's own name may hold a line break, which must not end the subject line.
        subject = " ".join(facts.subject.split())
        return {**facts.values, "subject": subject, "base_url": settings.base_url}
    return {
        "reference": facts.reference,
        "region": facts.region_name or _NO_REGION,
        "duty": duties.TITLES.get(facts.duty, facts.duty),
        "due_on": duties.in_words(facts.due_on),
        "late_by": _working_days(facts.late_by),
        "next_step": fill(f"What happens next: {_next_step(facts)}", _WIDTH),
        "link": f"{settings.base_url}/referrals/{facts.reference}",
    }


def _next_step(facts: AlertFacts) -> str:
    if facts.met_on is not None:
        return (
            f"nothing more is needed. It has been done since, on {duties.in_words(facts.met_on)}."
        )
    return _NEXT.get(facts.duty, "open the referral and do what is overdue.")


def _working_days(count: int) -> str:
    if count == 0:
        return "less than 1 working day"
    return f"{count} working day{'' if count == 1 else 's'}"


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
    needs_recipients = False

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
            raise MailPutOff(f"The mail folder cannot be written to: {fault.strerror}.") from None

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
    needs_recipients = True

    def __init__(self, settings: Settings) -> None:
        """Take the settings of the server."""
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        """Send one mail, within a minute or not at all."""
        try:
            smtp = self._smtp or self._connect()
            with _in_time(smtp):
                refused = smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            raise _answer([code for code, _ in fault.recipients.values()]) from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as fault:
            raise _answer([fault.smtp_code]) from None
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise MailPutOff(f"The mail server failed: {type(fault).__name__}.") from None
        if refused:
            codes = sorted({code for code, _ in refused.values()})
            raise MailRefused(f"The mail server refused some recipients ({codes[0]}).")

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        kind = smtplib.SMTP_SSL if settings.smtp_port == _SMTPS else smtplib.SMTP
        smtp = kind(
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
                smtp.quit()
            except (smtplib.SMTPException, OSError):
                smtp.close()


@contextmanager
def _in_time(smtp: smtplib.SMTP) -> Iterator[None]:
    """Hang up on a server that answers just often enough never to time out."""
    timer = threading.Timer(_SECONDS_FOR_A_MAIL, _hang_up, [smtp.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(line: socket.socket | None) -> None:
    if line is not None:
        line.shutdown(socket.SHUT_RDWR)


def _answer(codes: list[int]) -> VcsError:
    """Tell a refusal for good (RFC 5321, 4.2.1: 5yz) from one that may pass."""
    if codes and all(code >= _PERMANENT for code in codes):
        return MailRefused(f"The mail server refused it ({codes[0]}).")
    return MailPutOff(f"The mail server put it off ({codes[0] if codes else 'no code'}).")
