// Feature: 001-find-parcel.
package labels

import "testing"

// FR-002
func TestText(t *testing.T) {
	got := Parcel{Code: "A1B2C3D4E5F6", Recipient: "ada@example.org"}.Text()
	if got != "A1B2C3D4E5F6\nada@example.org" {
		t.Errorf("got %q", got)
	}
}
