"""Words that stand beside a name and are no part of it: patterns, by what they are about."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class NoteKind(StrEnum):
    """What a note beside a name is about."""

    DECEASED = "deceased"
    DO_NOT_CONTACT = "do_not_contact"
    CARE_OF = "care_of"
    NEEDS = "needs"
    SAFETY = "safety"
    SEVERAL_PEOPLE = "several_people"
    ACTS_FOR = "acts_for"
    NO_NAME = "no_name"
    NUMBER = "number"
    OTHER = "other"


# Words of which nobody is called: found also where a hyphen joins them to a name.
CERTAIN: Final[tuple[tuple[NoteKind, str], ...]] = (
    (
        NoteKind.DECEASED,
        r"deceased|decease|dec['’\u00b4`]?s?d|dcsd|r\.\s?i\.\s?p\b\.?|passed(?:\s+(?:away|on|over))?"
        r"|expired|laid\s+to\s+rest|d\.\s?o\.\s?d\b\.?|dod(?=\W*\d)|date\s+of\s+death|funeral|buried"
        r"|cremated|(?:lost|took)\s+(?:her|his|their)\s+(?:own\s+)?life|bu\s+farw|angladd"
        r"|\(\s*dead\s*\)|(?:is|now|found)\s+dead"
        r"|died|murdered|killed|homicide|suicide|in\s+memory|memorial|departed"
        r"|no\s+longer\s+(?:alive|living|with\s+us)|not\s+(?:alive|living)|the\s+late|y\s+diweddar"
        r"|ymadawedig|wedi\s+marw|(?:the\s+)?estate\s+of|executors?|executrix|probate"
        r"|personal\s+reps?(?:resentatives?)?",
    ),
    (
        NoteKind.DO_NOT_CONTACT,
        r"do(?:es)?\s*n(?:o|['’])?t|(?:do(?:es)?n['’]?o?t|no)contact|dnc|d\.n\.c|not|never|contact(?:ed|s|ing)?|uncontactable"
        r"|no\s+(?:further|more|letters?|calls?|phone|telephone|post|mail|emails?|texts?|visits?"
        r"|voice\s?mails?|messages?|reply|answer|correspondence|communication)"
        r"|opted[\s-]*(?:out|in)|opt(?:s|ing)?[\s-]+(?:out|in)|refus(?:ed|es|al)|declined|declines|withdrawn|withdrew"
        r"|unsubscribed?|leave\s+alone|harass\w*|peidiwch|dim\s+(?:cysyllt\w*|cyswllt|galw\w*|llythyr\w*)"
        r"|wants?\s+(?:nothing|no(?:ne|\s+\w+))|nothing\s+(?:more|further)|not\s+interested|dim\s+byd",
    ),
    (
        NoteKind.CARE_OF,
        r"care\s+of|c\s?/\s?o|c\.o\.|℅|in\s+care|refuge|hostel|women['’]?s\s+aid|hospital|hospice"
        r"|hmp|hmyoi|nursing\s+home|care\s+home|flat\s+\d+|p\.?o\.?\s+box|no\s+fixed|nfa"
        r"|(?:old|new|previous|current|no)\s+address|gone\s+away|gna",
    ),
    (
        NoteKind.NEEDS,
        r"deaf|hard\s+of\s+hearing|bsl|sign\s+language|interpreters?|translators?|translation"
        r"|(?:large|big)\s+print|easy\s+read|braille|audio|wheelchair|disab(?:led|ility|ilities)"
        r"|autis(?:tic|m)|adhd|dementia|alzheimer\w*|learning\s+(?:difficult\w*|disab\w*)"
        r"|(?:partially|visually)\s+(?:sighted|impaired)|non[\s-]?verbal|illiterate|dyslexi[ac]"
        r"|cannot|can['’]?t|(?:can|will|must|should|please)\s+(?:only|not|use|be|call|ring|text"
        r"|email|write|read|speak)|needs|prefers|requires|speaks\s+\w+|(?:\w+\s+)?speaker\s+of"
        r"|non[\s-]?english|(?:text|phone|email|letters?|post|calls?|sms|welsh|mobile)\s+only"
        r"|only\s+(?:text|phone|email|letters?|post|calls?|sms|by|via|on)|byddar|whats\s?app",
    ),
    (
        NoteKind.SAFETY,
        r"not\s+safe|unsafe\s+\w+|at\s+risk|high\s+risk|asap|beware|safeguarding|marac|perpetrator"
        r"|offender|defendant|suspect|see\s+(?:file|note|notes|log)|via\s+\w+",
    ),
    (
        NoteKind.SEVERAL_PEOPLE,
        r"and|&|plus|family|families|household|occupiers?|children|siblings?|twins|parents"
        r"|both|et\s+al|others",
    ),
    (
        NoteKind.ACTS_FOR,
        r"(?:on\s+)?behalf(?:\s+of)?|obo|o\.b\.o|next\s+of\s+kin|nok|guardian|carer|appointee"
        r"|(?:mother|mum|mam|father|dad|parent|wife|widow|widower|husband|son|daughter|sister"
        r"|brother|partner|relative|friend|aunt|uncle|nan|gran|grandmother|grandfather|child|baby"
        r"|victim|spouse|foster\s+\w+)\s+(?:of|to|for)|spokes(?:person|man|woman)|attn|f\.?a\.?o"
        r"|for\s+the\s+attention|a\.?\s?k\.?\s?a|alias|(?:also|now|formerly|previously|better)"
        r"\s+known\s+as|known\s+as|formerly|previously|maiden\s+name|preferred\s+name"
        r"|solicitors?|advocate|isva|idva|social\s+(?:worker|services)|support\s+worker",
    ),
    (
        NoteKind.NO_NAME,
        r"not\s+known|name\s+(?:unknown|withheld|not\s+given)|to\s+be\s+confirmed|tbc|tba|n\s?/\s?"
        r"[ak]|unnamed|anonymous|withheld|redacted|complainant|aggrieved|injured\s+party|victim"
        r"|witness|unborn|anhysbys|test\s+(?:victim|person|record)|duplicate|do\s+not\s+use|xx+",
    ),
    (
        NoteKind.OTHER,
        r"aged\s+\w+|age|years?\s+old|yrs|y\.o\.|d\.?o\.?b|date\s+of\s+birth|born|mobile|tel|telephone"
        r"|phone|landline|email|e-mail|please|pls|works?\s+\w+|lives?\s+\w+|living\s+\w+|moved"
        r"|abroad|emigrated|minor|juvenile|address|is|was|has|been|be|if|but|because|until|before"
        r"|after|when|who|which|that|this|her|his|their|she|they|nights|mornings|evenings|weekends",
    ),
)  # fmt: skip

# Words that are notes as a rule, and that some people are called.
DOUBTFUL: Final[tuple[tuple[NoteKind, str], ...]] = (
    (NoteKind.DECEASED, r"late|rip|dead|death|dec\.?$|marw|angel\s+baby"),
    (NoteKind.NEEDS, r"blind|dall|only|speaks|speaker|signer|mute|text"),
    (
        NoteKind.SAFETY,
        r"risk|danger|alert|care|stop|threat|unsafe|vulnerable|violent|aggressive"
        r"|caution|warning|confidential|protected|restricted|urgent",
    ),
    (NoteKind.NO_NAME, r"unknown|blank|nobody|none|nil|someone|somebody"),
    (NoteKind.SEVERAL_PEOPLE, r"ac|or|with"),
    (NoteKind.ACTS_FOR, r"of|for|re|pp|parent|mother|mum|father|dad|child|baby|infant|per"),
    (
        NoteKind.OTHER,
        r"(?<=\w\s)n[eé]e(?=\s+\w)|call|ring|home|away|prison|custody|minor|deed|poll",
    ),
)
