// Package labels prints what is stuck on a parcel. Feature: 001-find-parcel.
package labels

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Parcel is what a label needs of a parcel.
type Parcel struct {
	Code      string `json:"code"`
	Recipient string `json:"recipient_email"`
}

// Fetch asks intake for a parcel (FR-002).
func Fetch(intake, code string) (Parcel, error) {
	var parcel Parcel
	answer, err := http.Get(intake + "/parcels/" + code)
	if err != nil {
		return parcel, err
	}
	defer answer.Body.Close()
	err = json.NewDecoder(answer.Body).Decode(&parcel)
	return parcel, err
}

// Text is what is printed (FR-002).
func (parcel Parcel) Text() string {
	return fmt.Sprintf("%s\n%s", parcel.Code, parcel.Recipient)
}
