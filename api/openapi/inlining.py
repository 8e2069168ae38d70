"""Schemas with their named parts put where they are named: a description of one place."""

from __future__ import annotations

from typing import Any

from api.openapi.problems import Json


def inlined(schema: Json) -> Json:
    """Return a schema that names no part of itself."""
    found: Json = _inlined(schema, schema.get("$defs", {}))
    return found


def _inlined(schema: Any, parts: Json) -> Any:
    if isinstance(schema, list):
        return [_inlined(item, parts) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(parts[schema["$ref"].rsplit("/", 1)[-1]], parts)
    return {name: _inlined(item, parts) for name, item in schema.items() if name != "$defs"}
