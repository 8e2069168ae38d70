"""The words of letters in two languages: plain English, Welsh, and Welsh grammar."""
