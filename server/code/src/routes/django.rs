//! Django: `path("users/<int:id>/", view)`, `re_path`, `include("app.urls")`; routers of its REST framework.

use super::{
    Definition, Family, Framework, Methods,
    found::{Found, Handler, Registered},
    template,
    template::Parameters::{self, Angle, Regex},
};
use crate::{
    SourceFacts,
    calls::{Call, Calls},
};

pub(super) const DJANGO: Definition = Definition {
    framework: Framework::Django,
    family: Family::Python,
    marks: &["django.urls", "django.conf.urls", "rest_framework"],
    read,
};

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    if !calls.text.contains("urlpatterns") && !calls.text.contains("Router(") {
        return;
    }
    for call in &calls.all {
        match (call.receiver.is_none(), call.name) {
            (true, "path") => register(calls, found, call, Angle),
            (true, "re_path" | "url") => register(calls, found, call, Regex),
            (false, "register") => viewset(calls, found, call),
            _ => {}
        }
    }
}

fn register<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>, parameters: Parameters) {
    let Some(path) = call.at(0).or_else(|| call.named(&["route", "regex"])) else {
        return;
    };
    let Some(view) = call.at(1).or_else(|| call.named(&["view"])) else {
        return;
    };
    match calls.call(view) {
        Some(include) if include.name == "include" => {
            let prefix = calls
                .constant_text(path)
                .and_then(|path| template(parameters, path));
            let target = include.at(0).map_or(view, |target| target);
            let target = calls
                .constant(target)
                .unwrap_or_else(|| target.byte_range());
            found.outside(None, prefix.map(Into::into), target);
        }
        // `UserView.as_view()`
        Some(made) => {
            let handler = made.receiver.map_or(Handler::None, Handler::Is);
            found.at(calls, parameters, path, None, Methods::Unknown, handler);
        }
        None => found.at(
            calls,
            parameters,
            path,
            None,
            Methods::Unknown,
            Handler::Is(view),
        ),
    }
}

/// `router.register("users", UserViewSet)`: which routes that gives, the view set says.
fn viewset<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>) {
    let (Some(prefix), Some(view)) = (call.at(0), call.at(1)) else {
        return;
    };
    let Some(range) = calls.constant(prefix) else {
        return;
    };
    if !calls.short(view).ends_with("Set") && !calls.short(view).ends_with("View") {
        return;
    }
    found.route(Registered {
        methods: Methods::Unknown,
        path: None,
        place: range,
        template: None,
        router: None,
        handler: Handler::Is(view),
        complete: false,
    });
}
