"""A command's arguments and options as one value: the fields of a frozen dataclass."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, get_type_hints

_Options = TypeVar("_Options")


def takes(
    options: type[_Options],
) -> Callable[[Callable[[_Options], None]], Callable[..., None]]:
    """Make a command of a function that takes ``options``: each field is typed by its name."""

    def made(function: Callable[[_Options], None]) -> Callable[..., None]:
        def command(**typed: Any) -> None:
            function(options(**typed))

        types = get_type_hints(options, include_extras=True)
        fields = inspect.signature(options).parameters.values()
        of_each = [one.replace(annotation=types[one.name]) for one in fields]
        command.__doc__ = function.__doc__
        command.__annotations__ = types
        command.__signature__ = inspect.Signature(of_each)  # type: ignore[attr-defined]
        return command

    return made
