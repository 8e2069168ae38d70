"""What is over its size today. Each list only shrinks: what is mended is taken off.

A function is named with the number of its parameters, so that it may not get one more. Files and
functions go by their own names, so that moving them changes nothing here.
``python -m tests.house.figures --list`` prints the lists as they are.
"""

FILES_FOR_THE_FARTHEST_PAGE = 59
"""Through how many files the farthest page leads: lower it when it leads through fewer."""

OVER_FIVE_PARAMETERS = ("add_user 7",)
LONG_FILES = (
    "acts.py",
    "provisions.py",
)
FAR_PAGES = (
    "BIRTH",
    "CHOICE",
    "CLOSE_ACTION",
    "CONTACT",
    "DIED",
    "HAND_OVER_ACTION",
    "IF_OUT",
    "MAY_GO",
    "NEVER",
    "NEW_LETTER",
    "NOT_DIED",
    "NOT_TOLD",
    "NUMBER",
    "OFFER",
    "OF_VICTIM",
    "OPEN_ACTION",
    "POSTED_ON",
    "REVEAL",
    "SAME_PERSON",
    "SEPARATE",
    "SPEAKS",
    "TASK",
    "TELLS",
    "TOLD",
    "WAY",
    "ask_about_needs",
    "ask_for_victim",
    "ask_how",
    "check",
    "choose",
    "decision",
    "due_days",
    "event",
    "hand_entry",
    "ledger",
    "ledger_as_json",
    "letter",
    "message",
    "needs",
    "one_call",
    "referral",
    "rows",
    "rows_as_json",
    "rules",
    "rules_of_offences",
    "sentence",
    "sheet",
    "tasks_csv",
    "worklist",
    "worklist_csv",
)
