"""Sentences on the pages: the decision as it stood, and contact that is offered."""
