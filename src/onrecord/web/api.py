"""The same data for programs: JSON with an OpenAPI description, one shape of error, pages, ETags; every list also as
CSV and as JSON lines.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Body, Path
from fastapi import Query as Asked
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import ReadError
from onrecord.labels import TYPES
from onrecord.ledger.corrections import Correction, list_corrections
from onrecord.ledger.talk import Talks
from onrecord.read import read
from onrecord.record import Act, Record, Status
from onrecord.store import Query
from onrecord.store.query import Hit
from onrecord.web.feed import write_feed
from onrecord.web.forms import clean_words, read_query
from onrecord.web.pages import cut_page, find_story, find_talks
from onrecord.web.problem import ErrorBody, Problem
from onrecord.web.queries import actors, pairs, talks
from onrecord.web.render import make_address
from onrecord.web.room import find_room, look, look_view
from onrecord.web.rows import DoneRow, Facet, Name, OfficeRow, PositionRow, SaidRow, TalksRow
from onrecord.web.tabular import answer_table

_ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": ErrorBody} for status in (400, 401, 403, 404, 405, 413, 422, 429, 503)
}
api: Final = APIRouter(prefix="/api", responses=_ERRORS)
#: Rows of a download where no other number is asked for.
MANY: Final = 1_000

PageNumber = Annotated[int, Asked(ge=1, le=500, description="page of the list, from 1")]
Size = Annotated[int, Asked(ge=1, le=200, description="rows of a page")]
Most = Annotated[int, Asked(ge=1, le=10_000, description="most rows of the download")]
Form = Annotated[Literal["csv", "jsonl"], Path(description="form of the download")]
Words = Annotated[str, Asked(max_length=500)]
Key = Annotated[int, Path(ge=1, lt=2**31)]
Day = Annotated[str, Asked(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD")]


class HitPage(BaseModel):
    """One page of what was found."""

    items: list[Hit]
    page: int
    more: bool = Field(description="whether there is another page")


class TalksPage(BaseModel):
    """One page of talks."""

    items: list[TalksRow]
    page: int
    more: bool


class NamePage(BaseModel):
    """One page of actors."""

    items: list[Name]
    page: int
    more: bool


class ActorBody(BaseModel):
    """One actor."""

    actor: Name
    country: str
    sector: str
    wikidata: str
    offices: list[OfficeRow]
    acts: list[Facet]
    said: list[SaidRow]
    positions: list[PositionRow]
    events: list[DoneRow]


class PairBody(BaseModel):
    """What two sides did to one another."""

    a: str
    b: str
    events: list[DoneRow]
    positions: list[PositionRow]
    talks: list[TalksRow]
    page: int
    more: bool


class Search(BaseModel):
    """The fields of a search."""

    q: str = Field(default="", max_length=500, description="words; those in quotation marks stand together")
    kind: Literal["", "story", "statement", "event"] = ""
    speaker: str = Field(default="", max_length=200)
    actor: str = Field(default="", max_length=200)
    act: Literal["", *[str(act) for act in Act]] = ""  # type: ignore[valid-type]
    type: Literal["", *TYPES] = ""  # type: ignore[valid-type]
    status: Literal["", *[str(status) for status in Status]] = ""  # type: ignore[valid-type]
    outlet: str = Field(default="", max_length=200)
    place: str = Field(default="", max_length=200)
    start: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="first day")
    end: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="last day")

    def make_query(self, limit: int, offset: int) -> Query:
        """The store's query."""
        fields = Search.model_fields.keys() - {"q", "kind"}
        values = {name: clean_words(getattr(self, name)) for name in fields}
        return Query(text=clean_words(self.q), kind=self.kind or None, limit=limit, offset=offset, **values)


class SearchPage(Search):
    """A search, and the page of it."""

    page: int = Field(default=1, ge=1, le=500)
    size: int = Field(default=20, ge=1, le=200)


class SearchTable(Search):
    """A search to be downloaded."""

    limit: int = Field(default=MANY, ge=1, le=10_000)


@api.get("", include_in_schema=False)
def show_index(request: Request) -> Response:
    """Leads to the description."""
    return RedirectResponse("/api/openapi.json")


@api.get("/openapi.json", include_in_schema=False)
def describe(request: Request) -> dict[str, Any]:
    """The OpenAPI description."""
    found: dict[str, Any] = request.app.openapi()
    return found


@api.get("/search")
def search(request: Request, asked: Annotated[SearchPage, Asked()]) -> HitPage:
    """Stories, statements or events by words and fields, best first."""
    query = asked.make_query(asked.size + 1, (asked.page - 1) * asked.size)
    with look_view(request) as view:
        hits, paging = cut_page(view.search(query), asked.page, asked.size)
    return HitPage(items=list(hits), page=paging.page, more=paging.more)


@api.get("/search.{form}", response_class=Response)
def download_search(request: Request, form: Form, asked: Annotated[SearchTable, Asked()]) -> Response:
    """The same as a table."""
    with look_view(request) as view:
        hits = view.search(asked.make_query(asked.limit, 0))
    return answer_table(hits, "search", form)


@api.get("/stories/{name}")
def show_story(request: Request, name: Annotated[str, Path(min_length=4, max_length=64)]) -> Record:
    """The record of a story, as the pipeline made it; `name` is its id or the beginning of it."""
    with look_view(request) as view:
        return view.read_record(find_story(view, name))


