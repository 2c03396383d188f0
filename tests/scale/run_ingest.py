"""Ingests a folder with the ruled reader, in a process of its own that a test may kill: STORE FOLDER WORKERS."""

from __future__ import annotations

import sys

from onrecord.config import Settings
from onrecord.scale.ingest import Ingest
from onrecord.scale.workers import Workers
from onrecord.store import Store
from tests.scale.ruled_reader import make_reader

if __name__ == "__main__":
    place, folder, count = sys.argv[1:]
    pool = Workers(Settings(), int(count), make=make_reader)
    with Store.open(place) as store:
        print(Ingest(store, Settings(), pool).ingest_files([folder]).added)
    pool.close()
