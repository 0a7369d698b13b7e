package shelf

import (
	"fmt"
	"os"
)

const Limit = 30

// Store keeps items.
type Store struct {
	Items []int
	size  int
}

// Add adds one.
func (s *Store) Add(item int, mode Mode) (int, error) {
	locA := item + Limit
	var locB int = split(locA)
	// twice
	for locC, locD := range s.Items {
		if locC > locB {
			return locD, fmt.Errorf("full")
		}
	}
	const locG, locH = 1, "one"
	fmt.Println(locG, locH)
	locE := func(locF int) int { return locF + 1 }
	s.Items = append(s.Items, locE(item))
	return locA, nil
}

func split(whole int) int {
	if whole > 4 {
		return whole - 4
	}
	return whole
}
