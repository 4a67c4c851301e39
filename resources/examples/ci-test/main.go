// Prints numbers the Roman way.
package main

import (
	"fmt"
	"os"
	"strconv"

	"example.com/roman/roman"
)

func main() {
	for _, argument := range os.Args[1:] {
		number, err := strconv.Atoi(argument)
		if err == nil {
			argument, err = roman.Numeral(number)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "roman:", err)
			os.Exit(1)
		}
		fmt.Println(argument)
	}
}
