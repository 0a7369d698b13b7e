"""Shelves."""
from store import Mode, Store

LIMIT = 30


class Shelf(Base):
    """Keeps items."""

    size: int = 4

    def add(self, item, level=2):
        """Adds one."""
        from math import ceil, floor
        locA = item.size or LIMIT
        locB, locC = split(locA)
        # twice
        for locD in self.items:
            if locD.name == item.name:
                return locB
        with open(item.path) as locE:
            self.items.append(locE.read())
        locF = lambda locG: locG + locC
        return [locH.size for locH in self.items if locF(locH)]


def split(whole):
    if whole > 4:
        return whole - 4, 4
    return whole, 0


def test_split():
    locI = split(5)
    assert locI == (1, 4)
