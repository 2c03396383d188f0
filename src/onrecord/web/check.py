"""The desk of the checker: unsure readings one at a time, decided by keyboard, kept as corrections of the ledger."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import StoreError
from onrecord.ledger.corrections import Action
from onrecord.ledger.keep import correct, undo
from onrecord.store import Writer
from onrecord.web.audit import note, read_log
from onrecord.web.contexts import CheckPage, LogPage
from onrecord.web.forms import clean_words, read_number
from onrecord.web.guards import check_token
from onrecord.web.problem import Problem
from onrecord.web.queries import check
from onrecord.web.queries.today import find_newest
from onrecord.web.render import make_address, render
from onrecord.web.room import find_room, look, look_view
from onrecord.web.settings import Role

checks: Final = APIRouter(include_in_schema=False)


@checks.get("/check")
def show_check(request: Request) -> Response:
    """The next reading to be checked, or the one that is named."""
    asked = request.query_params
    kind = asked.get("kind") or check.KINDS[0]
    if kind not in check.KINDS:
        raise Problem(400, f"{kind[:40]!r} is not checked", where="kind", hint="one of " + ", ".join(check.KINDS))
    skipped = read_number(asked.get("skip") or "0", "the queue")
    with look(request) as connection:
        newest = find_newest(connection)
        unsure = find_room(request).memory.recall(f"check {kind}", newest, lambda: check.find_unsure(connection, kind))
        queue = unsure.leave_out(check.find_decided(connection))
        key = read_number(asked["key"], kind) if asked.get("key") else next(iter(queue[skipped:]), 0)
        item = check.load_item(connection, kind, key)
        page = CheckPage(
            item=item,
            kind=kind,
            kinds=check.KINDS,
            left=unsure.total - len(unsure.head) + len(queue),
            skipped=skipped,
            choices=check.list_choices(kind),
            likely=check.find_likely(connection, kind, key) if item else [],
            recent=check.list_decisions(connection),
        )
    return render(request, page)


@checks.post("/check")
async def decide(request: Request) -> Response:
    """Keep a decision, and go on to the next reading."""
    form = await request.form()
    check_token(request.state.visitor, str(form.get("token", "")))
    kind, key = str(form.get("kind", "")), read_number(str(form.get("key", "")), "a claim")
    if kind not in check.KINDS:
        raise Problem(400, f"{kind[:40]!r} is not checked", where="kind")
    done = await run_in_threadpool(_keep, request, (kind, key), form)
    note(request, "check", kind=kind, key=str(key), done=done)
    return RedirectResponse(make_address("/check", kind=kind, skip=form.get("skip", "")), status_code=303)


def _keep(request: Request, claim: tuple[str, int], form: FormData) -> str:
    """Write a decision down; waits for other writers."""
    with find_room(request).store.writer() as writer:
        return _decide(writer, request, claim, form)


def _decide(writer: Writer, request: Request, claim: tuple[str, int], form: FormData) -> str:
    """Make the corrections that a form asks for; gives what was done."""
    kind, key = claim
    act = str(form.get("do", ""))
    author, reason = request.state.visitor.name, clean_words(str(form.get("reason", "")))
    try:
        if act == "retract":
            correct(writer, Action.RETRACT, kind, [key], author=author, reason=reason)
        elif act == "split":
            correct(writer, Action.SPLIT, kind, [key], author=author, reason=reason)
        elif act.startswith("merge-"):
            other = read_number(act.removeprefix("merge-"), kind)
            correct(writer, Action.MERGE, kind, [key, other], author=author, reason=reason)
        elif act in ("accept", "save"):
            _relabel(writer, claim, {} if act == "accept" else form, author=author, reason=reason)
        else:
            raise Problem(400, f"{act[:40]!r} is no decision", where="do", hint="accept, save, retract, split or merge")
    except StoreError as error:
        raise Problem(400, error.what, hint=error.hint) from error
    return act


def _relabel(
    writer: Writer, claim: tuple[str, int], form: FormData | dict[str, str], *, author: str, reason: str
) -> None:
    """Give the fields that the form changes their new values; one that changes nothing holds the reading for right,
    which is kept too: it is the first field with the value that it has.
    """
    kind, key = claim
    item = check.load_item(writer.connection, kind, key)
    if item is None:
        raise Problem(404, f"there is no {kind} with the key {key}")
    changed = {
        fact.label: value
        for fact in item.fields
        if (value := clean_words(str(form.get(fact.label, fact.value)))) and value != fact.value
    }
    held = {fact.label: fact.value for fact in item.fields if fact.value}
    for field, value in (changed or dict(list(held.items())[:1])).items():
        correct(writer, Action.RELABEL, kind, [key], author=author, reason=reason, field=field, value=value)


@checks.post("/undo")
def take_back(request: Request, key: Annotated[int, Form()], token: Annotated[str, Form()]) -> Response:
    """Take a decision back."""
    check_token(request.state.visitor, token)
    try:
        with find_room(request).store.writer() as writer:
            undone = undo(writer, key, author=request.state.visitor.name)
    except StoreError as error:
        raise Problem(400, error.what, hint=error.hint) from error
    note(request, "undo", correction=str(key))
    kind = undone.kind if undone.kind in check.KINDS else ""
    return RedirectResponse(make_address("/check", kind=kind), status_code=303)


@checks.get("/log")
def show_log(request: Request) -> Response:
    """What was done here, and what could not be read; for administrators."""
    if not request.state.visitor.role.covers(Role.ADMIN):
        raise Problem(403, "the log is for administrators")
    settings = find_room(request).settings
    with look_view(request) as view:
        failures = view.find_failures()[:100]
    return render(request, LogPage(read_log(settings), failures, bool(settings.audit)))
