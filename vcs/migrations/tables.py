"""Every table of every room: importing this module makes the schema whole."""

from sqlmodel import SQLModel

from vcs.access import records as access
from vcs.alerts import records as alerts
from vcs.consequences import records as consequences
from vcs.intake import records as intake
from vcs.keys import records as keys
from vcs.ledger import records as ledger
from vcs.partners import records as partners
from vcs.post import records as post
from vcs.referrals import records as referrals
from vcs.referrals.officers import records as officers
from vcs.referrals.tracing import records as tracing
from vcs.sentences import records as sentences
from vcs.tasks import records as tasks
from vcs.victims import records as victims

ROOMS = (
    access,
    alerts,
    consequences,
    intake,
    keys,
    ledger,
    officers,
    partners,
    post,
    referrals,
    sentences,
    tasks,
    tracing,
    victims,
)
METADATA = SQLModel.metadata
