"""The first page of the morning: what is new since the last visit, and the people who are followed.

The last visit is kept in a cookie as two story keys: the line that this visit looks back to, and the newest story that
it has seen, which becomes the line of the next visit half an hour after this one's last page.
"""

from __future__ import annotations

import time
from typing import Annotated, Final

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.contexts import TodayPage
from onrecord.web.guards import check_token
from onrecord.web.pages import read_followed
from onrecord.web.problem import Problem
from onrecord.web.queries import today
from onrecord.web.render import render
from onrecord.web.room import look_view

desk: Final = APIRouter(include_in_schema=False)

#: A visit ends so many seconds after its last page.
REST: Final = 1800
_YEAR: Final = 365 * 24 * 3600
_MOST_FOLLOWED: Final = 100


@desk.get("/")
def show_today(request: Request) -> Response:
    """Today."""
    followed = read_followed(request)
    with look_view(request) as view:
        connection = view.connection
        newest = today.find_newest(connection)
        line, cookie = read_visit(request.cookies.get("visit", ""), newest, int(time.time()))
        if day := request.query_params.get("since", "")[:10]:
            line = today.find_start(connection, day)
        back = max(line, newest - today.DEEP)
        rounds = today.find_rounds(connection, back)
        page = TodayPage(
            since=today.find_added(connection, line)[:16].replace("T", " "),
            first_visit=line == 0,
            stories=today.count_new(connection, line),
            latest=today.find_latest(connection),
            rounds=rounds,
            positions=today.find_positions(connection, back),
            outstanding=today.find_open(connection, back),
            closed=today.find_closed(connection, back),
            followed=today.find_names(connection, followed),
            said=today.find_said(connection, back, followed),
            talks=today.find_issues(connection, rounds),
            totals=view.count() if not newest else {},
        )
    response = render(request, page)
    response.set_cookie("visit", cookie, max_age=_YEAR, httponly=True, samesite="lax")
    return response


def read_visit(cookie: str, newest: int, now: int) -> tuple[int, str]:
    """The line that a visit looks back to, and the cookie to keep.

    Args:
        cookie: `line.seen.time` as kept at the last page; anything else is a first visit.
        newest: key of the newest story.
        now: seconds since 1970.
    """
    parts = cookie.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 12 for part in parts):
        return 0, f"0.{newest}.{now}"
    line, seen, last = (int(part) for part in parts)
    if now - last > REST:
        line = seen
    return min(line, newest), f"{line}.{newest}.{now}"


@desk.post("/follow")
def follow(
    request: Request, actor: Annotated[int, Form()], do: Annotated[str, Form()], token: Annotated[str, Form()]
) -> Response:
    """Follow somebody, or no longer."""
    check_token(request.state.visitor, token)
    if not 0 < actor < 2**31:
        raise Problem(404, f"there is no actor with the key {actor}")
    kept = [one for one in read_followed(request) if one != actor]
    kept = kept if do == "drop" else [*kept, actor][-_MOST_FOLLOWED:]
    response = RedirectResponse(f"/actor/{actor}", status_code=303)
    value = ".".join(str(one) for one in kept)
    response.set_cookie("follow", value, max_age=_YEAR, httponly=True, samesite="lax")
    return response
