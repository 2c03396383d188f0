"""Each page shows what is on record, with its words, and escapes what came from stories."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.store import Store
from tests.web.visits import Visitor, enter, find_story

PATHS = ("/", "/talks", "/actors", "/pair", "/search", "/check", "/read", "/log")


def find_talks(visitor: Visitor) -> str:
    """The address of the talks on the tolls."""
    found = re.search(r'href="(/talks/t\d+)"', visitor.get("/talks").text)
    assert found
    return found[1]


def test_every_page_answers(visitor: Visitor) -> None:
    assert [visitor.get(path).status_code for path in PATHS] == [200] * len(PATHS)


def test_a_room_on_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty.db") as store, enter(store) as visitor:
        assert "nothing in the store yet" in visitor.get("/").text
        assert [visitor.get(path).status_code for path in PATHS] == [200] * len(PATHS)


def test_a_story_shows_its_statements_in_place(visitor: Visitor, store: Store) -> None:
    page = visitor.get(f"/story/{find_story(store, 'open talks')}").text
    assert re.search(r'<a id="s1" href="[^"]*claim=s1#s1" class="m ', page)
    assert 'class="m m-source m-actor">Ana Brod</a>' in page
    assert re.search(r'class="m m-statement[^"]*"> ?lower the tolls', page)


def test_the_beginning_of_an_id_leads_to_the_story(visitor: Visitor, store: Store) -> None:
    story = find_story(store, "open talks")
    assert visitor.get(f"/story/{story[:8]}").url.path == f"/story/{story}"


def test_a_mark_opens_its_record_and_the_reason(visitor: Visitor, store: Store) -> None:
    page = visitor.get(f"/story/{find_story(store, 'open talks')}?claim=s1").text
    assert "Why it was coded so" in page
    assert "the cue is &#39;demanded&#39;" in page
    assert "certainty</dt><dd>50%" in page


def test_characters_in_the_address_are_set_off_and_open_their_claim(visitor: Visitor, store: Store) -> None:
    story = find_story(store, "open talks")
    text = visitor.get(f"/api/stories/{story}").json()["story"]["text"]
    start = text.index("Sudria lower")
    page = visitor.get(f"/story/{story}?at={start}-{start + 60}").text
    assert '<span id="at"></span>' in page
    assert "Why it was coded so" in page or "certainty" in page


def test_the_text_on_the_page_is_the_text_as_sent(visitor: Visitor, store: Store) -> None:
    story = find_story(store, "open talks")
    page = visitor.get(f"/story/{story}").text
    text = visitor.get(f"/api/stories/{story}").json()["story"]["text"]
    section = page[page.index('<section class="text"') : page.index("</section>")]
    shown = re.sub(r"<[^>]+>", "", "".join(re.findall(r"<p[ >].*?</p>", section, re.S)))
    plain = shown.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    assert "".join(plain.split()) == "".join(text.split())


def test_layers_can_be_left_out(visitor: Visitor, store: Store) -> None:
    page = visitor.get(f"/story/{find_story(store, 'open talks')}?show=event").text
    assert "m-event" in page
    assert 'class="m m-statement' not in page


def test_the_original_stands_beside_the_reading(visitor: Visitor, store: Store) -> None:
    page = visitor.get(f"/story/{find_story(store, 'open talks')}?view=original").text
    assert "As it came in" in page
    assert "(end) ab.cd</pre>" in page or "(end) ab.cd\n</pre>" in page


def test_the_print_view_lists_the_claims(visitor: Visitor, store: Store) -> None:
    page = visitor.get(f"/story/{find_story(store, 'open talks')}?view=print").text
    assert "<b>s1 statement: demand</b>" in page


def test_talks_show_rounds_positions_and_what_is_outstanding(visitor: Visitor) -> None:
    page = visitor.get(find_talks(visitor)).text
    assert 'id="rounds">Rounds (2)' in page
    assert "unsuccessful" in page
    assert "the engineers&#39; report" in page
    assert "<svg" in page


def test_the_demand_that_was_turned_down_has_a_history(visitor: Visitor) -> None:
    page = visitor.get(find_talks(visitor)).text
    assert re.search(r"state-rejected[^<]*</?[^>]*>?.*rejected", page) or "state-rejected" in page


def test_an_actor_has_words_acts_and_outlets(visitor: Visitor) -> None:
    found = re.search(r'href="(/actor/\d+)">Viktor Hale', visitor.get("/actors?q=hale").text)
    assert found
    page = visitor.get(found[1]).text
    assert "the locks cost more than they earn" in page
    assert "LNS" in page
    assert "reject 1" in page


def test_the_same_words_in_two_outlets_are_one_statement_with_two_reports(visitor: Visitor) -> None:
    found = re.search(r'href="(/actor/\d+)">Viktor Hale', visitor.get("/actors?q=hale").text)
    assert found
    page = visitor.get(found[1]).text
    assert page.count("the locks cost more than they earn</a>") == 1
    assert "2 reports" in page


def test_a_pair_shows_what_happened_between_the_two(visitor: Visitor) -> None:
    page = visitor.get("/pair?a=NRL&b=SDR").text
    assert "Norland – Sudria" in page
    assert "CONSULT" in page
    assert "river tolls" in page


def test_an_unknown_pair_says_how_to_ask(visitor: Visitor) -> None:
    assert "Not both are on record" in visitor.get("/pair?a=XXX&b=SDR").text


def test_a_search_marks_the_words_and_counts_facets(visitor: Visitor) -> None:
    page = visitor.get("/search?q=tolls&kind=statement").text
    assert "<mark>tolls</mark>" in page
    assert re.search(r'act=demand[^"]*">demand</a> <span class="count">\d', page)


@pytest.mark.parametrize("field", ["act=shout", "kind=song", "start=yesterday", "page=0", "page=x", "status=maybe"])
def test_a_wrong_filter_says_what_is_allowed(visitor: Visitor, field: str) -> None:
    answer = visitor.get(f"/search?{field}")
    assert answer.status_code == 400
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["/story/zzzz", "/talks/t99999", "/talks/x", "/actor/99999", "/actor/x", "/nothing"])
def test_what_is_not_there_is_said_so(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "onrecord" in answer.text


def test_differences_show_words_taken_out_and_put_in(visitor: Visitor, store: Store) -> None:
    one, other = find_story(store, "open talks"), find_story(store, "turns down")
    page = visitor.get(f"/diff/{one}/{other}").text
    assert "<del>" in page
    assert "<ins>" in page


def test_html_in_a_story_is_text_everywhere(visitor: Visitor, store: Store) -> None:
    story = find_story(store, "bold ampersands")
    paths: tuple[str, ...] = (*PATHS, f"/story/{story}", f"/story/{story}?view=original", f"/story/{story}?view=print")
    paths += (f"/story/{story}?claim=s1", "/search?q=bold", "/search.atom?q=bold", f"/diff/{story}/{story}")
    paths += ("/check?kind=statement", '/search?q="><script>alert(3)</script>', '/pair?a="><b>&b=<script>', "/<script>")
    for path in paths:
        page = visitor.get(path).text
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        assert "<b>bold" not in page, path


def test_today_shows_what_came_in_since_the_last_visit(visitor: Visitor) -> None:
    assert "4 stories are on record" in visitor.get("/").text
    visitor.cookies.set("visit", "0.2.1000", domain="localhost.local")
    assert "2 stories came in since" in visitor.get("/").text


def test_those_who_are_followed_stand_on_today(visitor: Visitor) -> None:
    found = re.search(r'href="/actor/(\d+)">Ana Brod', visitor.get("/actors?q=brod").text)
    assert found
    assert "Stop following" in visitor.fill_in("/follow", actor=found[1], do="add")
    assert "the boats would wait" in visitor.get("/").text
    assert "Follow on Today" in visitor.fill_in("/follow", actor=found[1], do="drop")


def test_size_and_theme_are_remembered(visitor: Visitor) -> None:
    assert 'class="theme-dark size2"' in visitor.get("/search?theme=dark&size=2").text
    assert 'class="theme-dark size2"' in visitor.get("/talks").text
    assert 'class="theme-dark size2"' in visitor.get("/talks?size=99&theme=pink").text
