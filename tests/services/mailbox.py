"""A mail server on loopback that keeps what it is sent, or refuses it when told to."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What was delivered. ``answer`` set to an SMTP line, such as ``451 later``, refuses mail."""

    host: str = "127.0.0.1"
    port: int = 0
    answer: str | None = None
    envelopes: list[Envelope] = field(default_factory=list)

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages taken, oldest first."""
        return [_message(envelope) for envelope in self.envelopes]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name that aiosmtpd looks for
        """Take one message, or answer as told."""
        if self.answer is not None:
            return self.answer
        self.envelopes.append(envelope)
        return "250 taken"


class _Door:
    """What aiosmtpd asks. It reads every attribute of it whenever somebody connects.

    So it is not the mailbox: that would read every mail it holds before it greets anybody. It
    hands on what the mailbox answers to when the caller comes, and nothing else.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        for name in dir(type(mailbox)):
            if name.startswith("handle_"):
                setattr(self, name, getattr(mailbox, name))


def text_of(mail: EmailMessage) -> str:
    """Return what a mail says in plain text, with line breaks of one character."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def _message(envelope: Envelope) -> EmailMessage:
    content = envelope.content
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


class MailServer(Controller):
    """Serves a mailbox on a port that the system picks, so that any number may run."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._socket = socket.create_server((mailbox.host, 0))
        self._mailbox = mailbox
        mailbox.port = self._socket.getsockname()[1]
        super().__init__(_Door(mailbox), hostname=mailbox.host, port=mailbox.port)

    def factory(self) -> SMTP:
        """Return what speaks to one caller, by what the mailbox answers now."""
        return SMTP(_Door(self._mailbox), **self.SMTP_kwargs)

    def _create_server(self) -> asyncio.Future[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)  # type: ignore[return-value]  # aiosmtpd awaits either
