"""The one email a day to a witness care unit: what is due from it, by reference, with links."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from letters.mails.email import header_line
from letters.mails.headers import POLICY
from letters.mails.html_mail import as_html
from letters.mails.templates import TEMPLATES
from vcs.partners.chase.reads import ChaseFacts
from vcs.partners.chase.records import Chase, Mailbox
from vcs.settings import Settings


def chase_mail(chase: Chase, facts: ChaseFacts, to: Mailbox, settings: Settings) -> EmailMessage:
    """Write a unit's email. The same facts give the same mail, byte for byte."""
    subject = header_line(_subject(facts))
    template = TEMPLATES.get_template("chase.txt.jinja")
    text = template.render(facts=facts, base_url=settings.base_url)
    name, address = parseaddr(settings.mail_from)
    domain = address.rpartition("@")[2]
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=to.email)
    message["Subject"] = subject
    message["Date"] = format_datetime(chase.owed_at)
    message["Message-ID"] = f"<{chase.message_id}@{domain}>"
    message["References"] = f"<chase-{chase.police_area}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(as_html(subject, text, settings.base_url), subtype="html")
    message.set_boundary(f"={chase.message_id}=")
    return message


def _subject(facts: ChaseFacts) -> str:
    counts = ((facts.late, "late"), (facts.today, "due today"), (facts.soon, "due soon"))
    return "Victims to refer: " + ", ".join(f"{n} {what}" for n, what in counts if n)
