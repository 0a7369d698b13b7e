package shop

import org.springframework.web.bind.annotation.*

@RestController
@RequestMapping("/api/orders")
class OrderController(private val store: Store) {
    @GetMapping("/{id}")
    fun show(@PathVariable id: Long): Order = store.get("/no")

    @PostMapping(value = ["/a", "/b"])
    fun create() {}

    @PutMapping("$BASE/x")
    fun late() {}
}
