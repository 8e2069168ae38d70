"""Words of every day that are names too: in a text they may be either, and a person looks."""

from __future__ import annotations

from typing import Final

from vcs.victims.places.words import (
    BUILDINGS,
    COUNTIES,
    DIRECTIONS,
    GENERIC,
    POST_TOWNS,
    STREET_TYPES,
    TABLES,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES: Final = _words(
    """
    mr mrs miss ms mx master dr doctor sir lady lord dame professor rev reverend auntie aunt
    uncle nan granny nurse pc
    """
)

NO_NAMES: Final = _words(
    """
    mr mrs miss ms mx dr sir the and of a an van von der den del de la le du di da al el bin
    ibn ap ab ferch y st jr sr ii iii victim mother father parent son daughter child baby
    family estate late deceased unknown other
    """
)
"""What stands in names and tells nobody."""

LITTLE: Final = _words(
    """
    will may can an so do my to no he me be by go in on at as or us we it is up if am her
    him his she they them you your our who for with not but all any long just many more some
    one two ben pen mai mae ei fe ni chi nid yn
    """
)
"""The commonest words, which in small letters are no name."""

AFTER_A_PLACE: Final = _words(
    """
    school park station church hospital centre center college academy nursery library
    surgery theatre cinema stadium market bridge island islands court university primary
    junior infants infant high leisure shopping medical health day cross wood woods arms
    hotel pub inn club cathedral chapel abbey priory mosque temple hall infirmary
    """
)
"""What follows the name of a place that is called like a person: Victoria Park."""

_WORDS: Final = _words(
    """
    abbey amber angel april ash august autumn bailey baker ball banks barber barn barnes bay
    bean bear beck bell belle bird bishop black blue bond booth bow bowl box boy brand
    bridges bright brook brooks brown buck bull burn bush butcher butler butter carpenter
    carter case cash castle chamberlain chance chandler chapel chapman charity chase cherry
    chip christian church clay clean clerk cliff cloud coffee cook cooper copper corn cotton
    crane crisp cross crystal daisy dale dawn day days dean deer dell destiny diamond dolly
    drake driver duke dune early earl east eden elder ember english eve ever faith falcon
    fall farmer farrow fern field fields finch fine fish fisher flint flower forest forge
    forrest foster fox frank freeman french friend frost fuller gale game garden gardener
    gardner gay gem gene gentle gill ginger glass glen glory glover gold golden good goodman
    goose gore grace grant grave graves gray green grey griffin grove guy hale hall ham
    hammer hand hands hardy harmony harper hart haven hawk hay hazel head heart heath
    heather heaven herb hill hills hobbs hogg holiday holly honey honor honour hood hook
    hope horn hunt hunter hurst iris iron ivory ivy jade jay jet jewel joiner jolly joy
    judge june justice kay keen key king kings knight lake lamb lance land lane lark law
    lawn leaf lee leigh liberty light lily lion little lock long lord love lucky mace major
    mann march mark marsh marshall mason maple marigold mayor mead meadow melody mercy merry
    miles mill miller mills mint miracle monday money moon moor moore moss mount myrtle
    nettle new newman nightingale noble north oak olive orchid page palmer pansy park parker
    parks parson parsons patience patient peace peach pearl penny pepper petal piper pitt
    plum police pond pool poole poppy porter post potter power powers price priest prince
    princess prior prosper prudence quick quill rain raven ray read reed reeve rich river
    rivers robin rock rocky rod rose rowan royal ruby rush rusty sage sailor sandy savage
    savannah sawyer self serenity sergeant shade sharp shaw shepherd shore short silver
    singer skye slater smart smith snow soldier song south spring spur star stark steel
    stone storm street strong summer summers sun sunday sunny swan swift tanner temple tiger
    tile townsend trinity true turner underwood vale velvet verity vicar victor victory
    viola violet virtue wade walker wall walls ward warden warner water waters way weaver
    welsh wells west wheeler white wild wilde willow winter wise wolf wood woods woodward
    worth wren wright yard york young bill will may can mai ben dot art bud buddy chuck dash
    dusty felicity jasmine jersey kit linden lush nova opal peg pierce ram reading saffron
    sky stew sterling trudge warren woody zeal brother sister court probation prison officer
    manager prisoner offender parole licence
    """
)

EVERYDAY: Final = (
    LITTLE
    | AFTER_A_PLACE
    | POST_TOWNS
    | STREET_TYPES
    | BUILDINGS
    | GENERIC
    | DIRECTIONS
    | COUNTIES
    | _words(" ".join(TABLES["town"]))
    | _WORDS
)
"""Words that begin with a capital in many a text without being anybody's name."""
