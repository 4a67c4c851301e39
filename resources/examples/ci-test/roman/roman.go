// Package roman writes numbers as the Romans did.
package roman

import (
	"fmt"
	"strings"
)

var signs = []struct {
	value  int
	letter string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
	{40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

// Numeral gives a number from 1 to 3999; the Romans had no sign for zero, and none above M.
func Numeral(number int) (string, error) {
	if number < 1 || number > 3999 {
		return "", fmt.Errorf("%d is not between 1 and 3999", number)
	}
	var text strings.Builder
	for _, sign := range signs {
		for ; number >= sign.value; number -= sign.value {
			text.WriteString(sign.letter)
		}
	}
	return text.String(), nil
}
