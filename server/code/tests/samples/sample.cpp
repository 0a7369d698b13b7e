// Sessions. Feature: 027-login
#include <string>
#include "login/store.h"

namespace auth::inner {
namespace {
constexpr int kHidden = 1;
}

/// Keeps sessions.
/// FR-001
class AUTH_EXPORT Store final : public Base {
  Q_OBJECT
  Q_PROPERTY(int count READ count)
public:
  explicit Store(int limit) : limit_(limit) {}
  ~Store() override;
  Store(const Store&) = delete;
  virtual void put(const std::string& key, const Options& options = {}) const = 0;
  template <typename T> T as();
  bool operator==(const Store& other) const;
  operator bool() const { return true; }
  //! FR-002
  std::function<void(int)> on_change;
  enum class Mode : int { Strict, Loose = 2 };
  struct Entry { int a, *b; };
  using Ptr = std::shared_ptr<Store>;
  friend class Other;
  friend void swap(Store& a, Store& b);
private slots:
  void refresh();
signals:
  void changed(int);
private:
  static constexpr int kMax = 3;
  int limit_ GUARDED_BY(lock_);
};

template <> class Box<int> {};
template <typename T> concept Kept = true;
}  // namespace auth::inner

void auth::inner::Store::put(const std::string& key, const Options&) const {
  // FR-003
  struct Local { int hidden; };
}

template <typename T>
T Box<T>::get() const { return value_; }

extern "C" int auth_open(const char* path);
auto twice = [](int x) { return x + x; };

// US1
TEST_F(StoreTest, FR004_Keeps) {
  EXPECT_EQ(1, 1);
}

TEST(StoreTest, DISABLED_Later) { ASSERT_TRUE(true); }

TYPED_TEST(StoreTest, Skips) {
  GTEST_SKIP() << "FR-005 is not built";
}

TEST_P(StoreTest, SaysNothing) { store.put("a"); }

BOOST_AUTO_TEST_CASE(boosted) { BOOST_CHECK(true); }

TEST_CASE("FR-006: finds", "[store]") {
  SECTION("an empty store") {
    REQUIRE(true);
  }
}

TEST_CASE("is hidden", "[.slow]") { CHECK(true); }

SCENARIO("US2: logs in") { GIVEN("a store") { WHEN("opened") { THEN("is kept") { CHECK(1 == 1); } } } }

TEST_SUITE("doctest") {
TEST_CASE("is skipped" * doctest::skip()) { CHECK(true); }
TEST_CASE_FIXTURE(Fixture, "has a fixture")
{
  CHECK(true);
}
}
