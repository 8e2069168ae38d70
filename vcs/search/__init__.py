"""Finding a referral, a sentence, a letter or a person from any page."""
