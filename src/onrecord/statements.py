"""Stage 4. What the encoder says -> Statement: sources, cue, content, act, relay.

The unit is the attribution relation of PARC and PolNeAR. Each content span picks its cue, each cue its sources,
both by the encoder's link scores; contents with one cue are one statement with discontinuous content. What a model
cannot know for certain is settled by the text: kind by the quotation marks, a quotation that goes on in the next
paragraph by its unclosed mark, nesting by the spans themselves.

Source: PolNeAR guidelines (Newell et al. 2018); docs/annotation.md for acts, relay, occasion and condition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.encode import Encoded, Found
from onrecord.lexicon import load_lexicon
from onrecord.record import Act, Reference, Statement, StatementKind
from onrecord.segment import Segments
from onrecord.story import Span, Story

STAGE: Final = "statements"

#: A cue or source farther away than this many words is not considered.
REACH: Final = 160
#: A further source of the same cue must be at least this likely beside the best one.
SHARE: Final = 0.3
#: And at least this likely by itself.
MINIMUM: Final = 0.15

_LEXICON: Final = load_lexicon("statements")
_QUOTE = re.compile(r"[\"“”„«»]")
_OPENS = re.compile(r"\s*[\"“„«]")


@dataclass
class _Draft:
    """A statement while its parts are gathered."""

    cue: Found | None
    contents: list[Found] = field(default_factory=list)
    sources: list[Found] = field(default_factory=list)
    score: float = 1.0
    source_score: float = 1.0


def find_statements(story: Story, segments: Segments, encoded: Encoded) -> tuple[Statement, ...]:
    """All attribution relations of the story, in text order; sources are spans, actors are attached later."""
    drafts = _gather(story, segments, encoded)
    statements = [_finish(story, encoded, draft) for draft in drafts]
    statements = _fold_relays(story, segments, statements)
    statements.sort(key=lambda statement: statement.content[0] if statement.content else statement.span)
    named = [statement.model_copy(update={"id": f"s{number}"}) for number, statement in enumerate(statements, 1)]
    return tuple(statement.model_copy(update={"parent": _find_parent(statement, named)}) for statement in named)


def _gather(story: Story, segments: Segments, encoded: Encoded) -> list[_Draft]:
    cues = encoded.find_layer("cue")
    drafts = {cue.first: _Draft(cue) for cue in cues}
    homes = _Homes(segments)
    loose: list[Found] = []
    for content in (*encoded.find_layer("content"), *encoded.find_layer("inner")):
        cue, score = _pick_cue(homes, encoded, content, cues)
        if cue is None:
            loose.append(content)
        else:
            drafts[cue.first].contents.append(content)
            drafts[cue.first].score = min(drafts[cue.first].score, score)
    for draft in drafts.values():
        draft.contents = _keep_outer(draft.contents)
    kept = [draft for draft in drafts.values() if draft.contents or _declines(encoded, draft)]
    _continue_quotations(story, kept, loose)
    for draft in kept:
        _add_sources(homes, encoded, draft)
    return kept


def _keep_outer(contents: Sequence[Found]) -> list[Found]:
    """Contents of one cue without those that lie inside another of them."""
    spans = {content.span for content in contents}
    return [
        content
        for content in dict.fromkeys(contents)
        if not any(span.holds(content.span) and span != content.span for span in spans)
    ]


def _share_sentence(homes: _Homes, one: Found, other: Found) -> bool:
    """True when one of the two has a part in a sentence of the other."""
    first, second = homes[one.span], homes[other.span]
    return first[0] <= second[1] and second[0] <= first[1]


class _Homes(dict[Span, tuple[int, int]]):
    """The first and last sentence of spans, each looked up once."""

    def __init__(self, segments: Segments) -> None:
        super().__init__()
        self.segments = segments

    def __missing__(self, span: Span) -> tuple[int, int]:
        hold = self.segments.hold
        self[span] = found = hold(span).start, hold(Span(span.end - 1, span.end)).start
        return found


def _pick_cue(homes: _Homes, encoded: Encoded, content: Found, cues: Sequence[Found]) -> tuple[Found | None, float]:
    """The cue that the encoder links to a content: one of its own sentence where there is any, else one in reach.

    A cue inside the content belongs to a statement nested in it, so it is considered only when no other is there.
    """
    near = [cue for cue in cues if abs(cue.first - content.first) <= REACH or cue.last <= content.last + REACH]
    outside = [cue for cue in near if not content.span.holds(cue.span)]
    same = [cue for cue in outside if _share_sentence(homes, cue, content)]
    asked = same or outside
    if not asked:
        return None, 0.0
    chances = encoded.choose("content_cue", content.first, [cue.first for cue in asked])
    best = int(chances[:-1].argmax())
    linked = bool(same) or chances[best] >= chances[-1]
    return (asked[best], float(chances[best])) if linked else (None, 0.0)


def _declines(encoded: Encoded, draft: _Draft) -> bool:
    return draft.cue is not None and encoded.classify("act", draft.cue.first)[0] == Act.DECLINE


def _continue_quotations(story: Story, drafts: list[_Draft], loose: list[Found]) -> None:
    """A quotation without a cue that opens a paragraph goes on from the last statement of the one before."""
    for content in sorted(loose, key=lambda found: found.span):
        if not _OPENS.match(story.text[content.span.start : content.span.end]):
            continue
        number = next((n for n, paragraph in enumerate(story.paragraphs) if paragraph.holds(content.span)), 0)
        if number == 0:
            continue
        before = story.paragraphs[number - 1]
        last = [draft for draft in drafts if any(before.overlaps(part.span) for part in draft.contents)]
        if last:
            max(last, key=lambda draft: max(part.span for part in draft.contents)).contents.append(content)


def _add_sources(homes: _Homes, encoded: Encoded, draft: _Draft) -> None:
    """The sources that the encoder links to the cue; a second one only from the best one's sentence."""
    cue = draft.cue
    if cue is None:
        return
    near = [source for source in encoded.find_layer("source") if abs(source.first - cue.first) <= REACH]
    same = [source for source in near if _share_sentence(homes, source, cue)]
    asked = same or [source for source in near if source.first < cue.first]
    if not asked:
        return
    chances = encoded.choose("cue_source", cue.first, [source.first for source in asked])
    best = int(chances[:-1].argmax())
    if chances[best] < chances[-1]:
        return
    draft.source_score = float(chances[best])
    draft.sources = [
        source
        for source, chance in zip(asked, chances[:-1], strict=True)
        if source is asked[best]
        or (chance >= SHARE * chances[best] and _share_sentence(homes, source, asked[best]) and chance > MINIMUM)
    ]


