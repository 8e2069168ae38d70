"""The made-up caseload as a table: who was sentenced, how long ago, and what happened since.

``days_ago`` are working days before today. Nobody named here exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CCC = ("C01CE00", "Central Criminal Court")
SNARESBROOK = ("C01SN00", "Snaresbrook Crown Court")
SOUTHWARK = ("C01SW00", "Southwark Crown Court")
INNER_LONDON = ("C01IL00", "Inner London Crown Court")
HIGHBURY = ("B01GU00", "Highbury Corner Magistrates' Court")
CARDIFF = ("C62CR00", "Cardiff Crown Court")
SWANSEA = ("C62SS00", "Swansea Crown Court")
LEEDS = ("C13LE00", "Leeds Crown Court")
MANCHESTER = ("C06MM00", "Minshull Street Manchester Crown Court")

Since = Literal[
    "nothing",
    "referred",
    "assigned",
    "written",
    "joined",
    "declined",
    "no victim",
    "proposed",
    "traced",
    "refused",
]
Feed = Literal["hearing", "police result", "copy", "spi"]


_COUNTS = {
    "abh-12m": ("OF61102", "Assault occasioning actual bodily harm", "IMP", "12 Months"),
    "abh-11m": ("OF61102", "Assault occasioning actual bodily harm", "IMP", "11 Months"),
    "abh-2y": ("OF61102", "Assault occasioning actual bodily harm", "IMP", "2 Years"),
    "abh-52w": ("OF61102", "Assault occasioning actual bodily harm", "IMP", "52 Weeks"),
    "abh-8m": ("OF61102", "Assault occasioning actual bodily harm", "IMP", "8 Months"),
    "wound-8m": ("OF61131", "Wounding or inflicting grievous bodily harm", "IMP", "8 Months"),
    "wound-3y": ("OF61131", "Wounding or inflicting grievous bodily harm", "IMP", "3 Years"),
    "wound-yoi": ("OF61131", "Wounding or inflicting grievous bodily harm", "YOI", "30 Months"),
    "wound-dto": ("OF61131", "Wounding or inflicting grievous bodily harm", "DTO", "18 Months"),
    "wound-susp": ("OF61131", "Wounding or inflicting grievous bodily harm", "SUSPS", "18 Months"),
    "wound-fine": ("OF61131", "Wounding or inflicting grievous bodily harm", "FO", ""),
    "murder": ("COML025", "Murder", "MLI", ""),
    "manslaughter": ("COML022", "Manslaughter", "IMP", "9 Years"),
    "hospital": ("COML022", "Manslaughter", "MHHO", ""),
    "restricted": ("COML022", "Manslaughter", "MHHO", "with restriction"),
    "rape": ("SX03001", "Rape", "IMP", "8 Years"),
    "rape-ext": ("SX03001", "Rape", "EXTIVS", "10 Years"),
    "robbery": ("TH68023", "Robbery", "IMP", "3 Years"),
    "robbery-fine": ("TH68023", "Robbery", "FO", ""),
    "death-driving": ("RA88046", "Causing death by dangerous driving", "IMP", "6 Years"),
    "strangling": ("SC15005", "Intentional strangulation", "IMP", "16 Months"),
    "burglary": ("TH68034", "Burglary of a dwelling with intent", "IMP", "3 Years"),
    "unlisted": ("XX99001", "An offence under a code no table holds", "IMP", "2 Years"),
    "no-length": ("OF61102", "Assault occasioning actual bodily harm", "IMP", ""),
    "stalking": ("PH97006", "Stalking without fear, alarm or distress", "IMP", "5 Months"),
    "coercion": ("SC15004", "Controlling or coercive behaviour", "IMP", "3 Years"),
    "blackmail": ("TH68071", "Blackmail", "IMP", "3 Years"),
    "theft": ("TH68010", "Theft", "IMP", "8 Years"),
    "theft-short": ("TH68010", "Theft", "IMP", "3 Months"),
    "careless": ("RT88526", "Causing serious injury by dangerous driving", "IMP", "3 Years"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One offender's sentence. ``sentenced_for`` names rows of the table above, joined by "+".

    ``told_by`` is the feed that tells of it; ``served`` are the days on remand that count.
    """

    first: str
    last: str
    court: tuple[str, str]
    days_ago: int
    sentenced_for: str
    since: Since = "nothing"
    welsh: bool = False
    told_by: Feed = "hearing"
    served: int = 0

    @property
    def counts(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return the code, title, result and length of each offence."""
        return tuple(_COUNTS[name] for name in self.sentenced_for.split("+"))


REDUCED_TO = "8 Months"
"""The term to which the court reduced Zeb Amended's sentence: below the threshold."""

STORIES: tuple[Story, ...] = (
    # Overdue: nobody has referred a victim.
    Story("Alan", "Fictional", CCC, 14, "abh-2y"),
    Story("Barry", "Invented", SNARESBROOK, 12, "robbery"),
    Story("Colin", "Madeup", SOUTHWARK, 11, "rape"),
    Story("Dylan", "Notreal", CARDIFF, 13, "wound-3y"),
    Story("Eric", "Pretend", LEEDS, 15, "manslaughter"),
    Story("Frank", "Imagined", INNER_LONDON, 11, "wound-3y+theft-short"),
    # Due within five working days.
    Story("George", "Samplesson", CCC, 10, "rape-ext"),
    Story("Harry", "Example", SNARESBROOK, 9, "abh-12m"),
    Story("Ivan", "Specimen", SOUTHWARK, 8, "strangling"),
    Story("Jack", "Mockup", CARDIFF, 9, "robbery"),
    Story("Kevin", "Standin", MANCHESTER, 7, "death-driving"),
    # Witness care proposes that there is no identifiable victim; the unit has not decided.
    Story("Liam", "Dummy", INNER_LONDON, 6, "wound-yoi", "proposed"),
    # Later.
    Story("Mark", "Placeholder", CCC, 4, "murder"),
    Story("Neil", "Trial", HIGHBURY, 3, "wound-dto"),
    Story("Oscar", "Tester", SNARESBROOK, 2, "hospital"),
    Story("Peter", "Draft", SOUTHWARK, 2, "restricted"),
    Story("Quentin", "Outline", SWANSEA, 1, "abh-2y"),
    Story("Robert", "Sketch", CCC, 1, "robbery"),
    # Reported by other feeds.
    Story("Sidney", "Notional", SNARESBROOK, 5, "robbery", told_by="spi"),
    Story("Toby", "Conjured", SOUTHWARK, 4, "wound-3y", told_by="police result"),
    Story("Ulric", "Imaginary", CCC, 3, "abh-2y", told_by="copy"),
    # Nearly as long on remand as the term: release may come before every deadline.
    Story("Vernon", "Hasty", INNER_LONDON, 3, "strangling", served=210),
    # Before anybody is referred: being traced, or asked and refused.
    Story("Wilfred", "Elusive", SNARESBROOK, 9, "rape", "traced"),
    Story("Xander", "Unwanted", SOUTHWARK, 8, "abh-2y", "refused"),
    # Referred by a witness care unit's system before the court told of it.
    Story("Yorick", "Foreseen", CCC, 4, "wound-3y"),
    # Reduced by the court after the victim was referred; and a hearing that the court deleted.
    Story("Zeb", "Amended", SNARESBROOK, 8, "abh-2y", "referred"),
    Story("Arnold", "Erased", SOUTHWARK, 7, "robbery", "referred"),
    # Referred, and on the way.
    Story("Steven", "Model", CCC, 9, "abh-2y", "referred"),
    Story("Thomas", "Pattern", SNARESBROOK, 12, "rape", "referred"),
    Story("Umar", "Figure", SOUTHWARK, 14, "robbery", "assigned"),
    Story("Victor", "Figment", INNER_LONDON, 16, "wound-3y", "assigned"),
    Story("William", "Fable", CARDIFF, 12, "strangling", "assigned", welsh=True),
    # First contact overdue.
    Story("Xavier", "Legend", CCC, 32, "abh-2y", "referred"),
    # Letter sent, answered or not.
    Story("Yusuf", "Myth", CCC, 18, "robbery", "written"),
    Story("Zachary", "Story", SNARESBROOK, 20, "rape", "written"),
    Story("Adam", "Tale", CARDIFF, 19, "wound-3y", "written", welsh=True),
    Story("Brian", "Saga", SOUTHWARK, 30, "manslaughter", "joined"),
    Story("Carl", "Parable", CCC, 35, "murder", "joined"),
    Story("David", "Novel", INNER_LONDON, 33, "abh-12m", "declined"),
    Story("Edward", "Chapter", LEEDS, 28, "robbery", "no victim"),
    # Cannot tell: a person decides.
    Story("Fred", "Riddle", CCC, 8, "burglary"),
    Story("Graham", "Puzzle", SNARESBROOK, 5, "unlisted"),
    Story("Henry", "Question", SOUTHWARK, 6, "no-length"),
    Story("Ian", "Mystery", CARDIFF, 4, "abh-8m+wound-8m"),
    # Outside the statutory test.
    Story("James", "Marginal", HIGHBURY, 7, "stalking"),
    Story("Keith", "Border", CCC, 5, "coercion"),
    Story("Lewis", "Fringe", SNARESBROOK, 4, "careless"),
    Story("Martin", "Edge", SOUTHWARK, 3, "blackmail"),
    # Not eligible.
    Story("Nathan", "Outside", CCC, 6, "abh-11m"),
    Story("Oliver", "Beyond", SNARESBROOK, 5, "wound-susp"),
    Story("Paul", "Without", HIGHBURY, 4, "theft-short"),
    Story("Ralph", "Absent", INNER_LONDON, 3, "wound-fine"),
    Story("Simon", "Lacking", CARDIFF, 2, "abh-52w"),
    Story("Terry", "Wanting", CCC, 2, "robbery-fine+theft"),
)


def named(last: str) -> Story:
    """Return the story of an offender by their last name."""
    return next(story for story in STORIES if story.last == last)
