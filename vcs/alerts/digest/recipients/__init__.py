"""Who is told of a matter: by the ladder, and by what somebody did about it."""
