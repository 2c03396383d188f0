"""onrecord reads political and diplomatic newswire and keeps the record."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.read import read, read_all

__all__ = ["read", "read_all"]


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first asked for, so that `import onrecord` stays light.

    `read` is the package `onrecord.read` itself, which can be called: a name cannot be both a function and a package
    of that name.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    stage = import_module("onrecord.read")
    return stage if name == "read" else getattr(stage, name)
