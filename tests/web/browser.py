"""A real browser and a real server: Chromium without a head, and the room on a free port of this machine."""

from __future__ import annotations

import json
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_DRIVERS = ("chromedriver", "/usr/lib/chromium/chromedriver", "/usr/bin/chromedriver")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_missing() -> str:
    """What a test in a browser needs and this machine has not; empty when all is there."""
    if not any(map(shutil.which, _BROWSERS)) or not any(map(shutil.which, _DRIVERS)):
        return "no Chromium here: install Debian's chromium and chromium-driver to run these tests"
    return ""


@contextmanager
def serve(app: FastAPI) -> Iterator[str]:
    """The address of the room for as long as the context lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)


@contextmanager
def browse(width: int = 1280, height: int = 900) -> Iterator[webdriver.Chrome]:
    """A browser with a profile of its own."""
    profile = tempfile.mkdtemp(prefix="onrecord-chromium-")
    options = webdriver.ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, _BROWSERS)), "")
    for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = next(filter(None, map(shutil.which, _DRIVERS)), "")
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        browser.implicitly_wait(5)
        yield browser
    finally:
        browser.quit()
        shutil.rmtree(profile, ignore_errors=True)


def set_screen(browser: webdriver.Chrome, width: int, height: int) -> None:
    """Make the page as wide as a device; a narrow one is a phone."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def find_errors(browser: webdriver.Chrome) -> list[str]:
    """What the browser complained of since the last time, but for answers that are meant to be errors."""
    log: Any = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [line["message"] for line in log if "status of 4" not in line["message"]]


def load_axe() -> str:
    """The script of axe-core, from the development package that carries it."""
    spec = find_spec("axe_playwright_python")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    return next(folder.rglob("axe.min.js")).read_text(encoding="utf-8")


def find_barriers(browser: webdriver.Chrome) -> list[str]:
    """What axe finds on the page against WCAG 2.2 AA, one line a rule and place."""
    browser.execute_script(load_axe())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found: Any = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        f"axe.run(document, {{runOnly: {json.dumps(tags)}}})"
        ".then((result) => done(result.violations), (error) => done(String(error)));"
    )
    assert not isinstance(found, str), found
    return [f"{one['id']}: {node['target']} {node.get('failureSummary')}" for one in found for node in one["nodes"]]
