package main

import "github.com/labstack/echo/v4"

func main() {
	e := echo.New()
	e.GET("/users/:id", show, auth)
	g := e.Group("/admin", auth)
	g.POST("/x", show)
	e.Add("PUT", "/added", show)
}

func show(c echo.Context) error { return nil }
