package shelf

import java.io.File

const val LIMIT = 30

data class Item(val name: String, val size: Int)

/** Keeps items. */
class Shelf(val items: MutableList<Item>) {
    /** Adds one. */
    fun add(item: Item, level: Level): Int {
        val locA = item.size + LIMIT
        // twice
        for (locB in items) {
            if (locB.size > locA) {
                return locB.size
            }
        }
        items.add(split(locA))
        return items.map { locC -> locC.size + 1 }.sum()
    }
}

fun split(whole: Int): Int {
    if (whole > 4) {
        return whole - 4
    }
    return whole
}
