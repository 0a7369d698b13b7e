#!/usr/bin/env python
"""Sessions.

Feature: 027-login
"""
from __future__ import annotations
import os.path
import numpy as np, pytest
from . import store as kept, login
from ..shop import (
    Cart,
    Item,
)
from shop.all import *

LIMIT = 30
type Alias = int


class Store(Base):
    """Keeps sessions (FR-001)."""

    limit: int = 3

    @property
    def size(self) -> int:
        # FR-002, FR-003
        return 1

    async def put(
        self, item: str
    ) -> None:
        def inner():
            pass

    class Meta:
        name = "x"


# T001: the way in
@app.get("/x")
def main():
    pass


class TestStore:
    """US1"""

    def test_fr_004_keeps(self):
        assert Store().size == 1

    @pytest.mark.skip(reason="later")
    def test_later(self):
        pass


class Legacy(unittest.TestCase):
    def testOld(self):
        self.assertEqual(1, 1)


def test_pending():
    """Not yet."""
    pytest.skip("FR-009 is not built")


def test_nothing():
    print("[SC-001] says nothing")
