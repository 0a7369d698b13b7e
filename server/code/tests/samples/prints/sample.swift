import Foundation

let limit = 30

/// Keeps items.
struct Shelf {
    var items: [Int] = []

    /// Adds one.
    mutating func add(item: Int, level: Level) -> Int {
        let locA = item + limit
        // twice
        for locB in items {
            if locB > locA {
                return locB
            }
        }
        items.append(split(locA))
        return items.map { locC in locC + 1 }.count
    }
}

func split(_ whole: Int) -> Int {
    if whole > 4 {
        return whole - 4
    }
    return whole
}
