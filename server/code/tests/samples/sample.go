// Package login keeps sessions. Feature: 027-login
package login

import (
	"fmt"
	store "example.com/shop/store"
	_ "embed"
)

// Limit is FR-001.
const Limit = 30

const (
	Open State = iota // FR-002
	Closed
)

var _ Keeper = (*Store[int])(nil)
var ErrGone, ErrOld = fmt.Errorf("gone"), fmt.Errorf("FR-003 is old")

type State int
type Alias = fmt.Stringer

// Keeper is a doc comment.
type Keeper interface {
	fmt.Stringer
	// FR-004
	Keep(name string) error
}

type (
	Store[T any] struct {
		Items, Old []T `json:"items"`
		limit      int
		*store.Base
		Retry      struct {
			Delay int
		}
		Rows []struct{ Key string }
	}
	Handler func(int) error
)

func New() *Store[int] {
	local := 1
	const inner = 2
	type row struct{ name string }
	return nil
}

// Put implements FR-005.
//
// US1
func (s *Store[T]) Put(
	item T,
) (bool, error) {
	return true, nil
}

func (Handler) Run() {}

func external(x int) int

func TestPut(t *testing.T) {
	t.Run("FR-006: keeps", func(t *testing.T) {
		require.NoError(t, nil)
	})
	t.Run("later", func(t *testing.T) {
		t.Skip("US2")
	})
	cmd.Run("not a test", 3)
}

func TestTable(t *testing.T) {
	tests := []struct {
		name string
		want int
	}{
		{name: "empty", want: 0},
		{"SC-001 one", 1},
		{want: 2},
	}
	for _, tt := range tests {
		tt := tt
		t.Run(tt.name, func(t *testing.T) {
			if tt.want != 0 {
				t.Errorf("x")
			}
		})
	}
	for name, tc := range map[string]row{"by key": {}, `raw`: {}} {
		t.Run(name, func(t *testing.T) { check(t, tc) })
	}
}

func TestSkipped(t *testing.T) {
	t.Skip("not yet")
}

func TestNothing(t *testing.T) { fmt.Println("x") }
func Testing(t *testing.T)     {}
func TestMain(m *testing.M)    {}

func (s *StoreSuite) TestClose() {
	s.Equal(1, 1)
}
func (s *StoreSuite) Testify() {}

func BenchmarkPut(b *testing.B) {}
func FuzzPut(f *testing.F)      {}
func ExampleStore_Put() {
	// Output: 1
}

var _ = Describe("Store", func() {
	Context("when full", func() {
		It("refuses", func() { Expect(1).To(Equal(1)) })
		PIt("FR-007 waits", func() {})
	})
	DescribeTable("adds", func(a int, sum int) { Expect(a).To(Equal(sum)) },
		Entry("nothing", 0, 0),
		FEntry("FR-008 one", 1, 1),
		PEntry("two", 2, 2),
		ginkgo.Entry("three"),
		Entry(nil, 4, 4),
	)
	put(Entry("no test", 1))
})
