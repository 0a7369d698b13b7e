#include <vector>

namespace shelf {

constexpr int limit = 30;

/// Keeps items.
class Store {
public:
    /// Adds one.
    int add(int item, Mode mode) {
        int locA = item + limit;
        // twice
        for (auto &locB : items) {
            if (locB > locA) {
                return locB;
            }
        }
        auto locC = [](int locD) { return locD + 1; };
        return split(locC(locA));
    }

private:
    std::vector<int> items;
};

int split(int whole) {
    if (whole > 4) {
        return whole - 4;
    }
    return whole;
}

}
