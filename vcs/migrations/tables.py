"""Every table of every room: importing this module makes the schema whole."""

from sqlmodel import SQLModel

from vcs.access import records as access
from vcs.alerts import records as alerts
from vcs.consequences import records as consequences
from vcs.intake import records as intake
from vcs.keys import records as keys
from vcs.ledger import records as ledger
from vcs.needs import records as needs
from vcs.needs.conditions import records as conditions
from vcs.partners import records as partners
from vcs.post import records as post
from vcs.referrals import records as referrals
from vcs.sentences import records as sentences
from vcs.tasks import records as tasks
from vcs.victims import records as victims
from vcs.victims.family import records as family

ROOMS = (
    access,
    alerts,
    conditions,
    consequences,
    family,
    intake,
    keys,
    ledger,
    needs,
    partners,
    post,
    referrals,
    sentences,
    tasks,
    victims,
)
METADATA = SQLModel.metadata
