"""GOV.UK Notify: sends a finished letter to be printed and posted, and asks what became of it.

The official client over HTTP. Faults are told apart by what they mean for the letter: nothing that
Notify answers is repeated in a log, as it may hold an address.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Final

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from vcs.clock import london_date
from vcs.errors import NotSetUp, VcsError
from vcs.post.notify.deliver import Told
from vcs.settings import Settings

_SECONDS_FOR_AN_ANSWER: Final = 20

_FOR_GOOD: Final = frozenset((400, 413, 422))

_HELD_ALREADY: Final = 409

_SUBJECT: Final = "A letter for you"
"""Who reads over a shoulder learns nothing from it."""

# It logs what the service answered, which may repeat what was sent.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


class NotifyRefused(VcsError):
    """Notify will never take this letter as it is."""

    title = "The letter was refused"


class NotifyPutOff(VcsError):
    """A fault that may pass. Notify may have the letter all the same."""

    status = 503
    title = "The letter could not be sent yet"


class NotifyHasIt(VcsError):
    """Notify says that it was given this letter before."""

    status = 409
    title = "The letter was sent before"


class Notify:
    """One connection to Notify. ``lease`` is longer than one letter ever takes."""

    lease = timedelta(minutes=5)

    def __init__(self, settings: Settings) -> None:
        """Take the key and the address. Raises NotSetUp where the key is none."""
        key = settings.notify_api_key or ""
        if len(key) < len("-".join(("0" * 36, "0" * 36))):
            raise NotSetUp("VCS_NOTIFY_API_KEY is no key of GOV.UK Notify.")
        self._email_template = settings.notify_email_template or ""
        self._client = NotificationsAPIClient(  # type: ignore[no-untyped-call]
            key, base_url=settings.notify_url, timeout=_SECONDS_FOR_AN_ANSWER
        )

    def send(self, reference: str, pdf: bytes) -> str:
        """Send a letter; return Notify's id of it.

        Raises NotifyRefused, NotifyHasIt or NotifyPutOff.
        """
        return _id(
            _asked(self._client.send_precompiled_letter_notification, reference, BytesIO(pdf))
        )

    def send_email(self, reference: str, to: str, text: str) -> str:
        """Send a letter in plain text by email; return Notify's id of it.

        The template of ours at Notify holds nothing but the subject and the body. Raises the same
        as :meth:`send`.
        """
        if not self._email_template:
            raise NotifyPutOff("VCS_NOTIFY_EMAIL_TEMPLATE is not set.")
        return _id(
            _asked(
                self._client.send_email_notification,
                to,
                self._email_template,
                personalisation={"subject": _SUBJECT, "body": text},
                reference=reference,
            )
        )

    def find(self, reference: str, *, is_email: bool = False) -> Told | None:
        """Return what Notify has under a reference; None where it has nothing.

        Of several, one that was not refused. Raises NotifyPutOff where it cannot say.
        """
        try:
            answer = _asked(
                self._client.get_all_notifications,
                template_type="email" if is_email else "letter",
                reference=reference,
            )
            found = [_told(one) for one in answer["notifications"] if one["reference"] == reference]
        except (NotifyRefused, NotifyHasIt, KeyError, TypeError) as fault:
            raise NotifyPutOff("GOV.UK Notify did not say what it has.") from fault
        live = [one for one in found if "fail" not in one.status and one.status != "cancelled"]
        return next(iter(live or found), None)

    def status(self, notify_id: str) -> Told:
        """Return what became of a letter. Raises NotifyPutOff where Notify cannot say."""
        try:
            return _told(_asked(self._client.get_notification_by_id, notify_id))
        except (NotifyRefused, NotifyHasIt, KeyError, TypeError) as fault:
            raise NotifyPutOff("GOV.UK Notify did not say how far it is.") from fault


def day_of(moment: object) -> date | None:
    """Return the London day of a moment as Notify writes it; None for anything else."""
    try:
        at = datetime.fromisoformat(str(moment))
    except ValueError:
        return None
    return london_date(at) if at.tzinfo else at.date()


def _asked(ask: Any, *args: Any, **named: Any) -> Any:
    try:
        return ask(*args, **named)
    except APIError as fault:
        code = fault.status_code
        if code == _HELD_ALREADY:
            raise NotifyHasIt("GOV.UK Notify says that it has this letter.") from None
        if code in _FOR_GOOD:
            raise NotifyRefused(f"GOV.UK Notify refused it ({code}).") from None
        raise NotifyPutOff(f"GOV.UK Notify did not take it ({code}).") from None


def _id(answer: Any) -> str:
    try:
        return str(answer["id"])
    except (KeyError, TypeError) as fault:
        raise NotifyPutOff("GOV.UK Notify gave no id for it.") from fault


def _told(one: Any) -> Told:
    left = one.get("sent_at") or one.get("completed_at")
    return Told(str(one["id"]), str(one["status"]), day_of(left))
