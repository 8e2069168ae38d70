"""Each police area lies in one region, told a second time; each court is what its name says."""

from __future__ import annotations

from collections import Counter

from vcs.intake import regions

TOLD = {
    "N03 Wales": "North Wales, Gwent, South Wales, Dyfed-Powys",
    "N07 London": "London, City of London",
    "N50 Greater Manchester": "Greater Manchester",
    "N51 North West": "Cumbria, Lancashire, Merseyside, Cheshire",
    "N52 West Midlands": "West Midlands, Staffordshire, West Mercia, Warwickshire",
    "N53 East Midlands": "Derbyshire, Nottinghamshire, Lincolnshire, Leicestershire",
    "N54 North East": "Northumbria, Durham, Cleveland",
    "N55 Yorkshire and the Humber": "North Yorkshire, West Yorkshire, South Yorkshire, Humberside",
    "N56 East of England": (
        "Northamptonshire, Cambridgeshire, Norfolk, Suffolk, Bedfordshire, Hertfordshire, Essex"
    ),
    "N57 Kent Surrey Sussex": "Surrey, Kent, Sussex",
    "N58 South West": ("Devon and Cornwall, Avon and Somerset, Gloucestershire, Wiltshire, Dorset"),
    "N59 South Central": "Thames Valley, Hampshire",
}


def test_each_police_area_lies_in_the_region_that_it_is_known_to_lie_in() -> None:
    told = {area: region for region, areas in TOLD.items() for area in areas.split(", ")}
    held = {}
    for code, area in regions.POLICE_AREAS.items():
        region = regions.region_of_area(code)
        assert region is not None
        assert regions.region_of_court(f"C{code}XX00") == region
        held[area] = f"{region.code} {region.name}"

    assert held == told


def test_each_court_is_of_the_kind_that_its_code_and_its_name_say() -> None:
    strange = [one for one in regions._COURTS.values() if one.kind != _kind(one.code, one.name)]

    assert strange == []


_CIVIL = ("County Court", "Family", "Civil Justice", "ILCFPC")


def _kind(code: str, name: str) -> str:
    """Codes of the Crown Court begin with C, and so does that of the Court of Appeal."""
    if code[0] == "C":
        return "other" if name == "Court of Appeal" else "crown"
    return "other" if any(word in name for word in _CIVIL) else "magistrates"


def test_no_court_is_lost_unseen() -> None:
    held = Counter(one.kind for one in regions._COURTS.values())

    assert held == {"crown": 118, "magistrates": 195, "other": 87}
