"""A page and its shell -> HTML. The shell is what all pages share: who looks, in which colours and size, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.web.settings import Role, RoomSettings
from onrecord.web.words import load_words

THEMES: Final = ("auto", "light", "dark")
#: Sizes of the text, "A-" to "A+".
SIZES: Final = ("-1", "0", "1", "2", "3")
_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True)
class Shell:
    """What every page shows beside its own content."""

    path: str
    query: tuple[tuple[str, str], ...]
    user: str
    role: Role
    token: str
    theme: str
    size: str
    language: str
    direction: str
    read_only: bool

    def link(self, **changes: Any) -> str:
        """This page's address with some fields of the query changed; an empty value takes the field out."""
        kept = [(name, value) for name, value in self.query if name not in changes]
        kept += [(name, str(value)) for name, value in changes.items() if value not in ("", None)]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    @property
    def may_check(self) -> bool:
        """True when this user may correct and add."""
        return not self.read_only and self.role.covers(Role.CHECKER)


@lru_cache(maxsize=4)
def make_environment(language: str) -> Environment:
    """The templates, with escaping on and every undefined name an error."""
    environment = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_translations(load_words(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["marked"] = mark_words
    environment.filters["percent"] = lambda score: f"{round(score * 100)}%"
    environment.globals["address"] = make_address
    return environment


def make_address(path: str, **fields: Any) -> str:
    """A path with a query; empty fields are left out."""
    kept = [(name, str(value)) for name, value in fields.items() if value not in ("", None)]
    return f"{path}?{urlencode(kept)}" if kept else path


def mark_words(words: str) -> Markup:
    """Words with what stands between the store's marks `[[` and `]]` set off; all else is text."""
    parts = words.split("[[")
    made = escape(parts[0])
    for part in parts[1:]:
        found, _, rest = part.partition("]]")
        made += Markup("<mark>{}</mark>{}").format(found, rest)
    return made


def make_shell(request: Request, settings: RoomSettings) -> Shell:
    """The shell for a request."""
    who = request.state.visitor
    return Shell(
        path=request.url.path,
        query=tuple((name, value) for name, value in request.query_params.multi_items() if name not in _LOOKS),
        user=who.name,
        role=who.role,
        token=who.token,
        theme=_choose(request, "theme", THEMES, "auto"),
        size=_choose(request, "size", SIZES, "0"),
        language=settings.language,
        direction="rtl" if settings.rtl else "ltr",
        read_only=settings.read_only,
    )


_LOOKS: Final = ("theme", "size")


def _choose(request: Request, name: str, allowed: Sequence[str], default: str) -> str:
    for value in (request.query_params.get(name), request.cookies.get(name)):
        if value and value in allowed:
            return value
    return default


def render(request: Request, page: Any, *, status: int = 200) -> Response:
    """The response with this page; a theme or size in the address is remembered."""
    settings: RoomSettings = request.app.state.room.settings
    shell = make_shell(request, settings)
    template = make_environment(settings.language).get_template(page.template)
    response = HTMLResponse(template.render(page=page, shell=shell), status_code=status)
    for name in _LOOKS:
        if request.query_params.get(name) == getattr(shell, name):
            response.set_cookie(name, getattr(shell, name), max_age=_YEAR, httponly=True, samesite="lax")
    return response
