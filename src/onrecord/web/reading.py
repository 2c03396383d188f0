"""A story is pasted or dropped, and read while one looks on; and what two versions of a story differ in."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.audit import note
from onrecord.web.contexts import JobPage, ReadPage
from onrecord.web.guards import check_token
from onrecord.web.problem import Problem
from onrecord.web.render import render
from onrecord.web.room import find_room

readings: Final = APIRouter(include_in_schema=False)


@readings.get("/read")
def show_form(request: Request) -> Response:
    """The form for a story."""
    return render(request, ReadPage())


@readings.post("/read")
def start_reading(
    request: Request,
    token: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
    file: UploadFile | None = None,
) -> Response:
    """Begin to read what was pasted or dropped."""
    check_token(request.state.visitor, token)
    room = find_room(request)
    name = (file.filename or "") if file else ""
    raw = file.file.read(room.settings.upload_bytes + 1) if file and name else text.replace("\r\n", "\n").encode()
    if len(raw) > room.settings.upload_bytes:
        raise Problem(
            413, f"larger than {room.settings.upload_bytes:,} bytes", hint="onrecord ingest takes larger files"
        )
    if not raw.strip():
        return render(
            request, ReadPage(problem="there is nothing to read", hint="paste a story or choose a file"), status=422
        )
    job = room.jobs.start(raw, name or "pasted text")
    note(request, "read", name=name, bytes=str(len(raw)))
    return RedirectResponse(f"/read/{job.id}", status_code=303)


@readings.get("/read/{name}")
def show_job(request: Request, name: str) -> Response:
    """How far a reading is; a single story opens when it is read."""
    job = find_room(request).jobs.find(name)
    if job is None:
        raise Problem(
            404, "this reading is no longer remembered", hint="what was read is kept: look for it with the search"
        )
    if job.state == "done" and len(job.stories) == 1 and not job.problems:
        return RedirectResponse(f"/story/{job.stories[0].id}", status_code=303)
    page = JobPage(job.state, tuple(job.stories), tuple(job.problems), job.seconds, job.name)
    return render(request, page)
