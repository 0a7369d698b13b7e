<?php

namespace Shelves;

use Store\Item;

/** Keeps items. */
class Shelf
{
    const LIMIT = 30;
    private array $items = [];

    /** Adds one. */
    public function add(Item $item, int $level): int
    {
        $locA = $item->size + self::LIMIT;
        // twice
        foreach ($this->items as $locB) {
            if ($locB > $locA) {
                return $locB;
            }
        }
        $this->items[] = split($locA);
        return count($this->items);
    }
}

function split(int $whole): int
{
    return $whole > 4 ? $whole - 4 : $whole;
}
