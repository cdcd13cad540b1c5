"""A browser without a window, as it is found on the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KNOWN = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "msedge")


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser that `UNIFY_BROWSER` names, or one that is installed. Skips the test where there
    is none; fails it instead where `UNIFY_REQUIRE_SERVICES` is 1.
    """
    found = os.environ.get("UNIFY_BROWSER") or next(filter(None, map(shutil.which, KNOWN)), None)
    if found is None:
        if os.environ.get("UNIFY_REQUIRE_SERVICES") == "1":
            pytest.fail("no browser is installed")
        pytest.skip("no browser is installed; UNIFY_BROWSER names one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Within containers there is no sandbox to be had.
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()
