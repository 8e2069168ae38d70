"""What is over its size today. Each list only shrinks: what is mended is taken off.

A function is named with the number of its parameters, so that it may not get one more. Files and
functions go by their own names, so that moving them changes nothing here.
``python -m tests.house.figures --list`` prints the lists as they are.
"""

FILES_FOR_THE_FARTHEST_PAGE = 34
"""Through how many files the farthest page leads: lower it when it leads through fewer."""

OVER_FIVE_PARAMETERS = (
    "_changed 6",
    "_move 6",
    "_sentenced 6",
    "_withdraw 6",
    "add_user 7",
    "close_tasks 6",
    "hash_of 7",
    "keep_request 7",
    "note 6",
    "owe_alert 7",
    "owe_silence 6",
    "refined 6",
    "withdraw_outdated 6",
)
LONG_FILES = (
    "acts.py",
    "contents.py",
    "judicial_results.py",
    "provisions.py",
    "save.py",
    "sentences.py",
)
FAR_PAGES = (
    "MAY_GO",
    "NEW_LETTER",
    "TASK",
    "check",
    "decision",
    "letter",
    "referral",
)
