package main

import "net/http"

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{id}", show)
	mux.Handle("/files/{rest...}", http.FileServer(dir))
	mux.HandleFunc("POST /x/{$}", show)
	http.HandleFunc("/default", show)
	http.HandleFunc(path, show)
	mux.HandleFunc("example.com/host", show)
	registry.Handle("/no", show)
}

func show(w http.ResponseWriter, r *http.Request) {}
