"""What a page says of itself: schema.org data (JSON-LD), OpenGraph and other `meta` elements, canonical address,
microdata.

Publishers fill these fields for search engines, so they are better than what can be read off the page; still each has
its bad habits: site names behind titles, agencies as authors, addresses of profiles in place of names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onrecord.read.items import fold, short_agency
from onrecord.read.json_item import read_moment
from onrecord.read.tree import Node

_ARTICLE = re.compile(r"(?:News|Article|Posting|Report|Review|Analysis|LiveBlog|Opinion)", re.IGNORECASE)
_TITLES = (
    "og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline",
    "citation_title", "title",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date.issued", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date", "publish-date",
    "publish_date", "publishdate", "pubdate", "publication_date", "publicationdate", "article.published",
    "article_date_original", "cxenseparse:recs:publishtime", "originalpublicationdate", "iso-8601-publish-date",
    "citation_publication_date", "date", "dcsext.articlefirstpublished", "og:published_time", "article.created",
    "last-modified", "article:modified_time",
)  # fmt: skip
_AUTHORS = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "og:article:author", "citation_author", "article:author_name", "cxenseparse:author", "twitter:data1",
)  # fmt: skip
_SITES = (
    "og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "al:android:app_name",
    "twitter:app:name:iphone", "copyright",
)  # fmt: skip
_WORDS = ("news_keywords", "keywords", "parsely-tags", "article:tag", "sailthru.tags")
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")
_SEPARATOR = re.compile(r"\s+(?:[|–—•·»:]|-{1,2}|::)\s+|\s*\|\s*")


@dataclass(slots=True)
class PageMeta:
    """The fields of a page, best first where there can be several; `titles` hold the node that a title stands in."""

    titles: list[str] = field(default_factory=list)
    subtitle: str = ""
    body: str = ""
    summaries: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    published: datetime | None = None
    url: str = ""
    site: str = ""
    language: str = ""
    keywords: list[str] = field(default_factory=list)
    dateline: str = ""
    is_article: bool = False


def read_meta(root: Node) -> PageMeta:
    """The fields of a page."""
    meta = PageMeta()
    nodes = _find_nodes(root)
    for data in sorted(_find_articles(nodes.get("script", [])), key=_rank):
        _take_data(meta, data)
    _take_metas(meta, _read_metas(nodes.get("meta", [])))
    _take_links(meta, nodes)
    return meta


def _find_nodes(root: Node) -> dict[str, list[Node]]:
    """The elements that hold fields, by tag, in one walk; microdata stand under `itemprop`."""
    found: dict[str, list[Node]] = {}
    for node in root.walk():
        if node.tag in _HOLDERS:
            found.setdefault(node.tag, []).append(node)
        elif "datePublished" in getattr(node, "written", ""):
            found.setdefault("itemprop", []).append(node)
    return found


_HOLDERS = frozenset({"meta", "script", "link", "html", "title"})


def _read_metas(nodes: list[Node]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in nodes:
        name = node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv")
        if name and node.get("content"):
            found.setdefault(name.lower(), []).append(" ".join(node.get("content").split()))
    return found


def _find_articles(nodes: list[Node]) -> Iterator[dict[str, Any]]:
    """Objects of an article type in the page's data."""
    for node in nodes:
        if "ld+json" in node.get("type").lower():
            yield from _objects(_parse("".join(text.data for text in node.texts())))


