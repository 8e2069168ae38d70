"""The Victim Contact Scheme itself: no web, no PDF, no SMTP, no cron."""
