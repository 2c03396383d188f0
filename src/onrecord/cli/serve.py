"""`onrecord serve`: opens the reading room. Needs the extra `web`, which is imported here and nowhere else."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Final

import typer

from onrecord.cli.output import StoreOption, read_settings
from onrecord.errors import SettingsError
from onrecord.store import Store

if TYPE_CHECKING:
    from onrecord.web.settings import RoomSettings

_NEEDED: Final = ("fastapi", "jinja2", "uvicorn", "python_multipart")
_LOCAL: Final = ("127.0.0.1", "localhost", "::1")


def serve(
    store: StoreOption = "",
    host: Annotated[
        str, typer.Option(help="Address to listen on. Others than this machine's need --user-header or --read-only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen on.")] = 8321,
    user: Annotated[str, typer.Option(help="Name under which corrections are kept.")] = "analyst",
    user_header: Annotated[str, typer.Option(help="Header in which a reverse proxy names the user.")] = "",
    proxy: Annotated[list[str] | None, typer.Option(help="Address of the proxy that is believed.")] = None,
    role: Annotated[
        list[str] | None, typer.Option(metavar="NAME=ROLE", help="Role of a user: reader, checker, admin.")
    ] = None,
    host_name: Annotated[list[str] | None, typer.Option(help="Further name under which the room is asked for.")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Refuse everything that writes.")] = False,
    rate: Annotated[int, typer.Option(min=0, help="Most requests a minute of one user; 0 for no limit.")] = 0,
    audit: Annotated[str, typer.Option(metavar="FILE", help="Log of what was done, as JSON lines.")] = "",
    language: Annotated[str, typer.Option(help="Language of the interface.")] = "en",
) -> None:
    """Open the reading room: a web app on the store, for this machine unless told otherwise."""
    _check_extra()
    values = {
        "user": user,
        "user_header": user_header,
        "proxies": tuple(proxy or ("127.0.0.1", "::1")),
        "roles": _read_roles(role or []),
        "hosts": ("127.0.0.1", "localhost", "[::1]", *(host_name or [])),
        "read_only": read_only,
        "rate": rate,
        "audit": audit,
        "language": language,
    }
    if host not in _LOCAL and not (user_header or read_only):
        raise SettingsError(
            f"anybody who reaches {host} could write here",
            where="--host",
            hint="add --user-header with a proxy that signs people in, or --read-only",
        )
    _run(store, host, port, values)


def _check_extra() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise SettingsError(
            f"the reading room needs {', '.join(missing)}", where="serve", hint="pip install 'onrecord[web]'"
        )


def _read_roles(pairs: list[str]) -> dict[str, str]:
    roles = {}
    for pair in pairs:
        name, equals, role = pair.partition("=")
        if not (name and equals and role in ("reader", "checker", "admin")):
            raise SettingsError(f"{pair!r} is no role", where="--role", hint="--role anna=checker")
        roles[name] = role
    return roles


def _make_room(values: dict[str, object]) -> RoomSettings:
    from onrecord.web.settings import RoomSettings

    rtl = str(values["language"]).split("-")[0] in ("ar", "fa", "he", "ur")
    return RoomSettings.model_validate({**values, "rtl": rtl})


def _run(store: str, host: str, port: int, values: dict[str, object]) -> None:
    import uvicorn

    from onrecord.web.app import create_app

    settings = read_settings(store)
    with Store.open(settings.store) as opened:
        app = create_app(_make_room(values), opened, settings)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"the reading room is at http://{shown}:{port}/ (store: {opened.place}); Ctrl+C closes it")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("serve")(serve)
