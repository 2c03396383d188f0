"""From a draft to a story: what becomes headline, byline, dateline, paragraphs, sign-off."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from onrecord.errors import EmptyInput
from onrecord.read import read
from onrecord.read.charset import trace_bytes
from onrecord.read.draft import Block, Draft
from onrecord.read.furniture import settle_draft
from onrecord.story import FurnitureType, Precision, Story

BODY = (
    "The envoys of both countries met in the old mint on Tuesday and agreed to meet again before the end of the month."
)


def story_of(*lines: str, plain: bool = True) -> Story:
    raw = "\n\n".join(lines).encode()
    blocks = tuple(Block(trace_bytes(line.encode(), "utf-8", offset=raw.index(line.encode()))) for line in lines)
    return settle_draft(Draft("text", raw, blocks, plain=plain))


def types(story: Story) -> list[str]:
    return [piece.type.value for piece in story.furniture]


def test_page_controls_before_the_headline_are_no_headline() -> None:
    story = story_of("Kuwait News Agency", "A+ A-", "Envoys to meet again this month", f"BONN, May 3 (KUNA) -- {BODY}")
    assert story.headline == "Envoys to meet again this month"
    assert FurnitureType.CONTROL in {piece.type for piece in story.furniture}


def test_text_is_the_whole_story_in_reading_order() -> None:
    story = story_of("Envoys to meet again", "By Ada Loy", f"BONN, May 3 (AP) -- {BODY}", "(END)")
    assert story.text == f"Envoys to meet again\n\nBy Ada Loy\n\nBONN, May 3 (AP) -- {BODY}\n\n(END)"
    assert types(story) == ["headline", "byline", "dateline", "end"]
    assert story.body == BODY


def test_the_dateline_is_no_part_of_the_first_paragraph() -> None:
    story = story_of("Envoys to meet again", f"BONN, May 3 (AP) -- {BODY}")
    assert story.text[slice(*story.paragraphs[0])] == BODY
    assert story.dateline is not None
    assert story.dateline.span.words(story.text) == "BONN, May 3 (AP) -- "


def test_a_job_under_the_byline_belongs_to_it() -> None:
    story = story_of("Envoys to meet again", "By ADA LOY", "AP Diplomatic Writer", f"BONN (AP) _ {BODY}")
    assert story.bylines == ("ADA LOY",)
    assert types(story).count("byline") == 2


def test_bullets_above_the_dateline_are_subheadlines() -> None:
    story = story_of("Envoys to meet again", "* Second round before June", f"BONN, May 3 (Reuters) - {BODY}")
    assert types(story)[:2] == ["headline", "subheadline"]


def test_a_slug_before_the_headline_loses_its_word_count() -> None:
    story = story_of("BC-EU--Bonn-Talks,310", "Envoys to meet again", f"BONN (AP) _ {BODY}")
    assert (story.slug, story.headline) == ("BC-EU--Bonn-Talks", "Envoys to meet again")


def test_marks_of_versions_are_kept() -> None:
    story = story_of("UPDATE 2-Envoys to meet again", "(Adds quote)", f"BONN, May 3 (Reuters) - {BODY}")
    assert story.headline == "UPDATE 2-Envoys to meet again"
    assert story.versions == ("UPDATE 2",)
    assert story.editors_notes == ("(Adds quote)",)


def test_a_rule_before_the_agency_s_own_people_ends_the_body() -> None:
    story = story_of("Envoys to meet again", f"BONN (AP) _ {BODY}", "___", "Loy reported from Bonn.")
    assert story.body == BODY
    assert types(story)[-2:] == ["end", "credit"]


def test_a_rule_between_paragraphs_is_no_body_but_what_follows_is() -> None:
    story = story_of("Envoys to meet again", f"BONN (AP) _ {BODY}", "___", BODY)
    assert len(story.paragraphs) == 2


def test_a_notebook_for_editors_ends_the_body() -> None:
    story = story_of("Envoys to meet", f"Bonn (dpa) - {BODY}", "# Notebook", "## Contacts", "- Author: A", "dpa al bb")
    assert (story.body, story.sign_off) == (BODY, "al bb")


def test_a_single_paragraph_loses_dateline_and_sign_off() -> None:
    story = story_of(f"BONN, May 3 (KUNA) -- {BODY} (end) as.hm")
    assert (story.body, story.sign_off, story.headline) == (BODY, "as.hm", "")


def test_an_alert_has_a_headline_and_no_body() -> None:
    story = story_of("URGENT", "Envoys agree to meet again this month")
    assert (story.headline, story.paragraphs) == ("Envoys agree to meet again this month", ())


def test_a_short_text_that_looks_like_initials_is_a_body() -> None:
    assert story_of("Subject of the message", "ab cd", plain=False).paragraphs


def test_a_year_left_open_keeps_month_and_day() -> None:
    published = story_of("Envoys to meet again", f"BONN, May 3 (AP) -- {BODY}").published
    assert (published.day, published.month, published.month_day) == (None, 5, 3)
    assert (published.years, published.precision) == ((), Precision.MONTH_DAY)


def test_a_year_printed_elsewhere_completes_the_dateline() -> None:
    story = story_of("Envoys to meet again", "Published: 3 May 2016 18:20", f"BONN, May 3 (AP) -- {BODY}")
    assert story.published.day == date(2016, 5, 3)


def test_the_day_of_receipt_completes_the_dateline() -> None:
    raw = f"Envoys to meet again\n\nBONN, May 3 (AP) -- {BODY}".encode()
    story = next(read(raw, received=datetime(2016, 5, 4, tzinfo=UTC)))
    assert story.published.day == date(2016, 5, 3)
    assert story.published.evidence == ("dateline", "year of receipt")


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("-- SPA", "SPA"),
        ("(ANI)", "ANI"),
        ("© 2016 AFP", "AFP"),
        ("This report by The Canadian Press was first published May 3, 2016.", "CP"),
    ],
)
def test_the_agency_is_read_from_the_end_when_the_dateline_names_none(line: str, agency: str) -> None:
    assert story_of("Envoys to meet again", f"BONN, May 3 - {BODY}", line).agency == agency


def test_a_story_in_another_language_is_kept_and_marked() -> None:
    german = "Die Gesandten beider Länder haben sich am Dienstag in der alten Münze getroffen und kommen bald wieder."
    assert story_of("Gesandte treffen sich wieder", f"Bonn (dpa) - {german}").language == "de"


def test_furniture_alone_is_no_story() -> None:
    with pytest.raises(EmptyInput):
        story_of("Share", "Print", "Advertisement")
