//! HTTP calls: what is read from each library, and what is not.
#![expect(clippy::expect_used, reason = "a test may panic")]

use code::Methods;

/// One line per call: library, method, path, whether it is complete, what is written.
fn rendered(path: &str, text: &str) -> Vec<String> {
    let facts = code::read_path(path, text, &|| false).expect("a source file");
    facts
        .http_calls
        .iter()
        .map(|call| {
            let method = match &call.methods {
                Methods::Any => "*".to_owned(),
                Methods::Only(methods) => methods.join("|"),
                Methods::Unknown => "?".to_owned(),
            };
            format!(
                "{} {method} {}{} `{}`",
                call.library,
                if call.complete { "" } else { "..." },
                call.path.as_deref().unwrap_or("?"),
                text::slice(text, call.range)
            )
        })
        .collect()
}

#[test]
fn script() {
    let text = r#"import axios from "axios";
const api = axios.create({ baseURL });
async function load(id: string) {
  await fetch("/api/users");
  await fetch(`/api/users/${user.id}?full=1`, { method: "DELETE" });
  await fetch(`${BASE}/api/orders/${encodeURIComponent(id)}`, { method: "POST", body });
  await fetch(url);
  await fetch(`/api/users${query}`);
  await fetch("/x", { ...options });
  await axios.post("https://example.com/v1/items", data);
  await api.get("/users/" + id + "/posts");
  await api.put("relative");
  await axios({ url: "/conf", method: "patch" });
  cache.get("/no");
  router.get("/no", handler);
}
"#;
    assert_eq!(
        rendered("a.ts", text),
        [
            "fetch GET /api/users `/api/users`",
            "fetch DELETE /api/users/{id} `/api/users/${user.id}?full=1`",
            "fetch POST .../api/orders/{id} `${BASE}/api/orders/${encodeURIComponent(id)}`",
            "fetch GET ...? `url`",
            "fetch GET ...? ``/api/users${query}``",
            "fetch ? /x `/x`",
            "axios POST /v1/items `https://example.com/v1/items`",
            "axios GET .../users/{id}/posts `\"/users/\" + id + \"/posts\"`",
            "axios PUT .../relative `relative`",
            "axios PATCH /conf `/conf`",
        ]
    );
}

#[test]
fn python() {
    let text = r#"import httpx, requests

session = requests.Session()

def f(base, item):
    requests.get(f"{base}/items/{item.id}")
    requests.request("PUT", "https://a.example/items/1?x=2")
    session.post("/login", json={})
    session.post("https://a.example/hosted")
    settings.get("/no")
    cache.get(f"{a}/no")

async def g():
    async with httpx.AsyncClient() as client:
        await client.delete("/items/{}".format(key))
"#;
    assert_eq!(
        rendered("a.py", text),
        [
            "requests GET .../items/{id} `{base}/items/{item.id}`",
            "requests PUT /items/1 `https://a.example/items/1?x=2`",
            "requests POST .../login `/login`",
            "requests POST /hosted `https://a.example/hosted`",
            "httpx DELETE .../items/{*} `/items/{}`",
        ]
    );
}

#[test]
fn rust() {
    let text = r#"use reqwest::Client;
async fn f(base: &str, id: u32) {
    let client = Client::new();
    client.get(format!("{base}/users/{id}")).send().await;
    self.http_client.post(&format!("{}/orders/{}", base, id)).send().await;
    reqwest::get("https://a.example/ping").await;
    map.get("/no");
    client.get(elsewhere);
    let url = format!("{base}/bound");
    client.get(&url);
    let twice = "/a";
    let twice = "/b";
    client.get(twice);
}
"#;
    assert_eq!(
        rendered("a.rs", text),
        [
            "reqwest GET .../users/{id} `{base}/users/{id}`",
            "reqwest POST .../orders/{*} `{}/orders/{}`",
            "reqwest GET /ping `https://a.example/ping`",
            "reqwest GET ...? `elsewhere`",
            "reqwest GET .../bound `{base}/bound`",
            "reqwest GET ...? `twice`",
        ]
    );
}

#[test]
fn go() {
    let text = "package a\n\nimport \"net/http\"\n\nfunc f() {\n\thttp.Get(base + \"/users/\" + id)\n\thttp.NewRequest(http.MethodPut, fmt.Sprintf(\"%s/orders/%d\", base, n), nil)\n\thttp.NewRequestWithContext(ctx, \"GET\", \"http://localhost:80/x\", nil)\n\tcache.Get(\"/no\")\n}\n";
    assert_eq!(
        rendered("a.go", text),
        [
            "net/http GET .../users/{id} `base + \"/users/\" + id`",
            "net/http PUT .../orders/{*} `%s/orders/%d`",
            "net/http GET /x `http://localhost:80/x`",
        ]
    );
}

#[test]
fn java() {
    let text = r#"import org.springframework.web.client.RestTemplate;
@FeignClient(name = "orders", path = "/orders")
interface Orders {
    @GetMapping("/{id}")
    Order one(@PathVariable("id") long id);
}
class A {
    void f() {
        restTemplate.getForObject("http://users/users/{id}", User.class, 1);
        restTemplate.exchange("/x/" + id, HttpMethod.PUT, entity, Void.class);
        webClient.post().uri("/items").retrieve();
        cache.put("/no", 1);
    }
    WebClient webClient;
}
"#;
    assert_eq!(
        rendered("A.java", text),
        [
            "Feign GET /orders/{id} `/{id}`",
            "RestTemplate GET /users/{id} `http://users/users/{id}`",
            "RestTemplate PUT /x/{id} `\"/x/\" + id`",
            "WebClient POST .../items `/items`",
        ]
    );
}

#[test]
fn csharp() {
    let text = r#"class A {
    private readonly HttpClient _client;
    async Task F(int id) {
        await _client.GetAsync($"/api/users/{id}");
        await _client.PostAsJsonAsync("api/users", user);
        var r = new HttpRequestMessage(HttpMethod.Delete, "/x");
        await repository.GetAsync("/no");
    }
}
"#;
    assert_eq!(
        rendered("A.cs", text),
        [
            "HttpClient GET .../api/users/{id} `/api/users/{id}`",
            "HttpClient POST .../api/users `api/users`",
            "HttpClient DELETE .../x `/x`",
        ]
    );
}
