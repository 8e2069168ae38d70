"""Every table of every room: importing this module makes the schema whole."""

from sqlmodel import SQLModel

from vcs.access import records as access
from vcs.access.emergency import records as emergency
from vcs.access.exclusions import records as exclusions
from vcs.access.inspection import records as inspection
from vcs.access.reading import records as reading
from vcs.access.restrictions import records as restrictions
from vcs.alerts import records as alerts
from vcs.alerts.digest import records as digest
from vcs.alerts.effect import records as effect
from vcs.clocks import records as clocks
from vcs.consequences import records as consequences
from vcs.consequences.wind_tunnel import records as wind_tunnel
from vcs.consultations import records as consultations
from vcs.custody import records as custody
from vcs.events import records as events
from vcs.events.updates import records as updates
from vcs.intake import records as intake
from vcs.keys import records as keys
from vcs.ledger import records as ledger
from vcs.ledger.counted import records as counted
from vcs.ledger.kept import records as kept
from vcs.lists import records as lists
from vcs.lists.certificate import records as certificate
from vcs.measures import records as measures
from vcs.needs import records as needs
from vcs.needs.conditions import records as conditions
from vcs.partners import records as partners
from vcs.partners.chase import records as chase
from vcs.partners.outcomes import records as outcomes
from vcs.partners.people import records as partners_people
from vcs.post import records as post
from vcs.post.batches import records as batches
from vcs.post.notify import records as notify
from vcs.post.others import records as others
from vcs.post.returned import records as returned
from vcs.quality import records as quality
from vcs.referrals import records as referrals
from vcs.referrals.officers import records as officers
from vcs.referrals.tracing import records as tracing
from vcs.search import records as search
from vcs.sentences import records as sentences
from vcs.sentences.declines import records as declines
from vcs.tasks import records as tasks
from vcs.training import records as training
from vcs.victims import records as victims
from vcs.victims.contact import records as contact
from vcs.victims.family import records as family
from vcs.victims.preferences import records as preferences
from vcs.victims.warnings import records as warnings

ROOMS = (
    access,
    alerts,
    batches,
    certificate,
    conditions,
    consultations,
    counted,
    custody,
    chase,
    clocks,
    consequences,
    declines,
    digest,
    effect,
    events,
    emergency,
    exclusions,
    family,
    inspection,
    intake,
    kept,
    keys,
    ledger,
    lists,
    officers,
    outcomes,
    measures,
    needs,
    notify,
    others,
    partners,
    partners_people,
    post,
    quality,
    reading,
    referrals,
    restrictions,
    returned,
    search,
    sentences,
    tasks,
    tracing,
    training,
    updates,
    victims,
    warnings,
    wind_tunnel,
    preferences,
    contact,
)
METADATA = SQLModel.metadata
