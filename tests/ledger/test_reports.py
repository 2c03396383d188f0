"""What reports of the same thing differ on, what a new version changed, and what stands in a timeline."""

from __future__ import annotations

from onrecord.ledger.keep import keep_records
from onrecord.ledger.reports import count_clusters, read_cluster, read_versions
from onrecord.ledger.timeline import read_actor, read_timeline
from onrecord.scale.draft import Draft
from onrecord.store import Store
from tests.ledger.test_ledger import REPORT, keep, meet, say, start_draft


def test_reports_of_one_statement_show_what_they_differ_on(store: Store) -> None:
    keep(
        store,
        say(
            "Brod said 11 ferries need repair before spring.",
            "11 ferries need repair before spring",
            "Ana Brod",
            "2023-03-01",
        ),
        say(
            "Brod said 14 ferries need repair before spring.",
            "14 ferries need repair before spring",
            "Ana Brod",
            "2023-03-01",
            "LNS",
        ),
    )
    with store.view() as view:
        cluster = read_cluster(view.connection, "statement", 2)
    assert [telling.report.outlet for telling in cluster.tellings] == ["HPA", "LNS"]
    assert cluster.differences == {"numbers": ("11", "14")}


def test_a_new_version_shows_the_sentences_that_it_changed(store: Store) -> None:
    later = REPORT.replace("eleven of the forty", "seven of the forty")
    keep(
        store,
        Draft(REPORT, day="2023-03-01", agency="HPA").build(),
        Draft(later, day="2023-03-01", agency="HPA", versions=("CORRECTED",)).build(),
    )
    with store.view() as view:
        (change,) = read_versions(view.connection, 1)
    assert change.removed == ("Divers found that eleven of the forty piles below the quay had moved since December.",)
    assert change.added == ("Divers found that seven of the forty piles below the quay had moved since December.",)


def test_an_event_counts_once_in_a_timeline_however_many_carry_it(store: Store) -> None:
    for agency in ("HPA", "LNS", "STA"):
        text = f"{agency} reports that Upland and Lowland held ferry talks in Maran."
        keep(
            store, meet(text, "Upland and Lowland held ferry talks", ("Upland", "Lowland"), "2023-03-01", agency=agency)
        )
    with store.view() as view:
        (event,) = read_timeline(view.connection, "HRV", "NLD")
        assert (event.reports, event.type, event.day) == (3, "CONSULT", "2023-03-01")
        assert read_timeline(view.connection, "HRV", "NLD", start="2024") == []
        assert count_clusters(view.connection)["distinct events"] == 1


def test_an_actor_has_the_office_that_stories_gave_on_the_day(store: Store) -> None:
    for day, office in (("2021-05-01", "minister of trade"), ("2023-03-01", "foreign minister")):
        draft = start_draft(f"Brod spoke on {day}.", day, "HPA")
        draft.actors["Ana Brod"] = draft.actors["Ana Brod"].model_copy(update={"office": office})
        with store.writer() as writer:
            keep_records(writer, [draft.build()])
    with store.view() as view:
        assert read_actor(view.connection, "brod", on="2022-01-14").offices[0].office == "minister of trade"
        assert read_actor(view.connection, "Ana Brod", on="2023-04-01").offices[0].office == "foreign minister"
        assert len(read_actor(view.connection, "Ana Brod").offices) == 2
