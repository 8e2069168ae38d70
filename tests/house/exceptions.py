"""What is over its size today. Each list only shrinks: what is mended is taken off.

A function is named with the number of its parameters, so that it may not get one more. Files and
functions go by their own names, so that moving them changes nothing here.
``python -m tests.house.figures --list`` prints the lists as they are.
"""

FILES_FOR_THE_FARTHEST_PAGE = 58
"""Through how many files the farthest page leads: lower it when it leads through fewer."""

OVER_FIVE_PARAMETERS = ("add_user 7",)
LONG_FILES = (
    "acts.py",
    "provisions.py",
)
FAR_PAGES = (
    "CHOICE",
    "CONTACT",
    "CLOSE_ACTION",
    "HAND_OVER_ACTION",
    "MAY_GO",
    "NEVER",
    "NEW_LETTER",
    "NOT_TOLD",
    "NUMBER",
    "OFFER",
    "OF_VICTIM",
    "POSTED_ON",
    "REVEAL",
    "SAME_PERSON",
    "SEPARATE",
    "TASK",
    "TOLD",
    "WAY",
    "ask_how",
    "OPEN_ACTION",
    "TASK",
    "ask_about_needs",
    "check",
    "choose",
    "decision",
    "hand_entry",
    "event",
    "letter",
    "needs",
    "due_days",
    "letter",
    "message",
    "one_call",
    "referral",
    "rules",
    "rules_of_offences",
    "sentence",
    "worklist",
    "sheet",
    "tasks_csv",
    "worklist",
    "worklist_csv",
)
