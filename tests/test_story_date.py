"""The story's own date: evidence for its year, and what is left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from onrecord.story import Dateline, Precision, Published, Span, Story, hash_text
from onrecord.story_date import infer_date

TODAY = date(2024, 6, 1)
Terms = Sequence[tuple[date | None, date | None]]


def make_story(body: str, published: Published | None = None, url: str = "", before: str = "") -> Story:
    text = before + body
    return Story(
        id=hash_text(text),
        text=text,
        raw=b"",
        runs=(),
        format="text",
        paragraphs=(Span(len(before), len(text)),),
        published=published or Published(month=3, month_day=10, evidence=("dateline",)),
        url=url,
    )


def know(name: str) -> Terms:
    terms: dict[str, Terms] = {
        "Mara Lind": [(date(2014, 1, 1), date(2018, 12, 31))],
        "Ivo Reyk": [(date(2016, 6, 1), None)],
    }
    return terms.get(name, [])


def test_weekday_alone_leaves_several_years_most_likely_first() -> None:
    published = infer_date(make_story("The council on Friday rejected the plan."), today=TODAY).published
    assert published.day is None
    assert published.years[0] == 2023
    assert {2006, 2017, 2023} <= set(published.years)
    assert "weekday" in published.evidence


def test_weekday_and_offices_of_two_people_fix_the_year() -> None:
    story = make_story("President Mara Lind on Friday met Foreign Minister Ivo Reyk.")
    published = infer_date(story, know, today=TODAY).published
    assert published.day == date(2017, 3, 10)
    assert published.precision is Precision.DAY
    assert published.evidence == ("dateline", "weekday", "office of Mara Lind", "office of Ivo Reyk")


def test_former_office_is_no_evidence() -> None:
    story = make_story("The former president Mara Lind on Friday opened a school.")
    assert infer_date(story, know, today=TODAY).published.day is None


def test_year_of_the_address_decides() -> None:
    story = make_story("The council rejected the plan.", url="https://example.org/2019/03/10/plan")
    assert infer_date(story, today=TODAY).published.day == date(2019, 3, 10)


def test_year_told_as_past_is_a_lower_bound() -> None:
    story = make_story("The council, which was founded in 2021, rejected the plan on Friday.")
    published = infer_date(story, today=TODAY).published
    assert min((*published.years, 9999)) >= 2021


def test_year_to_come_fixes_nothing() -> None:
    story = make_story("The council will close the plant by 2019, it said on Friday.")
    assert infer_date(story, today=TODAY).published.day is None


def test_no_story_is_from_the_future() -> None:
    published = infer_date(make_story("The council met."), today=date(2000, 1, 1)).published
    assert max(published.years) < 2000


def test_day_that_no_year_has_is_said() -> None:
    story = make_story("The council met.", Published(month=2, month_day=30, evidence=("dateline",)))
    published = infer_date(story, today=TODAY).published
    assert published.day is None
    assert "no year has a day 30/2" in published.evidence


def test_contradiction_of_dateline_and_metadata_is_said() -> None:
    stamp = datetime(2024, 5, 20, 8, 0, tzinfo=UTC)
    known = Published(day=stamp.date(), time=stamp, month=5, month_day=20, years=(2024,), evidence=("metadata",))
    story = make_story("The council met.", known, before="OSLO, March 10 (XYZ) - ")
    story = story.model_copy(update={"dateline": Dateline(span=Span(0, 23), places=("Oslo",))})
    published = infer_date(story, today=TODAY).published
    assert published.day == date(2024, 5, 20)
    assert published.evidence == ("metadata", "contradicts dateline 'March 10'")


def test_story_without_any_date_is_left_alone() -> None:
    story = make_story("The council met.", Published())
    assert infer_date(story, today=TODAY) == story or infer_date(story, today=TODAY).published.day is None
