// Feature: 027-login
import Foundation
@testable import Login

/// Keeps sessions. FR-001
public final class Store: Base, Keeping {
    let limit: Int = 3
    var first = 1, second: String
    @Published private(set) var items: [Item] = []
    var size: Int { return items.count } // FR-002

    init(limit: Int) { self.limit = limit }
    deinit { }

    func put<T>(_ item: T, at index: Int) async throws -> Int where T: Codable {
        let local = 1
        func inner() {}
        return local
    }

    static func == (lhs: Store, rhs: Store) -> Bool { true }
    subscript(index: Int) -> Item { items[index] }
    typealias Key = String

    enum Mode: String, CaseIterable {
        case strict, loose = "x"
        case odd(Int, name: String)
    }
}

protocol Keeping: AnyObject {
    associatedtype Key
    var name: String { get }
    func run()
}

extension Store: Equatable {
    func extra() {}
}

actor Bank { var count = 0 }
let shared = Store(limit: 1)
#if DEBUG
func top() {}
#endif

/* US1 */
class StoreTests: XCTestCase {
    func testFR003_keeps() throws {
        XCTAssertEqual(1, 1)
    }

    func testLater() throws {
        throw XCTSkip("FR-004 is not built")
    }

    func helper() {}
}

@Suite("US2") struct Keeps {
    @Test("FR-005: keeps two") func two() { #expect(1 == 1) }
    @Test(.disabled("slow")) func off() { }
    @Test func nothing() { put(1) }
    @Test("keeps all", .disabled("slow"), arguments: [1, 2]) func all(of: Int) { #expect(of > 0) }
    @Test(.tags(.fast), arguments: ["a"]) func plain(word: String) { #expect(word == "a") }
}
