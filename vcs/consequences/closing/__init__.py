"""Close a referral for a reason of the table, propose it, review it, open it again."""
