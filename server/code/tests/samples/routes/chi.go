package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

func handler() http.Handler {
	r := chi.NewRouter()
	r.Get("/health", health)
	client.Get("/no", options)
	r.Route("/users/{id:[0-9]+}", func(r chi.Router) {
		r.Use(auth)
		r.Get("/", health)
		r.With(paged).Delete("/keys/{key}", health)
	})
	r.Group(func(r chi.Router) {
		r.Post("/grouped", health)
	})
	r.Mount("/orders", orders())
	r.Mount("/other", other.Router())
	r.Method("PUT", "/m", health)
	return r
}

func orders() chi.Router {
	r := chi.NewRouter()
	r.Get("/{order}", health)
	return r
}

func main() {
	r := chi.NewRouter()
	r.Get("/served", health)
	http.ListenAndServe(":8080", r)
}

func health(w http.ResponseWriter, r *http.Request) {}
