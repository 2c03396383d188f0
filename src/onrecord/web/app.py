"""Puts the reading room together: routes, guards, errors, static files."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from anyio import to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from onrecord.config import Settings
from onrecord.errors import OnrecordError
from onrecord.pipeline import Pipeline
from onrecord.store import Store
from onrecord.web.api import api, feeds
from onrecord.web.check import checks
from onrecord.web.etags import Etags
from onrecord.web.guards import Guard
from onrecord.web.jobs import Jobs, Reader
from onrecord.web.memory import Memory
from onrecord.web.pages import pages
from onrecord.web.problem import Problem, answer_problem, explain_error
from onrecord.web.reading import readings
from onrecord.web.room import Room
from onrecord.web.settings import RoomSettings
from onrecord.web.today import desk

#: Pages that are made at the same time. SQLite gives the interpreter's lock back at every row, and threads that compete
#: for it wait longer than they work: at 45,500 stories and 20 requests a second, on a busy machine, one thread gave
#: medians of 5 to 96 ms by page; a run with two fell behind by seconds. More processes serve a larger team.
AT_ONCE: Final = 1
STATIC: Final = Path(__file__).parent / "static"
_HANDLED: Final = (Problem, OnrecordError, RequestValidationError, HTTPException)

_log = logging.getLogger(__name__)


def create_app(
    room: RoomSettings,
    store: Store,
    settings: Settings | None = None,
    *,
    make_reader: Callable[[], Reader] | None = None,
) -> FastAPI:
    """The reading room on a store.

    Args:
        room: how the room is set up.
        store: an open store; the caller closes it.
        settings: of the reader, when stories can be read here.
        make_reader: gives what reads stories; a `Pipeline` of the settings when left out. Called at the first story.
    """
    settings = settings or Settings()
    jobs = Jobs(store, make_reader or (lambda: Pipeline(settings)), settings.limits)

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
        yield
        jobs.close()

    app = FastAPI(
        title="onrecord", version=version("onrecord"), docs_url=None, redoc_url=None, openapi_url=None, lifespan=live
    )
    app.state.room = Room(room, store, jobs, Memory())
    for router in (desk, pages, checks, readings, api, feeds):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for kind in _HANDLED:
        app.add_exception_handler(kind, _answer_error)
    app.add_exception_handler(Exception, _answer_error)
    app.add_middleware(Etags)
    app.add_middleware(Guard, settings=room, secret=secrets.token_bytes(32))
    return app


def _answer_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, _HANDLED):
        _log.error("failed at %s", request.url.path, exc_info=error)
    return answer_problem(request, explain_error(error))
