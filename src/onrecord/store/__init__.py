"""The store: where records are kept, and how they are found again.

    with Store.open("onrecord.db") as store:
        with store.writer() as writer:
            writer.add_records(records)
        with store.view() as view:
            for hit in view.search(Query(text="written guarantees", speaker="Lavrov")):
                print(hit.day, hit.marked)

One SQLite file by default, PostgreSQL by URL; both pass the same contract test. `Store` opens, `Writer` writes in
bulk (an exception inside rolls all of it back), `View` reads.
"""

from __future__ import annotations

from onrecord.store.query import Query
from onrecord.store.store import Store
from onrecord.store.view import View
from onrecord.store.writer import Writer

__all__ = ["Query", "Store", "View", "Writer"]
