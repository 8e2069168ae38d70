"""Mails as they are made and watched."""
