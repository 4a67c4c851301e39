package roman

import "testing"

func TestNumeral(t *testing.T) {
	for number, want := range map[int]string{1: "I", 4: "IV", 1994: "MCMXCIV", 3999: "MMMCMXCIX"} {
		if got, err := Numeral(number); err != nil || got != want {
			t.Errorf("Numeral(%d) = %q, %v; want %q", number, got, err, want)
		}
	}
}

func TestThereIsNoZero(t *testing.T) {
	for _, number := range []int{0, -1, 4000} {
		if got, err := Numeral(number); err == nil {
			t.Errorf("Numeral(%d) = %q; want an error", number, got)
		}
	}
}
