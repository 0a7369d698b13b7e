//! HTTP routes that a file registers, as written: framework by framework, from calls and annotations.
//!
//! Certain or unknown, never guessed: a path that is no plain string is `None`, a router that may be mounted in another
//! file makes its routes incomplete. Which file a mounted router comes from is for `trace` to find.

mod actix;
mod aspnet;
mod axum;
mod decorated;
mod django;
mod express;
mod fastapi;
mod fastify;
mod flask;
mod found;
mod go;
mod nest;
mod rails;
mod spring;
mod style;
mod template;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text::TextRange;

use crate::{Language, SourceFacts, calls::Calls};
pub(crate) use decorated::{class_below, method_below};
use found::Found;
pub(crate) use spring::{path as mapping_path, verb as mapping_verb, verbs as mapping_methods};
pub(crate) use style::is_method;
pub(crate) use template::{join, template};

/// Most routes and mounts kept of one file.
pub const MAX_ROUTES: usize = 2_000;

/// What serves a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Framework {
    /// actix-web.
    Actix,
    /// ASP.NET Core: attributes and minimal APIs.
    AspNet,
    /// axum.
    Axum,
    /// chi.
    Chi,
    /// Django's URL configuration.
    Django,
    /// Echo.
    Echo,
    /// Express.
    Express,
    /// `FastAPI`.
    FastApi,
    /// Fastify.
    Fastify,
    /// Flask.
    Flask,
    /// Gin.
    Gin,
    /// `NestJS`.
    Nest,
    /// Go's own `net/http`.
    NetHttp,
    /// Rails' `routes.rb`.
    Rails,
    /// Spring MVC and `WebFlux` annotations.
    Spring,
}

/// HTTP methods, upper case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Methods {
    /// Every method.
    Any,
    /// These, in the order of the text.
    Only(Vec<SmolStr>),
    /// Not written as something that can be read.
    Unknown,
}

/// A route as registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Whose form it has.
    pub framework: Framework,
    /// What it answers to.
    pub methods: Methods,
    /// The path as written between its quotes; `None` if it is not a plain string.
    /// Where no path is written (`@Get()`) it is empty, and `range` is what stands for it.
    pub path: Option<SmolStr>,
    /// The bytes of `path`; without one, of what stands in its place.
    pub range: TextRange,
    /// The path behind everything that this file says is before it, parameters as `{name}`, no slash at its end:
    /// `/api/users/{id}`. `None` if `path` is, or if it is a pattern that is no template.
    pub template: Option<SmolStr>,
    /// Nothing can stand before `template` but what is configured outside the code. Otherwise the router is mounted
    /// elsewhere, or under a prefix that is not a plain string.
    pub complete: bool,
    /// The name in this file of the router it is registered on.
    pub router: Option<SmolStr>,
    /// The handler as written, where it is a name.
    pub handler: Option<SmolStr>,
    /// The handler among [`SourceFacts::symbols`].
    pub symbol: Option<u32>,
}

/// Something from elsewhere that is put under a prefix: `include_router(users.router, prefix="/users")`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    /// Whose form it has.
    pub framework: Framework,
    /// The prefix as a template, behind everything that this file says is before it; `None` if it is not a plain string.
    pub prefix: Option<SmolStr>,
    /// As in [`Route::complete`].
    pub complete: bool,
    /// What is mounted, as written: `users.router`, `users::routes()`, `app.urls`. Empty: every route of the framework
    /// (Nest's `setGlobalPrefix`).
    pub target: SmolStr,
    /// The bytes of `target`, or of the prefix where there is none.
    pub range: TextRange,
}

/// Languages that share frameworks, and ways to write a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Rust,
    Python,
    Script,
    Go,
    Jvm,
    CSharp,
    Ruby,
    Sql,
}

/// A framework: what tells that a file uses it, and how it is read.
struct Definition {
    framework: Framework,
    family: Family,
    /// One of these stands in each of its files.
    marks: &'static [&'static str],
    read: for<'t> fn(&Calls<'t>, &SourceFacts, &mut Found<'t>),
}

static FRAMEWORKS: &[Definition] = &[
    actix::ACTIX,
    aspnet::ASP_NET,
    axum::AXUM,
    django::DJANGO,
    express::EXPRESS,
    fastapi::FAST_API,
    fastify::FASTIFY,
    flask::FLASK,
    go::CHI,
    go::ECHO,
    go::GIN,
    go::NET_HTTP,
    nest::NEST,
    rails::RAILS,
    spring::SPRING,
];

fn of_file(language: Language, text: &str) -> impl Iterator<Item = &'static Definition> {
    let family = language.definition().family;
    FRAMEWORKS.iter().filter(move |definition| {
        family == Some(definition.family) && definition.marks.iter().any(|mark| text.contains(mark))
    })
}

/// Whether a file may register routes.
pub(crate) fn may_have(language: Language, text: &str) -> bool {
    of_file(language, text).next().is_some()
}

/// Whether a file is a route by its name: `app/users/[id]/route.ts`, `pages/api/users.ts` of Next.js.
pub(crate) fn is_by_path(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let script = [".ts", ".tsx", ".js", ".jsx"];
    script.iter().any(|end| name.ends_with(end)) && (stem == "route" || path.contains("pages/api/"))
}

/// Reads the routes of a file whose symbols are known already.
pub(crate) fn assemble(calls: &Calls<'_>, facts: &mut SourceFacts) {
    for definition in of_file(calls.language, calls.text) {
        let mut found = Found::new(definition.framework);
        (definition.read)(calls, facts, &mut found);
        found.settle(calls, facts);
    }
    facts.routes.sort_by_key(|route| route.range.start());
    facts.mounts.sort_by_key(|mount| mount.range.start());
}
