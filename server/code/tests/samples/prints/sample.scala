package shelf

import java.io.File

/** Keeps items. */
class Shelf(val items: List[Int]) {
  val limit = 30

  /** Adds one. */
  def add(item: Int, level: Level): Int = {
    val locA = item + limit
    // twice
    for (locB <- items) {
      if (locB > locA) {
        push(locB)
      }
    }
    items.map(locC => locC + 1).sum
  }

  def split(whole: Int): Int = {
    if (whole > 4) whole - 4 else whole
  }
}
