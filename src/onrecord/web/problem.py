"""The one shape of an error: a page for people, the same fields as JSON for programs."""

from __future__ import annotations

import math
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import OnrecordError, ReadError, SettingsError, StoreError
from onrecord.web.contexts import ErrorPage
from onrecord.web.render import render


class Problem(Exception):
    """Something that the visitor has to know: what is wrong, and what to do next."""

    def __init__(self, status: int, what: str, *, hint: str = "", where: str = "", wait: float = 0) -> None:
        super().__init__(what)
        self.status = status
        self.what = what
        self.hint = hint
        self.where = where
        self.wait = wait


class ErrorBody(BaseModel):
    """Every error of the API."""

    status: int = Field(description="HTTP status")
    what: str = Field(description="what is wrong, with the value")
    where: str = Field(default="", description="field, story or file")
    hint: str = Field(default="", description="what to do next")


_STATUS: Final[dict[type[OnrecordError], int]] = {ReadError: 422, SettingsError: 400, StoreError: 503}


def answer_problem(request: Request, problem: Problem) -> Response:
    """The answer that tells of a problem."""
    body = ErrorBody(status=problem.status, what=problem.what, where=problem.where, hint=problem.hint)
    if request.url.path.startswith("/api"):
        response: Response = JSONResponse(body.model_dump(), status_code=problem.status)
    else:
        response = render(request, ErrorPage(problem.status, problem.what, problem.hint), status=problem.status)
    if problem.wait:
        response.headers["retry-after"] = str(math.ceil(problem.wait))
    return response


def explain_error(error: Exception) -> Problem:
    """The problem behind an exception."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return Problem(422, _describe(first), where=".".join(str(part) for part in first["loc"][1:]))
    if isinstance(error, HTTPException):
        hint = "look for it with the search" if error.status_code == 404 else ""
        return Problem(error.status_code, _NAMES.get(error.status_code, str(error.detail)), hint=hint)
    if isinstance(error, OnrecordError):
        status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
        return Problem(status, error.what, hint=error.hint, where=error.where)
    return Problem(500, "something went wrong here", hint="the log of the server says what")


_NAMES: Final = {404: "there is no such page", 405: "this address does not take that method"}


def _describe(first: Any) -> str:
    return f"{first['msg']}: {str(first.get('input'))[:100]!r}"
