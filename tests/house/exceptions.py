"""What is over its size today. Each list only shrinks: what is mended is taken off.

A function is named with the number of its parameters, so that it may not get one more. Files and
functions go by their own names, so that moving them changes nothing here.
``python -m tests.house.figures --list`` prints the lists as they are.
"""

FILES_FOR_THE_FARTHEST_PAGE = 51
"""Through how many files the farthest page leads: lower it when it leads through fewer."""

OVER_FIVE_PARAMETERS = ("add_user 7",)
LONG_FILES = (
    "acts.py",
    "provisions.py",
)
FAR_PAGES = (
    "CHOICE",
    "CONTACT",
    "MAY_GO",
    "NEVER",
    "NEW_LETTER",
    "OFFER",
    "OF_VICTIM",
    "POSTED_ON",
    "REVEAL",
    "SAME_PERSON",
    "SEPARATE",
    "TASK",
    "ask_how",
    "check",
    "decision",
    "letter",
    "one_call",
    "referral",
    "rules",
    "rules_of_offences",
    "sentence",
)
