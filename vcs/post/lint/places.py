"""Prisons and hospitals, as people write of them. Checked by hand; not complete.

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
Woodhill, Wormwood Scrubs, Wymott, Armley, Hydebank Wood, Abertawe, Brynbuga, Bryste, Caerdydd,
Lerpwl, Manceinion""",
    )
)

ALSO_WORDS: Final = frozenset(
    ("Send", "Garth", "Hull", "Ford", "Parc", "The Mount", "Isis", "Bure")
)
"""Names of prisons that are everyday words or surnames too: found only as they are written."""

HOSPITALS: Final = ("Broadmoor", "Rampton", "Ashworth", "Caswell Clinic", "Bethlem Royal")
