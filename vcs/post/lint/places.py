"""Prisons, hospitals and addresses that an offender goes to, as people write of them. Pure.

The names are checked by hand and not complete.

Many prisons have the name of their town: such a name is a finding only where the letter's own
facts do not hold the town, or where a word like "prison" stands beside it.
"""

from __future__ import annotations

import re
from typing import Final

PRISONS: Final = tuple(
    re.split(
        r",\s*",
        """\
Altcourse, Ashfield, Askham Grange, Aylesbury, Bedford, Belmarsh, Berwyn, Birmingham,
Brinsford, Bristol, Brixton, Bronzefield, Buckley Hall, Bullingdon, Bure, Cardiff, Channings
Wood, Chelmsford, Coldingley, Cookham Wood, Dartmoor, Deerbolt, Doncaster, Dovegate,
Downview, Drake Hall, Durham, East Sutton Park, Eastwood Park, Elmley, Erlestoke, Exeter,
Featherstone, Feltham, Five Wells, Ford, Forest Bank, Fosse Way, Foston Hall, Frankland,
Full Sutton, Garth, Gartree, Grendon, Guys Marsh, Hatfield, Haverigg, Hewell, High Down,
Highpoint, Hindley, Hollesley Bay, Holme House, Hull, Humber, Huntercombe, Isis, Isle of
Wight, Albany, Parkhurst, Kirkham, Kirklevington Grange, Lancaster Farms, Leeds, Leicester,
Lewes, Leyhill, Lincoln, Lindholme, Littlehey, Liverpool, Long Lartin, Low Newton, Lowdham
Grange, Maidstone, Manchester, Strangeways, Millsike, Moorland, Morton Hall, New Hall, North
Sea Camp, Northumberland, Norwich, Nottingham, Oakwood, Onley, Parc, Pentonville,
Peterborough, Portland, Prescoed, Preston, Ranby, Risley, Rochester, Rye Hill, Send, Spring
Hill, Stafford, Standford Hill, Stocken, Stoke Heath, Styal, Sudbury, Swaleside, Swansea,
Swinfen Hall, Thameside, The Mount, The Verne, Thorn Cross, Usk, Wakefield, Wandsworth,
Warren Hill, Wayland, Wealstun, Werrington, Wetherby, Whatton, Whitemoor, Winchester,
Woodhill, Wormwood Scrubs, Wymott, Armley, Hydebank Wood, Oakhill, Rainsbrook, Medway, Adel Beck,
Aldine House, Barton Moss, Clayfields, Vinney Green, Swanwick Lodge, Glen Parva, Holloway,
Acklington, Everthorpe, Blantyre House, Stanford Hill, Camp Hill, Maghaberry, Magilligan,
Barlinnie, Shotts, Saughton, Cornton Vale, Polmont, Abertawe, Brynbuga, Bryste, Caerdydd,
Lerpwl, Manceinion""",
    )
)

ALSO_WORDS: Final = frozenset(
    ("Send", "Garth", "Hull", "Ford", "Parc", "The Mount", "Isis", "Bure")
)
"""Names of prisons that are everyday words or surnames too: found only as they are written."""

HOSPITALS: Final = ("Broadmoor", "Rampton", "Ashworth", "Caswell Clinic", "Bethlem Royal")

_SURE: Final = (
    r"Roads?|Rd|Street|St|Lane|Ln|Avenue|Ave|Crescent|Cres|Terrace|Terr|Gardens|Gdns|Grove"
    r"|Boulevard"
)
"""What is a street also in small letters."""

_CAPITAL: Final = (
    r"Close|Cl|Drive|Dr|Way|Place|Pl|Court|Ct|Row|Hill|Square|Sq|Park|Walk|Mews|Rise|View|Green"
    r"|House|Cottage|Flats|Lodge|Mount|Vale|Parade|Yard"
)
_NUMBER: Final = r"\b\d+[A-Za-z]?,?\s+"
_NO_STREET: Final = (
    r"(?!(?:days?|weeks?|months?|years?|hours?|minutes?|miles?|people|times|of|in|at|on|to|and|from"
    r"|the\s+(?:right|left))\b)"
)
_RELATIVE: Final = (
    r"(?:(?:grand)?(?:mother|father|parents?|mum|dad|son|daughter)|mam|nan|gran|partner|girlfriend"
    r"|boyfriend|wife|husband|brother|sister|aunt(?:ie)?|uncle|cousin|friend|family)"
)
_POSTCODE: Final = r"\b(?!no\d)[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b"

RELEASE_ADDRESS: Final = (
    rf"{_NUMBER}(?:{_NO_STREET}[^\W\d_][\w'\u2019-]*\s+){{1,3}}(?:{_SURE})\b"
    rf"|(?-i:{_NUMBER}(?:[A-Z][\w'\u2019-]*\s+){{1,3}}(?:{_CAPITAL})\b)"
    rf"|(?-i:{_NUMBER}The\s+[A-Z][\w'\u2019-]+)"
    rf"|{_POSTCODE}"
    r"|\bapproved\s+premises\b|\bbail\s+hostel\b|\bprobation\s+hostel\b|\bhostel\b"
    rf"|\b(?:his|her|their)\s+{_RELATIVE}['\u2019]?s?['\u2019]?\s+(?:house|home|place|address|flat)\b"
    rf"|\b(?:liv|stay|mov)\w*\s+(?:back\s+)?(?:in\s+)?(?:with|at)\s+(?:his|her|their|an?)\s+{_RELATIVE}\b"
    # In Welsh the kind of the street comes first.
    r"|(?-i:\b\d+[A-Za-z]?,?\s+(?:Heol|Ffordd|Stryd|L\u00f4n|Rhodfa|Clos|Maes|Rhes|Rhiw)\s+\w+)"
    r"|\b[mf]angre\s+g?gymeradwy\w*|\bhostel\w*"
    r"|\bgyda['\u2019]i\s+(?:fam|dad|rieni|bartner|frawd|chwaer|deulu|nain|fam-gu|modryb|fodryb)\b"
)
"""Read without capitals, but for what would be a time or a number of things in small letters."""