def _finish(story: Story, encoded: Encoded, draft: _Draft) -> Statement:
    contents = sorted(draft.contents, key=lambda found: found.span)
    spans = tuple(found.span for found in contents)
    cue = draft.cue
    act, act_score = encoded.classify("act", cue.first) if cue else (Act.ASSERT, 1.0)
    whole = [*spans, *(source.span for source in draft.sources), *([cue.span] if cue else [])]
    asides = _find_asides(story, encoded, whole)
    scores = [found.score for found in (*contents, *draft.sources)] + ([cue.score] if cue else []) + [draft.score]
    return Statement(
        id="s0",
        span=Span(min(span.start for span in whole), max(span.end for span in whole)),
        score=min(1.0, sum(scores) / len(scores)),
        stage=STAGE,
        sources=tuple(Reference(span=source.span) for source in draft.sources),
        cue=cue.span if cue else None,
        content=spans,
        kind=name_kind(story.text, spans),
        act=Act(act),
        addressees=_find_addressees(story, encoded, draft),
        occasion=asides.get("occasion", [None])[0],
        relay=tuple(Reference(span=span) for span in asides.get("relay", []) if span is not None),
        condition=asides.get("condition", [None])[0],
        negated=bool(cue and encoded.classify("negated", cue.first)[0] == "yes"),
        why=_explain(story, draft, act, act_score),
    )


def name_kind(text: str, content: Sequence[Span]) -> StatementKind:
    """Direct when all of it stands in quotation marks, indirect when none does, else mixed."""
    if not content:
        return StatementKind.INDIRECT
    marked = [bool(_QUOTE.search(span.words(text))) for span in content]
    if not any(marked):
        return StatementKind.INDIRECT
    closed = [_is_quoted(span.words(text)) for span in content]
    return StatementKind.DIRECT if all(closed) else StatementKind.MIXED