def _parse(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 6:
        for inner in value:
            yield from _objects(inner, depth + 1)
    elif isinstance(value, dict) and depth < 6:
        kinds = value.get("@type")
        if any(_ARTICLE.search(kind) for kind in _texts(kinds)):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            if isinstance(value.get(name), dict | list):
                yield from _objects(value[name], depth + 1)


def _rank(data: dict[str, Any]) -> int:
    """Articles with a body before those without, those before summaries of others."""
    return (
        (0 if data.get("articleBody") else 1)
        + (0 if data.get("headline") else 2)
        + (0 if data.get("datePublished") else 1)
    )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return next(
            (texts for name in ("name", "@value", "headline", "@id", "url") if (texts := _texts(value.get(name)))), []
        )
    return []


def _first(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _take_data(meta: PageMeta, data: dict[str, Any]) -> None:
    if (
        meta.is_article
        and meta.titles
        and _first(data.get("headline"))
        and fold(_plain(_first(data.get("headline")))) != fold(meta.titles[0])
    ):
        return
    meta.is_article = True
    meta.titles += [_plain(title) for title in _texts(data.get("headline"))[:1] + _texts(data.get("name"))[:1]]
    meta.subtitle = meta.subtitle or _plain(_first(data.get("alternativeHeadline")))
    meta.body = meta.body or _plain("\n".join(text for text in _texts(data.get("articleBody"))))
    meta.summaries += [_plain(text) for text in _texts(data.get("description"))]
    _take_people(meta, data.get("author") or data.get("creator"))
    meta.organisations += _texts(data.get("sourceOrganization")) + _texts(data.get("publisher"))
    meta.site = meta.site or _first(data.get("publisher") if isinstance(data.get("publisher"), dict | list) else None)
    for name in ("datePublished", "dateCreated", "uploadDate", "dateModified"):
        meta.published = meta.published or read_moment(_first(data.get(name)))
    meta.url = meta.url or next((text for text in _texts(data.get("url")) if text.startswith("http")), "")
    meta.language = meta.language or _first(data.get("inLanguage"))
    meta.keywords += [
        word.strip() for text in _texts(data.get("keywords")) for word in text.split(",") if ":" not in word
    ]
    meta.dateline = meta.dateline or _first(data.get("dateline"))


def _take_people(meta: PageMeta, value: Any) -> None:
    for one in value if isinstance(value, list) else [value]:
        kind = _first(one.get("@type")) if isinstance(one, dict) else ""
        for name in _texts(one):
            name = _plain(name)
            if name.startswith("http") or not name:
                continue
            if "Organi" in kind or short_agency(name):
                meta.organisations.insert(0, name)
            else:
                meta.authors.append(name)


_TAGS = re.compile(r"<[^<>]{1,300}>")


def _plain(text: str) -> str:
    """Data in pages is escaped once too often as a rule."""
    import html

    text = html.unescape(html.unescape(text)) if "&" in text else text
    return _TAGS.sub(" ", text).strip() if "<" in text else text.strip()


def _take_metas(meta: PageMeta, metas: dict[str, list[str]]) -> None:
    def values(names: tuple[str, ...]) -> list[str]:
        return [value for name in names for value in metas.get(name, [])]

    sites = values(_SITES)
    meta.site = (
        next(iter(metas.get("og:site_name", [])), "")
        or meta.site
        or next((site for site in sites if len(site) < 50), "")
    )
    meta.titles += values(_TITLES)
    meta.summaries += values(_SUMMARIES)
    for value in values(_DATES):
        meta.published = meta.published or read_moment(value)
    if not meta.authors:
        _take_people(meta, [value for value in values(_AUTHORS) if not _is_time(value)])
    meta.url = next(iter(metas.get("og:url", [])), "") or meta.url
    meta.language = meta.language or next(
        iter(metas.get("og:locale", []) + metas.get("content-language", []) + metas.get("language", [])), ""
    )
    meta.keywords = meta.keywords or [word.strip() for value in values(_WORDS)[:1] for word in value.split(",")]
    meta.is_article = meta.is_article or "article" in metas.get("og:type", [])


def _is_time(value: str) -> bool:
    return bool(re.search(r"\bmin(?:ute)?s?\b|\d{4}", value))


def _take_links(meta: PageMeta, nodes: dict[str, list[Node]]) -> None:
    for node in nodes.get("link", []):
        if "canonical" in node.get("rel").lower() and node.get("href").startswith("http"):
            meta.url = node.get("href")
    for node in nodes.get("html", []):
        meta.language = node.get("lang") or node.get("xml:lang") or meta.language
    meta.titles += [words for node in nodes.get("title", []) if (words := node.words())]
    for node in nodes.get("itemprop", []):
        if node.get("itemprop") == "datePublished":
            meta.published = meta.published or read_moment(node.get("datetime") or node.get("content") or node.words())


def strip_site(title: str, site: str) -> str:
    """A title without the site's name behind or before it."""
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    folded = fold(site)
    for part in (parts[-1], parts[0]):
        near = folded and (fold(part) in folded or folded in fold(part))
        if near or (
            part is parts[-1]
            and len(part.split()) <= 3
            and len(part) * 3 < len(title)
            and title.rstrip().endswith(part)
        ):
            at = title.rfind(part) if part is parts[-1] else len(part)
            kept = title[:at] if part is parts[-1] else title[at:]
            return kept.strip(" |–—•·»:-")
    return title
