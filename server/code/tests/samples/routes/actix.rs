use actix_web::{App, HttpServer, get, web};

#[get("/users/{id:\\d+}")]
async fn escaped() {}

#[get("/users/{id}")]
async fn show(store: web::Data<Store>) -> impl Responder {
    store.route("/no", 1);
}

#[route("/both", method = "GET", method = "POST")]
async fn both() {}

fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/items").route(web::get().to(list)).route(web::post().to(create)));
}

async fn main() {
    HttpServer::new(|| {
        App::new()
            .service(web::scope("/api").service(show).route("/ping", web::get().to(ping)))
            .service(other::index)
            .configure(configure)
            .route(PREFIX, web::delete().to(gone))
    });
}

async fn list() {}
