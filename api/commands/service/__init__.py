"""Commands that run the service and keep its database and keys."""
