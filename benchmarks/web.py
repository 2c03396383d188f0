"""How fast the reading room answers: `python -m benchmarks.web STORE [--rate 20] [--seconds 20]`.

Starts the room on a store in a process of its own, asks for each kind of page at a steady rate, never more than
`--most` requests, and prints one JSON object: by page n, p50, p95 and largest answer. Only 127.0.0.1 is asked.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, pairwise

import httpx

#: Pages that need nothing of the store.
_FIXED = ("/", "/talks", "/actors", "/search", "/search?q=talks&kind=statement", "/search?type=CONSULT", "/check")


def find_pages(client: httpx.Client) -> list[tuple[str, str]]:
    """Every kind of page by name, with addresses of things that the store holds."""
    pages = [(path.split("?")[0] + ("?" if "?" in path else ""), path) for path in _FIXED]
    talks = client.get("/api/talks?size=20").json()["items"]
    pages += [("/talks/ID", f"/talks/{one['id']}") for one in talks]
    actors = client.get("/api/actors?size=50").json()["items"]
    pages += [("/actor/KEY", f"/actor/{one['key']}") for one in actors[:20]]
    hits = client.get("/api/search?kind=statement&size=20").json()["items"]
    pages += [("/story/ID", f"/story/{one['story']}?claim={one['claim']}") for one in hits]
    codes = [one["code"] for one in actors if len(one["code"]) == 3]
    pages += [("/pair", f"/pair?a={a}&b={b}") for a, b in pairwise(codes[:6])]
    return pages


def spread(pages: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pages over and over, one of each kind in turn."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for name, path in pages:
        kinds[name].append(path)
    turns = {name: cycle(paths) for name, paths in kinds.items()}
    while True:
        for name, paths in turns.items():
            yield name, next(paths)


def ask_all(client: httpx.Client, rate: float, count: int) -> dict[str, list[tuple[float, int, int]]]:
    """Milliseconds, status and bytes of each request, by kind of page; requests start at a steady rate."""
    found: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    lock = threading.Lock()

    def ask(name: str, path: str, due: float) -> None:
        answer = client.get(path)
        took = (time.monotonic() - due) * 1000
        with lock:
            found[name].append((took, answer.status_code, len(answer.content)))

    began = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        for number, (name, path) in zip(range(count), spread(find_pages(client)), strict=False):
            due = began + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            pool.submit(ask, name, path, due)
    return found


def summarise(found: dict[str, list[tuple[float, int, int]]]) -> dict[str, dict[str, float]]:
    """n, p50, p95, errors and largest answer of each kind of page."""
    table = {}
    for name, rows in sorted(found.items()):
        times = sorted(row[0] for row in rows)
        table[name] = {
            "n": len(rows),
            "p50_ms": round(times[len(times) // 2], 1),
            "p95_ms": round(times[min(int(len(times) * 0.95), len(times) - 1)], 1),
            "kb": round(max(row[2] for row in rows) / 1024, 1),
            "errors": sum(row[1] >= 500 for row in rows),
        }
    return table


def start_room(store: str) -> tuple[subprocess.Popen[bytes], str]:
    """A room on a free port of this machine, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "onrecord.cli.main", "serve", "--store", store, "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    room = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(300):
        try:
            httpx.get(f"{address}/read", timeout=2)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return room, address
    room.terminate()
    raise SystemExit("the room did not open")


def main() -> None:
    """Run the load and print what was measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("store")
    parser.add_argument("--rate", type=float, default=20.0, help="requests a second")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--most", type=int, default=2_000, help="most requests in all")
    asked = parser.parse_args()
    room, address = start_room(asked.store)
    try:
        with httpx.Client(base_url=address, timeout=60) as client:
            stories = client.get("/api/search?size=1").json()
            for _, path in find_pages(client):
                client.get(path)  # a room that has been open for a while: files in memory, templates compiled
            found = ask_all(client, asked.rate, min(int(asked.rate * asked.seconds), asked.most))
    finally:
        room.terminate()
        room.wait(timeout=20)
    size = os.path.getsize(asked.store) if os.path.exists(asked.store) else 0
    print(json.dumps({"store_mb": round(size / 2**20, 1), "empty": not stories["items"], "pages": summarise(found)}))


if __name__ == "__main__":
    main()
