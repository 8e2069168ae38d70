"""**The** Welsh words for what a letter may be forbidden to say, each with its changed beginnings.

English and Welsh are both looked for in every part: people mix them. Checked by hand; not complete.
How hard a Welsh text is to read is not measured: no measure is known to us.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vcs.post.rows.policy import Forbidden

PRISON: Final = r"(?:c|g|ch|ngh)archar\w*|CEF|CEM|d?dalfa"
_LICENCE: Final = r"[td]h?rwydded\w*"
_PAROLE: Final = r"(?:p|b|ph|mh)ar[\u00f4o]l"

WELSH: Final[Mapping[Forbidden, str]] = {
    Forbidden.MEDICAL: (
        r"\b(?:[mf]eddyginiaeth\w*|diagnosis|seiciat\w*|seicoleg\w*|seicosis|sgitsoffren\w*|iselder"
        r"|[td]riniaeth\w*|therapi\w*|iechyd\s+meddwl|hunan-?\s?niweid\w*|hunanladd\w*|dadwenwyn\w*"
        r"|[cg]anser|[sh]alwch|yn\s+s\u00e2l|dementia|awtist\w*)"
    ),
    Forbidden.OFFENCE_DETAILS: (
        r"\b(?:[td]h?rywan\w*|(?:c|g|ch)yllell|gwn|dryll|treisi\w*|dreisi\w*|ymosod\w*|llofrudd\w*"
        r"|lofrudd\w*|lladd\w*|ladd\w*|dynladd\w*|anaf\w*|ll?osgi\w*|rhywiol|cam-?drin\w*|gam-?drin\w*"
        r"|lladrad\w*|herwgipi\w*|stelci\w*|g?waed)\b"
    ),
    Forbidden.STOCK_NOTHING: (
        r"\b(?:dim\s+(?:byd\s+)?(?:newydd|newid|i['\u2019]w\s+ddweud|wedi\s+(?:digwydd|newid))"
        r"|does\s+dim\s+newyddion|heb\s+newid|fel\s+o['\u2019]r\s+blaen)\b"
    ),
    Forbidden.HOSPITAL: (
        r"(?-i:\bYsbyty(?:\s+[A-Z][\w'\u2019-]+)+)|\bcl[iy]ni[cg]\s+caswell\b|\buned\s+ddiogel\b"
    ),
    Forbidden.PRESSURE: (
        r"\b(?:rhaid\s+i\s+chi\s+(?:ymuno|ateb|lofnodi|benderfynu)|cyfle\s+olaf|unig\s+gyfle"
        r"|os\s+na\s+(?:fyddwch|wnewch|chawn)|cyn\s+iddi\s+fod\s+yn\s+rhy\s+hwyr)"
    ),
    Forbidden.FULL_SCHEME: (
        rf"\b(?:Cynllun\s+Cyswllt\s+(?:\u00e2\s+)?Dioddefwyr|pob\s+cam|amodau?\s+{_LICENCE}|{_PAROLE}"
        r"|ymweliad\s+cartref)\b"
    ),
    Forbidden.NEW_SENSITIVE: (
        rf"\b(?:rh?yddh\w*|{_PAROLE}|galw\w*\s+yn\s+\u00f4l|ap\u00eal\w*|ysbyty|{PRISON}|{_LICENCE}"
        r"|dianc|[dn]h?ihang\w*)\b"
    ),
    Forbidden.SPECULATION: (
        r"\b(?:efallai|hwyrach|mae['\u2019]n\s+debyg|yn\s+\u00f4l\s+pob\s+(?:tebyg|golwg)|ymddengys"
        r"|s\u00efon|rydym\s+(?:ni\s+)?yn\s+(?:meddwl|credu|amau|tybio))\b"
    ),
    Forbidden.FULL_LICENCE: (
        r"\b(?:ymddygiad\s+da|swyddog\s+goruchwyli\w*|prawf\s+cyffuriau|polygraff\w*|cadw\s+mewn"
        r"\s+cysylltiad|teithio\s+y\s+tu\s+allan|holl\s+amodau|cyflawni\s+unrhyw\s+drosedd)\b"
    ),
    Forbidden.RISK_REASONS: (
        r"\b(?:risg\w*|perygl\w*|[td]orri\s+(?:ei|eu|amodau?|rheolau?)|oherwydd\s+(?:iddo|iddi|iddynt|ei)"
        r"|(?:c|g|ch)yffur\w*|alcohol|[mf]eddw|methodd|d?rosedd\s+newydd|arest\w*|(?:c|g|ch)yhudd\w*"
        r"|ymddygiad|[bf]ygyth\w*)\b"
    ),
    Forbidden.DOSSIER: (
        r"\b(?:coflen|seicoleg\w*|adroddiad\s+(?:yn\s+dweud|a\s+ddywed\w*)|argymh\w*|rh?aglen\w*"
        r"|(?:c|g|ch)wrs|(?:c|g|ch)yrsiau|dyfarniad\w*|OASys)\b"
    ),
    Forbidden.DELIBERATIONS: (
        r"\b(?:panel\s+(?:o['\u2019]r\s+farn|yn\s+(?:teimlo|meddwl|pryderu|ystyried))|mwyafrif"
        r"|anghytun\w*|[pb]h?ryderon?|edifeirwch|edifar\w*)\b"
    ),
    Forbidden.MORE_THAN_WISH: r"\b(?:ganwyd|ganed|dyddiad\s+geni)\b",
}
