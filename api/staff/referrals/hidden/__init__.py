"""Who must not see a referral, who alone may, and who has opened its details."""