def _is_quoted(words: str) -> bool:
    """Opens with a mark, and nothing stands after a closing one; an unclosed mark counts as closed at the end."""
    stripped = words.strip()
    if not _OPENS.match(stripped):
        return False
    marks = [match.start() for match in _QUOTE.finditer(stripped)]
    return len(marks) == 1 or (len(marks) == 2 and len(stripped) - marks[1] <= 2)


def _find_asides(story: Story, encoded: Encoded, parts: Sequence[Span]) -> dict[str, list[Span | None]]:
    """Relay, occasion and condition in the statement or in the same paragraph, beside it."""
    hull = Span(min(part.start for part in parts), max(part.end for part in parts))
    paragraph = next((item for item in story.paragraphs if item.overlaps(hull)), hull)
    found: dict[str, list[Span | None]] = {}
    for aside in encoded.find_layer("aside"):
        gap = max(hull.start - aside.span.end, aside.span.start - hull.end, 0)
        between = story.text[min(aside.span.end, hull.end) : max(aside.span.start, hull.start)] if gap else ""
        if paragraph.overlaps(aside.span) and gap < 80 and not re.search(r"[.!?]\s", between):
            found.setdefault(aside.kind, []).append(aside.span)
    return found


def _find_addressees(story: Story, encoded: Encoded, draft: _Draft) -> tuple[Reference, ...]:
    """The mention straight after a cue such as "told", before the content."""
    cue = draft.cue
    if cue is None or not _LEXICON["addressing"].search(cue.span.words(story.text)):
        return ()
    taken = {source.first for source in draft.sources}
    after = [m for m in encoded.find_layer("mention") if cue.last <= m.first <= cue.last + 2 and m.first not in taken]
    return tuple(Reference(span=mention.span) for mention in after[:1])


def _explain(story: Story, draft: _Draft, act: str, act_score: float) -> tuple[str, ...]:
    cue = draft.cue.span.words(story.text) if draft.cue else ""
    reasons = [f"cue {cue!r} joins content (score {draft.score:.2f})"]
    if draft.sources:
        names = ", ".join(repr(source.span.words(story.text)) for source in draft.sources)
        reasons.append(f"source {names} chosen for the cue (score {draft.source_score:.2f})")
    else:
        reasons.append("no source: none in reach was likelier than none at all")
    reasons.append(f"act {act} read at the cue (score {act_score:.2f})")
    return tuple(reasons)


def _fold_relays(story: Story, segments: Segments, statements: Sequence[Statement]) -> list[Statement]:
    """An outlet that only passes on what another says is that statement's relay, not a statement of its own."""
    kept = list(statements)
    for outer in statements:
        if not _passes_on(story, outer):
            continue
        inner = [item for item in kept if item is not outer and _is_inside(segments, item, outer)]
        if inner:
            kept.remove(outer)
            for item in inner:
                relays = dict.fromkeys([*item.relay, *outer.sources])
                kept[kept.index(item)] = item.model_copy(update={"relay": tuple(relays)})
    return kept


def _passes_on(story: Story, statement: Statement) -> bool:
    if statement.cue is None or not statement.sources:
        return False
    cue, source = statement.cue.words(story.text), statement.sources[0].span.words(story.text)
    return bool(_LEXICON["relays"].search(cue) and _LEXICON["outlet"].search(source))


def _is_inside(segments: Segments, item: Statement, outer: Statement) -> bool:
    """Another statement with a source and a cue of its own, in the same sentence and within the outer one's content."""
    if item.cue is None or not item.sources or item.sources == outer.sources or outer.cue is None:
        return False
    held = any(span.holds(item.cue) or any(span.overlaps(part) for part in item.content) for span in outer.content)
    return held and segments.hold(item.cue) == segments.hold(outer.cue)


def _find_parent(statement: Statement, others: Sequence[Statement]) -> str | None:
    """The statement with the smallest content span that holds this one's cue and content."""
    inside = statement.content[0] if statement.content else statement.span
    holders = [
        (span.end - span.start, other.id)
        for other in others
        if other.id != statement.id
        for span in other.content
        if span.holds(inside) and span != inside and (statement.cue is None or span.holds(statement.cue))
    ]
    return min(holders)[1] if holders else None
