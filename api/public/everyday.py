"""What people call an offence that its title calls otherwise. Data: people check it.

The likeliest meaning comes first; strokes part meanings that are alike likely. A word that a
title has itself is looked for as well, unless the last meaning is empty.
"""

from __future__ import annotations

from collections.abc import Mapping

_A_CHILD = ("child / girl / boy / under 13 / under 14 / under 16",)

_STABBED = ("wound intent", "wound", "grievous bodily harm", "attempt murder")

_STRANGLED = ("strangulation", "suffocation", "choke suffocate strangle")

_ROBBED = ("robbery", "assault intent rob")

_BURGLED = ("burglary",)

_RAPED = ("rape", "intercourse", "buggery")

_GROOMED = ("meet following grooming", "grooming", "sexual communication child")

_EXPOSED = ("exposure soa 2003", "expose genitals", "indecent exposure")

_MOLESTED = ("sexual assault", "indecent assault", "sexual activity")

_CHILD_ABUSE = ("sexual activity child", "sexual assault child", "gross indecency child")

_IMAGES = ("indecent photograph child",)

_KILLED = ("murder", "manslaughter", "cause death")

_TRAFFICKED = ("trafficking exploitation", "arrange facilitate travel exploitation", "trafficking")

_KIDNAPPED = ("kidnap", "kidnapping", "false imprisonment")

_DOMESTIC = ("controlling coercive behaviour", "domestic abuse protection")

_STALKED = ("stalking", "stalk", "harassment")

_HARASSED = ("harassment", "harass")

_BEATEN = ("actual bodily harm", "grievous bodily harm", "assault")

_ACID = ("throw corrosive fluid", "corrosive", "grievous bodily harm intent")

_SPIKED = ("administer substance intent", "administer poison")

_CRUELTY = ("assault ill treat neglect abandon child", "cruelty child")

_SHARED = ("share photograph film intimate state", "disclose private sexual photographs")

EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "abh": ("actual bodily harm",),
    "s47": ("assault occasioning actual bodily harm",),
    "sec 47": ("assault occasioning actual bodily harm",),
    "section 47": ("assault occasioning actual bodily harm",),
    "gbh": ("grievous bodily harm",),
    "s18": ("wound intent section 18", "grievous bodily harm intent section 18", "wound intent"),
    "sec 18": ("wound intent section 18", "grievous bodily harm intent section 18", "wound intent"),
    "section 18": (
        "wound intent section 18",
        "grievous bodily harm intent section 18",
        "wound intent",
    ),
    "s20": ("wound inflict grievous bodily harm",),
    "sec 20": ("wound inflict grievous bodily harm",),
    "section 20": ("wound inflict grievous bodily harm",),
    "stab": _STABBED,
    "stabbed": _STABBED,
    "stabbing": _STABBED,
    "knifed": _STABBED,
    "knifing": _STABBED,
    "glassed": _STABBED,
    "glassing": _STABBED,
    "slashed": _STABBED,
    "knife point": ("",),
    "knifepoint": ("",),
    "gunpoint": ("firearm", ""),
    "gun point": ("firearm", ""),
    "shot": ("attempt murder", "wound intent", "firearm intent endanger life"),
    "shooting": ("attempt murder", "wound intent", "firearm intent endanger life"),
    "gun": ("firearm",),
    "knife": ("bladed article", "knife"),
    "punch": _BEATEN,
    "punched": _BEATEN,
    "beaten": _BEATEN,
    "beating": ("assault beating", *_BEATEN),
    "headbutt": _BEATEN,
    "mug": _ROBBED,
    "mugged": _ROBBED,
    "mugger": _ROBBED,
    "mugging": _ROBBED,
    "rob": _ROBBED,
    "robbed": _ROBBED,
    "robbing": _ROBBED,
    "hold up": _ROBBED,
    "carjacking": _ROBBED,
    "domestic burglary": ("burglary dwelling",),
    "burgle": _BURGLED,
    "burgled": _BURGLED,
    "burglar": _BURGLED,
    "break in": _BURGLED,
    "breaking in": _BURGLED,
    "broke in": _BURGLED,
    "housebreaking": _BURGLED,
    "house breaking": _BURGLED,
    "kill": _KILLED,
    "killed": _KILLED,
    "killing": _KILLED,
    "homicide": _KILLED,
    "murder": ("murder victim one year age older", "murder"),
    "murdered": ("murder victim one year age older", "murder"),
    "attempted murder": ("attempt murder victim", "attempt murder"),
    "attempted": ("attempt", "attempted"),
    "tried to kill": ("attempt murder",),
    "threatened to kill": ("threat kill",),
    "threatening to kill": ("threat kill",),
    "threat": ("threat / threaten",),
    "threatening": ("threat / threaten",),
    "death threat": ("threat kill",),
    "death threats": ("threat kill",),
    "strangle": _STRANGLED,
    "strangled": _STRANGLED,
    "strangling": _STRANGLED,
    "choke": _STRANGLED,
    "choked": _STRANGLED,
    "choking": _STRANGLED,
    "throttled": _STRANGLED,
    "non fatal strangulation": ("strangulation",),
    "acid": _ACID,
    "acid attack": _ACID,
    "poisoned": _SPIKED,
    "spiked": _SPIKED,
    "spiking": _SPIKED,
    "drink spiking": _SPIKED,
    "reckless": ("reckless / recklessness / recklessly",),
    "arsonist": ("arson",),
    "set fire": ("arson",),
    "fire setting": ("arson",),
    "torched": ("arson",),
    "kidnaping": _KIDNAPPED,
    "kidnapping": _KIDNAPPED,
    "kidnapped": _KIDNAPPED,
    "abducted": ("abduct", "abduction", *_KIDNAPPED),
    "abduction": ("abduction", "abduct", *_KIDNAPPED),
    "held captive": ("false imprisonment", "kidnap"),
    "held hostage": ("false imprisonment", "hostage"),
    "locked up": ("false imprisonment",),
    "rape": _RAPED,
    "raped": _RAPED,
    "rapist": _RAPED,
    "statutory rape": ("unlawful sexual intercourse", "sexual activity child", "rape under 13"),
    "sex with a minor": ("sexual activity child", "unlawful sexual intercourse"),
    "underage sex": ("sexual activity child", "unlawful sexual intercourse"),
    "molest": _MOLESTED,
    "molested": _MOLESTED,
    "molesting": _MOLESTED,
    "fondled": _MOLESTED,
    "groped": _MOLESTED,
    "groping": _MOLESTED,
    "touched sexually": _MOLESTED,
    "sexual abuse": _MOLESTED,
    "sexually abused": _MOLESTED,
    "child abuse": (*_CHILD_ABUSE, *_CRUELTY),
    "child sexual abuse": _CHILD_ABUSE,
    "child sex abuse": _CHILD_ABUSE,
    "paedophile": _CHILD_ABUSE,
    "pedophile": _CHILD_ABUSE,
    "child": _A_CHILD,
    "children": _A_CHILD,
    "kid": _A_CHILD,
    "minor": _A_CHILD,
    "underage": _A_CHILD,
    "girl": ("girl / female",),
    "boy": ("boy / male",),
    "baby": ("child",),
    "woman": ("woman / female",),
    "women": ("woman / female",),
    "man": ("man / male",),
    "men": ("man / male",),
    "groom": _GROOMED,
    "groomed": _GROOMED,
    "groomer": _GROOMED,
    "grooming": _GROOMED,
    "flash": _EXPOSED,
    "flashed": _EXPOSED,
    "flasher": _EXPOSED,
    "flashing": _EXPOSED,
    "exposed himself": _EXPOSED,
    "indecent exposure": _EXPOSED,
    "exposing himself": _EXPOSED,
    "cyberflashing": ("send photograph film genitals",),
    "cyber flashing": ("send photograph film genitals",),
    "dick pic": ("send photograph film genitals",),
    "upskirting": ("equipment beneath clothing", "record image beneath clothing"),
    "peeping tom": ("voyeurism",),
    "spycam": ("voyeurism",),
    "secret filming": ("voyeurism",),
    "revenge porn": _SHARED,
    "revenge pornography": _SHARED,
    "indecent images": _IMAGES,
    "indecent image": _IMAGES,
    "child porn": _IMAGES,
    "child pornography": _IMAGES,
    "fgm": ("female genital mutilation",),
    "cutting": ("female genital mutilation",),
    "pimp": ("control prostitute gain", "controlling prostitution"),
    "pimping": ("control prostitute gain", "controlling prostitution"),
    "trafficked": _TRAFFICKED,
    "trafficking": _TRAFFICKED,
    "human trafficking": _TRAFFICKED,
    "people trafficking": _TRAFFICKED,
    "sex trafficking": ("trafficking sexual exploitation", *_TRAFFICKED),
    "modern slavery": ("slavery servitude", "forced compulsory labour"),
    "forced labour": ("forced compulsory labour",),
    "forced marriage": ("enter into marriage", "forced marriage"),
    "coercive": ("controlling coercive behaviour",),
    "coercive control": ("controlling coercive behaviour",),
    "controlling": ("controlling coercive behaviour", "controlling"),
    "domestic abuse": _DOMESTIC,
    "domestic violence": _DOMESTIC,
    "wife beating": _BEATEN,
    "child cruelty": _CRUELTY,
    "child neglect": _CRUELTY,
    "stalk": _STALKED,
    "stalked": _STALKED,
    "stalker": _STALKED,
    "stalking": _STALKED,
    "harassed": _HARASSED,
    "harassing": _HARASSED,
    "pestering": _HARASSED,
    "blackmailed": ("blackmail",),
    "sextortion": ("blackmail", "share photograph film intimate state"),
    "hate crime": ("racially religiously aggravated", "racially aggravated"),
    "racist": ("racially religiously aggravated", "racially aggravated"),
    "racist attack": ("racially religiously aggravated assault", "racially aggravated assault"),
    "hit and run": ("cause death driving", "fail stop accident"),
    "run over": ("cause death driving", "cause serious injury driving"),
    "death by driving": ("cause death driving",),
    "drink driving": ("drive alcohol limit", "driving over prescribed limit"),
    "drunk driving": ("drive alcohol limit", "driving over prescribed limit"),
    "witness intimidation": ("intimidate witness",),
    "intimidating a witness": ("intimidate witness",),
    "terrorism membership": ("belong proscribed organisation",),
    "terrorist": ("terrorist", "terrorism"),
    "encouraging": ("encouragement / encourage",),
    "conspiracy": ("conspire / conspiracy",),
    "drug dealing": ("supply controlled drug class", "supply drug"),
    "drug dealer": ("supply controlled drug class", "supply drug"),
    "dealing drugs": ("supply controlled drug class", "supply drug"),
    "bomb": ("explosion endanger life", "explosive"),
    "bombing": ("explosion endanger life", "explosive"),
}
