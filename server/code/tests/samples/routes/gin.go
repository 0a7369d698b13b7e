package main

import "github.com/gin-gonic/gin"

type Server struct{ router *gin.Engine }

func main() {
	r := gin.Default()
	cache.Get("/no", 1)
	r.GET("/ping", ping)
	v1 := r.Group("/v1", auth())
	{
		v1.POST("/users/:id", auth(), createUser)
		v1.Any("/files/*path", func(c *gin.Context) {})
	}
	late := v1.Group(prefix)
	late.GET("/late", ping)
	r.Group("/chained").DELETE("/x", ping)
	r.Handle("PATCH", "/handled", ping)
	register(v1.Group("/orders"))
	orders.RegisterRoutes(v1)
}

func register(g *gin.RouterGroup) {
	g.GET("", ping)
	g.PUT("/:id", ping)
}

func (s *Server) routes() {
	s.router.GET("/own", s.own)
}

func (s *Server) own(c *gin.Context) {}
func ping(c *gin.Context)            {}
