"""The description of what programs may ask of us: OpenAPI, printed by ``vcs openapi``."""
