"""The pages that are read: story, talks, actors, pairs, search. Every state is in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import StoreError
from onrecord.labels import TYPES
from onrecord.ledger.talk import Talks
from onrecord.ledger.talks import read_talks
from onrecord.record import Act, Record, Status
from onrecord.store import View
from onrecord.store.rows import date_story
from onrecord.web import contexts
from onrecord.web.charts import draw_axis, draw_bars
from onrecord.web.differences import compare_stories
from onrecord.web.forms import KINDS, read_number, read_page, read_query, read_span
from onrecord.web.marks import LAYERS, build_blocks, find_claim, find_words
from onrecord.web.problem import Problem
from onrecord.web.queries import actors, facets, pairs, stories, talks
from onrecord.web.queries.rows import load_versions
from onrecord.web.queries.today import find_version
from onrecord.web.render import render
from onrecord.web.room import find_room, look, look_view
from onrecord.web.rows import Name, Paging, Shown
from onrecord.web.shown import Describer, find_shown

pages: Final = APIRouter(include_in_schema=False)

PAGE: Final = 20
_Row = TypeVar("_Row")


def cut_page(rows: Sequence[_Row], page: int, size: int = PAGE) -> tuple[Sequence[_Row], Paging]:
    """The rows of a page, of which one more was asked for than it shows."""
    return rows[:size], Paging(page, len(rows) > size)


@pages.get("/search")
def show_search(request: Request) -> Response:
    """Search."""
    query = read_query(request, PAGE)
    with look_view(request) as view:
        found = view.search(query.model_copy(update={"limit": PAGE + 1}))
        hits, paging = cut_page(found, query.offset // PAGE + 1)
        counts, counted = facets.count_facets(view.connection, query)
        page = contexts.SearchPage(
            query=query,
            asked=bool(request.query_params),
            kind=query.choose_kind(),
            hits=hits,
            facets=counts,
            counted=counted,
            capped=counted == facets.MOST,
            choices={"act": list(Act), "type": TYPES, "status": list(Status), "kind": KINDS},
            paging=paging,
        )
    return render(request, page)


@pages.get("/story/{name}")
def show_story(request: Request, name: str) -> Response:
    """A story, marked, with the record of one claim beside it."""
    with look_view(request) as view:
        key = find_story(view, name)
        record = view.read_record(key)
        if record.story.id != name:
            return RedirectResponse(request.url_for("show_story", name=record.story.id))
        page = _build_story(view, key, record, request)
    return render(request, page)


def find_story(view: View, name: str) -> int:
    """The key of a story.

    Raises:
        Problem: there is none, or several begin so.
    """
    try:
        return view.find_story(name)
    except StoreError as error:
        raise Problem(404, error.what, hint="look for it with the search") from error


def _build_story(view: View, key: int, record: Record, request: Request) -> contexts.StoryPage:
    connection = view.connection
    asked = request.query_params
    layers = tuple(layer for layer in LAYERS if layer in asked.getlist("show")) or LAYERS
    claims = Describer(record, stories.find_actor_keys(connection, record)).describe_all()
    picked = read_span(asked.get("at", ""), len(record.story.text)) or find_words(record, asked.get("claim", ""))
    named = asked.get("claim", "") or find_claim(record, picked)
    chosen = _choose_claim(view, key, find_shown(claims, named))
    copies, earlier, later = stories.find_versions(connection, key)
    beside = asked.get("view") == "original"
    return contexts.StoryPage(
        id=record.story.id,
        record=record,
        blocks=build_blocks(record, shown=layers, picked=picked),
        layers=LAYERS,
        shown_layers=layers,
        shown=chosen,
        claims=claims,
        earlier=earlier,
        later=later,
        copies=copies,
        original=record.story.raw.decode(record.story.charset, errors="replace") if beside else "",
        beside=beside,
        printing=asked.get("view") == "print",
        day=date_story(record.story),
        outlet=record.story.agency or record.story.outlet,
        talks=stories.find_talks(connection, key),
    )


def _choose_claim(view: View, story: int, shown: Shown | None) -> Shown | None:
    """The claim that is open, with the other reports of it."""
    if shown is None:
        return None
    kind, key = stories.find_claim_keys(view.connection, story).get(shown.id, ("", 0))
    reports = stories.find_reports(view.connection, kind, key) if key else ()
    return Shown(**{**shown.__dict__, "key": key, "reports": reports})


@pages.get("/talks")
def show_talks(request: Request) -> Response:
    """The list of talks."""
    words, number = request.query_params.get("q", ""), read_page(request)
    with look(request) as connection:
        rows = find_room(request).memory.recall(
            "talks found" if words or number > 5 else f"talks {number}",
            (find_version(connection), number, words),
            lambda: talks.list_talks(connection, words, limit=PAGE + 1, offset=(number - 1) * PAGE),
        )
    found, paging = cut_page(rows, number)
    return render(request, contexts.TalksPage(found, words, paging))


@pages.get("/talks/{name}")
def show_negotiation(request: Request, name: str) -> Response:
    """One negotiation."""
    with look(request) as connection:
        page = _build_negotiation(connection, find_talks(connection, name))
    return render(request, page)


def find_talks(connection: Connection, name: str) -> Talks:
    """The state of some talks.

    Raises:
        Problem: there are none with this id.
    """
    read_number(name.removeprefix("t"), "talks")
    try:
        return read_talks(connection, name)
    except StoreError as error:
        raise Problem(404, error.what, hint="see the list of talks") from error


def _build_negotiation(connection: Connection, state: Talks) -> contexts.NegotiationPage:
    return contexts.NegotiationPage(
        talks=state,
        keys=talks.find_keys(connection, int(state.id[1:])),
        headlines=talks.find_headlines(connection, [report.story for report in state.stories]),
        axis=draw_axis(talks.list_marks(state)),
        parties=talks.group_positions(state.positions),
    )


@pages.get("/actors")
def show_actors(request: Request) -> Response:
    """The list of actors."""
    words, number = request.query_params.get("q", ""), read_page(request)
    with look(request) as connection:
        rows = find_room(request).memory.recall(
            "actors found" if words or number > 5 else f"actors {number}",
            (find_version(connection), number, words),
            lambda: actors.list_actors(connection, words, limit=51, offset=(number - 1) * 50),
        )
    found, paging = cut_page(rows, number, 50)
    return render(request, contexts.ActorsPage(words, found, paging))


@pages.get("/actor/{key}")
def show_actor(request: Request, key: str) -> Response:
    """One actor."""
    number, act, page = read_number(key, "actor"), request.query_params.get("act", ""), read_page(request)
    with look(request) as connection:
        row = actors.find_actor(connection, number)
        if row is None:
            raise Problem(404, f"there is no actor with the key {key!r}", hint="see the list of actors")
        said = actors.find_said(connection, number, act, limit=PAGE + 1, offset=(page - 1) * PAGE)
        shown, paging = cut_page(said, page)
        context = contexts.ActorPage(
            actor=Name(number, row["name"], row["code"], row["kind"]),
            country=row["country"],
            sector=row["sector"],
            wikidata=row["wikidata"],
            offices=actors.find_offices(connection, number),
            acts=actors.count_acts(connection, number, act),
            months=draw_bars(actors.count_months(connection, number)),
            said=shown,
            issues=actors.find_issues(connection, number),
            about=actors.find_about(connection, number),
            quoted_by=actors.count_outlets(connection, number),
            events=actors.find_done(connection, number),
            positions=actors.find_held(connection, number),
            followed=number in read_followed(request),
            paging=paging,
        )
    return render(request, context)


def read_followed(request: Request) -> tuple[int, ...]:
    """Keys of the actors that this visitor follows, from their cookie."""
    parts = request.cookies.get("follow", "").split(".")
    return tuple(int(part) for part in parts if part.isdecimal() and len(part) < 10)[:100]


@pages.get("/pair")
def show_pair(request: Request) -> Response:
    """Two states or bodies."""
    one, other = (request.query_params.get(name, "").strip() for name in ("a", "b"))
    number = read_page(request)
    with look(request) as connection:
        pair = pairs.find_pair(connection, one, other)
        between = pairs.find_between(connection, pair)
        up, down = pairs.count_months(connection, between)
        events = pairs.find_events(connection, between, limit=PAGE + 1, offset=(number - 1) * PAGE)
        shown, paging = cut_page(events, number)
        page = contexts.PairPage(
            a=one,
            b=other,
            known=pair.known,
            names=pair.names,
            bars=draw_bars(up, down),
            events=shown,
            talks=pairs.find_talks(connection, pair),
            positions=pairs.find_positions(connection, pair),
            paging=paging,
        )
    return render(request, page)


@pages.get("/diff/{old}/{new}")
def show_diff(request: Request, old: str, new: str) -> Response:
    """What two versions of a story differ in."""
    with look_view(request) as view:
        keys = [find_story(view, name) for name in (old, new)]
        records = [view.read_record(key) for key in keys]
        versions = [load_versions(view.connection, [key])[0] for key in keys]
    paragraphs, lost, gained = compare_stories(records[0].story.text, records[1].story.text)
    return render(request, contexts.DiffPage(versions[0], versions[1], paragraphs, lost, gained))
