"""Pages: which heading is the headline, what is text and what is not, and where fields come from."""

from __future__ import annotations

import json
import re

import pytest

from onrecord.config import Limits
from onrecord.errors import EmptyInput, LimitExceeded
from onrecord.read.draft import Draft
from onrecord.read.html import declared_charset, matches, read
from onrecord.read.page_meta import strip_site

TEXT = "".join(
    f"<p>Paragraph {number} of a story about the harbour and those who would like to own it, with a full stop.</p>"
    for number in ("one", "two", "three", "four", "five")
)


def linked_data(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def page(body: str, head: str = "") -> Draft:
    return next(read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), Limits()))


def paragraphs(draft: Draft) -> list[str]:
    return [block.text.text for block in draft.blocks if block.type is None]


@pytest.mark.parametrize(
    ("title", "site", "clean"),
    [
        ("Envoy leaves | The Daily Harbour", "The Daily Harbour", "Envoy leaves"),
        ("Envoy leaves - World - Harbour", "Harbour", "Envoy leaves - World"),
        ("Harbour: Envoy leaves", "Harbour", "Harbour: Envoy leaves"),
        ("Harbour | Envoy leaves for good", "Harbour", "Envoy leaves for good"),
        ("One-day truce", "Harbour", "One-day truce"),
    ],
)
def test_the_site_is_taken_off_a_title(title: str, site: str, clean: str) -> None:
    assert strip_site(title, site) == clean


def test_the_headline_is_the_heading_that_the_title_names() -> None:
    draft = page(
        f"<h1>The Daily Harbour</h1><h2>Envoy leaves town</h2>{TEXT}",
        "<title>Envoy leaves town - The Daily Harbour</title>",
    )
    assert [block.text.text for block in draft.blocks if block.type and block.type.value == "headline"] == [
        "Envoy leaves town"
    ]


def test_without_a_heading_the_stated_title_is_the_headline() -> None:
    assert page(TEXT, '<meta property="og:title" content="Envoy leaves">').fields["headline"] == "Envoy leaves"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="related-stories"><p>Another story about another harbour, not asked for.</p></div>',
        "<aside><p>Another story about another harbour, not asked for.</p></aside>",
        '<div class="newsletter-signup"><p>Get our letter about harbours in your inbox every morning.</p></div>',
        '<p><a href="/x">Read more: Another story about another harbour</a></p>',
        "<figure><img><figcaption>Another harbour, seen from the air.</figcaption></figure>",
        "<div hidden><p>Another story about another harbour that nobody here can see.</p></div>",
        '<div class="share-tools"><span>Share</span><span>Another way to share</span></div>',
        "<script>document.write('<p>Another story</p>')</script>",
    ],
)
def test_boxes_in_the_text_are_left_out(box: str) -> None:
    middle = TEXT.index("<p>Paragraph three")
    draft = page(
        f"<article><h1>Envoy leaves</h1><div>{TEXT[:middle]}{box}{TEXT[middle:]}</div></article>",
        "<title>Envoy leaves</title>",
    )
    assert len(paragraphs(draft)) == 5
    assert not any("nother" in text or "inbox" in text for text in paragraphs(draft))


def test_a_page_whose_class_sounds_like_a_box_is_still_read() -> None:
    assert len(paragraphs(page(f'<div class="has-sidebar share related">{TEXT}</div>'))) == 5


def test_crossheads_are_kept_as_furniture() -> None:
    draft = page(f"<article>{TEXT}<h2>What now?</h2>{TEXT.replace('Paragraph', 'Sentence')}</article>")
    assert ("subheadline", "What now?") in [(block.type.value, block.text.text) for block in draft.blocks if block.type]


def test_the_stated_text_decides_when_it_is_complete() -> None:
    body = (
        "The envoy has left the town. He gave no reason for it, and his hosts did not ask him for one, "
        "as far as is known to anybody here. He may be back at some time."
    )
    data = linked_data(headline="Envoy leaves", articleBody=body)
    shown = "".join(f"<p>{part}.</p>" for part in body.rstrip(".").split(". "))
    assert paragraphs(
        page(f"<div>{shown}<p>Our app brings you all the news of all the harbours, wherever you are.</p></div>", data)
    ) == [
        "The envoy has left the town.",
        "He gave no reason for it, and his hosts did not ask him for one, as far as is known to anybody here.",
        "He may be back at some time.",
    ]


def test_text_goes_on_behind_a_stated_beginning() -> None:
    start = " ".join(re.findall(r"<p>(.*?)</p>", TEXT)[:2])
    data = linked_data(articleBody=start)
    assert len(paragraphs(page(f"<article>{TEXT}</article>", data))) == 5


def test_date_author_language_and_address_come_from_the_page() -> None:
    head = (
        '<meta name="author" content="Jane Roe"><meta property="article:published_time" content="2020-05-06T07:08:09Z">'
        '<link rel="canonical" href="https://example.org/a">'
        '<meta property="og:site_name" content="Lake Times"><meta property="og:locale" content="en_GB">'
    )
    draft = page(TEXT, head)
    assert draft.bylines == ("Jane Roe",)
    assert draft.published is not None
    assert draft.published.date().isoformat() == "2020-05-06"
    assert (draft.fields["url"], draft.fields["outlet"], draft.fields["language"]) == (
        "https://example.org/a",
        "Lake Times",
        "en-GB",
    )


def test_a_date_near_the_headline_is_the_last_resort() -> None:
    draft = page(
        f"<h1>Envoy leaves</h1><div>Source: Desk | 2018-01-09 20:11</div>{TEXT}", "<title>Envoy leaves</title>"
    )
    assert draft.published is not None
    assert draft.published.date().isoformat() == "2018-01-09"


def test_an_organisation_as_author_is_the_agency() -> None:
    data = linked_data(author={"@type": "Organization", "name": "Reuters"})
    draft = page(TEXT, data)
    assert (draft.fields["agency"], draft.bylines) == ("Reuters", ())


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b"<META http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b"<p>", ""),
    ],
)
def test_the_declared_character_set_is_found(head: bytes, name: str) -> None:
    assert declared_charset(head) == name


def test_a_page_in_another_character_set_leads_to_its_bytes() -> None:
    head = '<head><meta charset="windows-1252"><title>x</title></head>'
    raw = f"<html>{head}<body>{TEXT.replace('harbour', 'châteaux')}</body></html>".encode("cp1252")
    draft = next(read(raw, Limits()))
    run = next(block for block in draft.blocks if block.type is None).text.runs[0]
    assert raw[run.raw_start : run.raw_end].decode("cp1252").startswith("Paragraph one")


def test_preformatted_wires_in_pages_keep_their_paragraphs() -> None:
    assert paragraphs(
        page("<pre>OSLO (NTB) - The envoy left on Wednesday after two days.\n\nHe made no statement.</pre>")
    ) == [
        "OSLO (NTB) - The envoy left on Wednesday after two days.",
        "He made no statement.",
    ]


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(EmptyInput, match="no text in this page"):
        page("<div id=root></div>")


def test_a_page_may_not_be_larger_than_a_story() -> None:
    with pytest.raises(LimitExceeded):
        list(read(b"<html>" + b"x" * 2000, Limits(story_bytes=1000)))


def test_wires_are_no_pages() -> None:
    assert matches(b"\xef\xbb\xbf<!DOCTYPE html><html>")
    assert not matches(b"MOSCOW, Jan 14 (KUNA) -- Text with a <b>tag</b>.")