@api.get("/talks")
def list_talks(request: Request, q: Words = "", page: PageNumber = 1, size: Size = 20) -> TalksPage:
    """Talks, those last reported on first."""
    with look(request) as connection:
        rows = talks.list_talks(connection, clean_words(q), limit=size + 1, offset=(page - 1) * size)
    items, paging = cut_page(rows, page, size)
    return TalksPage(items=list(items), page=paging.page, more=paging.more)


@api.get("/talks.{form}", response_class=Response)
def download_talks(request: Request, form: Form, q: Words = "", limit: Most = MANY) -> Response:
    """The same as a table."""
    with look(request) as connection:
        rows = talks.list_talks(connection, clean_words(q), limit=limit)
    return answer_table(rows, "talks", form)


@api.get("/talks/{name}.{form}", response_class=Response)
def download_negotiation(request: Request, name: str, form: Form) -> Response:
    """Positions, rounds and outstanding items of some talks as one table; `part` says which."""
    with look(request) as connection:
        state = find_talks(connection, name)
    parts = {"position": state.positions, "round": state.rounds, "outstanding": state.outstanding}
    rows = [{"part": part, **line.model_dump(mode="json")} for part, lines in parts.items() for line in lines]
    return answer_table(rows, f"talks-{state.id}", form)


@api.get("/talks/{name}")
def show_talks(request: Request, name: str) -> Talks:
    """The state of some talks: parties, rounds, positions with their history, outstanding items."""
    with look(request) as connection:
        return find_talks(connection, name)


@api.get("/actors")
def list_actors(request: Request, q: Words = "", page: PageNumber = 1, size: Size = 50) -> NamePage:
    """Actors, those in most stories first."""
    with look(request) as connection:
        rows = actors.list_actors(connection, clean_words(q), limit=size + 1, offset=(page - 1) * size)
    items, paging = cut_page(rows, page, size)
    return NamePage(items=list(items), page=paging.page, more=paging.more)


@api.get("/actors.{form}", response_class=Response)
def download_actors(request: Request, form: Form, q: Words = "", limit: Most = MANY) -> Response:
    """The same as a table."""
    with look(request) as connection:
        rows = actors.list_actors(connection, clean_words(q), limit=limit)
    return answer_table(rows, "actors", form)


@api.get("/actors/{key}")
def show_actor(request: Request, key: Key, page: PageNumber = 1, size: Size = 20) -> ActorBody:
    """One actor: offices, what was said, positions, events."""
    with look(request) as connection:
        row = actors.find_actor(connection, key)
        if row is None:
            raise Problem(404, f"there is no actor with the key {key}", hint="/api/actors lists them")
        return ActorBody(
            actor=Name(key, row["name"], row["code"], row["kind"]),
            country=row["country"],
            sector=row["sector"],
            wikidata=row["wikidata"],
            offices=actors.find_offices(connection, key),
            acts=actors.count_acts(connection, key),
            said=actors.find_said(connection, key, "", limit=size, offset=(page - 1) * size),
            positions=actors.find_held(connection, key),
            events=actors.find_done(connection, key),
        )


@api.get("/pair")
def show_pair(request: Request, a: Words, b: Words, page: PageNumber = 1, size: Size = 50) -> PairBody:
    """What two states or bodies did to one another, the latest first."""
    with look(request) as connection:
        pair = pairs.find_pair(connection, clean_words(a), clean_words(b))
        rows = pairs.find_events(
            connection, pairs.find_between(connection, pair), limit=size + 1, offset=(page - 1) * size
        )
        items, paging = cut_page(rows, page, size)
        return PairBody(
            a=a,
            b=b,
            events=list(items),
            positions=pairs.find_positions(connection, pair),
            talks=pairs.find_talks(connection, pair),
            page=paging.page,
            more=paging.more,
        )


@api.get("/pair.{form}", response_class=Response)
def download_pair(request: Request, form: Form, a: Words, b: Words, limit: Most = MANY) -> Response:
    """The events between the two as a table."""
    with look(request) as connection:
        pair = pairs.find_pair(connection, clean_words(a), clean_words(b))
        rows = pairs.find_events(connection, pairs.find_between(connection, pair), limit=limit, offset=0)
    return answer_table([asdict(row) for row in rows], "pair", form)


@api.get("/corrections")
def show_corrections(request: Request) -> list[Correction]:
    """Every decision of a checker, in the order in which they were made."""
    with look(request) as connection:
        return list_corrections(connection)


@api.get("/corrections.{form}", response_class=Response)
def download_corrections(request: Request, form: Form) -> Response:
    """The same as a table."""
    with look(request) as connection:
        return answer_table(list_corrections(connection), "corrections", form)


@api.post("/read")
def read_text(request: Request, raw: Annotated[bytes, Body(media_type="application/octet-stream")]) -> list[Record]:
    """The records of the stories in the body, in any format that can be read; nothing is kept."""
    room = find_room(request)
    try:
        return [room.jobs.read_one(story) for story in read(raw, limits=room.jobs.limits)]
    except ReadError as error:
        raise Problem(422, error.what, hint=error.hint) from error


feeds: Final = APIRouter(include_in_schema=False)


@feeds.get("/search.atom")
def show_feed(request: Request) -> Response:
    """A search as a feed, newest first."""
    query = read_query(request, 50)
    with look_view(request) as view:
        hits = sorted(view.search(query), key=lambda hit: hit.day, reverse=True)
    base = f"{request.url.scheme}://{request.headers.get('host', '')}"
    words = " ".join(value for name, value in request.query_params.items() if value and name != "page")
    link = base + make_address("/search", **dict(request.query_params))
    feed = write_feed(hits, f"onrecord: {words}".strip(": "), link, base)
    return Response(feed, media_type="application/atom+xml")
