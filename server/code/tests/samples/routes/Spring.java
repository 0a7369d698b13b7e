package shop;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/api/users")
public class UserController {
    private final Store store;

    @GetMapping
    public List<User> all() {
        return store.get("/no", 1);
    }

    @GetMapping("/{id:[0-9]+}")
    @PreAuthorize("hasRole('A')")
    public User show(@PathVariable("id") long id) { return null; }

    @RequestMapping(value = {"/a", "/b"}, method = {RequestMethod.PUT, RequestMethod.POST})
    void both() {}

    @DeleteMapping(path = PATH + "/x")
    void gone() {}
}

@RequestMapping({"/v1", "/v2"})
interface Contract {
    @PostMapping("/orders")
    void order();
}

@FeignClient("other")
interface Other {
    @GetMapping("/no")
    void no();
}
