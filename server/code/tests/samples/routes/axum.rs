use axum::{Router, routing::{get, post, MethodRouter}};

pub fn app(cache: Cache) -> Router {
    let admin = Router::new().route("/stats", get(stats));
    let path = format!("/{}", cache.get("/name"));
    let app = Router::new()
        .route("/users/{id}", get(show).put(update))
        .route("/old/:id", axum::routing::delete(handlers::remove))
        .route(&path, get(show))
        .route("/static", service())
        .nest("/api", users::routes().layer(Trace))
        .nest("/admin", admin)
        .nest("/orders", orders())
        .merge(health::routes());
    app
}

fn orders() -> Router {
    Router::new().route("/", post(|| async { "made" })).route("/{id}", axum::routing::any(show))
}

async fn main() {
    let root = Router::new().merge(orders()).route("/ping", get(ping));
    axum::serve(listener, root).await;
}

async fn show() {}
async fn update() {}
fn stats() {}
