"""What pages say of contacts and attempts."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.victims.records import ContactWay

CONTACT_WAYS: Mapping[str, str] = {
    ContactWay.PHONE: "By phone",
    ContactWay.IN_PERSON: "In person",
    ContactWay.VIDEO: "By video call",
    ContactWay.EMAIL: "By email",
    ContactWay.TEXT: "By text message",
    ContactWay.THROUGH: "Through somebody they named",
    ContactWay.FROM_THEM: "They wrote to us",
}

REACHED: Mapping[bool, tuple[str, str]] = {
    True: ("Contact", "govuk-tag--green"),
    False: ("Attempt", "govuk-tag--yellow"),
}
