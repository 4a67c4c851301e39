// A web server that greets, and says how it is: all that an image of one file needs.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"time"
)

func greet(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if name == "" {
		name = "you"
	}
	fmt.Fprintf(w, "Hello, %q, from an image with one file in it.\n", name)
}

func main() {
	address := ":8080"
	if port := os.Getenv("PORT"); port != "" {
		address = ":" + port
	}
	http.HandleFunc("GET /{$}", greet)
	http.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	server := &http.Server{Addr: address, ReadHeaderTimeout: 5 * time.Second}
	log.Printf("listening on %s", address)
	log.Fatal(server.ListenAndServe())
}
