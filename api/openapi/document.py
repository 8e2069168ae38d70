"""The whole description, made from the routes and from the table of who may use which."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.guards.routes import TABLE, Rule, is_for_machines
from api.openapi.problems import PROBLEMS, Json

_TOKEN = "/oauth2/token"  # noqa: S105 - an address

_SCHEMES: Json = {
    "token": {
        "type": "oauth2",
        "description": "A token for one kind of client: a system of a court, a witness care unit, "
        "a prison or licence service, or offender managers.",
        "flows": {"clientCredentials": {"tokenUrl": _TOKEN, "scopes": {}}},
    },
    "client": {
        "type": "http",
        "scheme": "basic",
        "description": "The client id and secret that ``vcs clients add`` printed once.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "vcs",
        "description": "A member of staff who is signed in; __Host-vcs where the address is https.",
    },
}


def document(app: FastAPI) -> Json:
    """Return the OpenAPI description of every address that speaks to programs, and no other."""
    made = get_openapi(
        title=app.title,
        version=app.version,
        summary="Court results, referrals and custody events in; receipts and outcomes out.",
        routes=app.routes,
    )
    made["paths"] = {path: item for path, item in made["paths"].items() if is_for_machines(path)}
    made.setdefault("components", {})["securitySchemes"] = _SCHEMES
    rules = {(rule.method, rule.path): rule for rule in TABLE}
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _complete(operation, rules[method.upper(), path], path)
    _drop_unused(made)
    return made


def _complete(operation: Json, rule: Rule, path: str) -> None:
    """Say who may use an address, and describe the framework's refusals in our own shape."""
    operation["security"] = _security(rule, path)
    answers = operation["responses"]
    if "422" in answers and "application/json" in answers["422"].get("content", {}):
        del answers["422"]
        if any(one["in"] != "path" for one in operation.get("parameters", ())):
            answers["422"] = PROBLEMS(422)[422]


def _security(rule: Rule, path: str) -> list[dict[str, list[str]]]:
    if path == _TOKEN:
        return [{"client": []}]
    if rule.clients:
        return [{"token": []}]
    return [{"session": []}] if rule.roles else []


def _drop_unused(made: Json) -> None:
    schemas: dict[str, Any] = made["components"].get("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
