//! Go: Gin, Echo, chi and `net/http` with the patterns of Go 1.22.

use smol_str::SmolStr;
use tree_sitter::Node;

use super::{
    Definition, Family, Framework, Methods,
    found::{Found, Handler, Registered, RouterId},
    style::{Style, is_method},
    template,
    template::Parameters::{self, Brace, Colon},
};
use crate::{
    SourceFacts,
    calls::{Call, Calls},
};

pub(super) const GIN: Definition = Definition {
    framework: Framework::Gin,
    family: Family::Go,
    marks: &["gin-gonic/gin"],
    read: gin,
};

pub(super) const ECHO: Definition = Definition {
    framework: Framework::Echo,
    family: Family::Go,
    marks: &["labstack/echo"],
    read: echo,
};

pub(super) const CHI: Definition = Definition {
    framework: Framework::Chi,
    family: Family::Go,
    marks: &["go-chi/chi"],
    read: chi,
};

pub(super) const NET_HTTP: Definition = Definition {
    framework: Framework::NetHttp,
    family: Family::Go,
    marks: &["\"net/http\""],
    read: net_http,
};

const UPPER: &[(&str, &str)] = &[
    ("GET", "GET"),
    ("POST", "POST"),
    ("PUT", "PUT"),
    ("DELETE", "DELETE"),
    ("PATCH", "PATCH"),
    ("HEAD", "HEAD"),
    ("OPTIONS", "OPTIONS"),
    ("Any", ""),
];

static GIN_STYLE: Style = Style {
    parameters: Colon,
    verbs: UPPER,
    whole: &["gin.Default", "gin.New"],
    part: &[],
    own: &[],
    groups: &["Group"],
    types: &[
        ("gin.Engine", true),
        ("gin.RouterGroup", false),
        ("gin.IRouter", false),
        ("gin.IRoutes", false),
    ],
    names: &["router", "engine"],
};

static ECHO_STYLE: Style = Style {
    parameters: Colon,
    verbs: UPPER,
    whole: &["echo.New"],
    part: &[],
    own: &[],
    groups: &["Group"],
    types: &[("echo.Echo", true), ("echo.Group", false)],
    names: &["router", "echo"],
};

static CHI_STYLE: Style = Style {
    parameters: Brace,
    verbs: &[
        ("Get", "GET"),
        ("Post", "POST"),
        ("Put", "PUT"),
        ("Delete", "DELETE"),
        ("Patch", "PATCH"),
        ("Head", "HEAD"),
        ("Options", "OPTIONS"),
        ("Trace", "TRACE"),
        ("Handle", ""),
        ("HandleFunc", ""),
    ],
    whole: &[],
    part: &["chi.NewRouter", "chi.NewMux"],
    own: &[],
    groups: &[],
    types: &[("chi.Router", false), ("chi.Mux", false)],
    names: &["router", "mux"],
};

static MUX_STYLE: Style = Style {
    parameters: Brace,
    verbs: &[("Handle", ""), ("HandleFunc", "")],
    whole: &["http.NewServeMux"],
    part: &[],
    own: &[],
    groups: &[],
    types: &[("http.ServeMux", true)],
    names: &["mux"],
};

fn gin<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    upper(&GIN_STYLE, "Handle", calls, found);
}

fn echo<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    upper(&ECHO_STYLE, "Add", calls, found);
}

/// Frameworks whose verbs are upper case.
fn upper<'t>(style: &'static Style, general: &str, calls: &Calls<'t>, found: &mut Found<'t>) {
    style.routers(calls, found);
    hand_on(style, calls, found);
    for call in &calls.all {
        let Some(receiver) = call.receiver.filter(|_| call.arguments.len() > 1) else {
            continue;
        };
        let mut arguments = call.positional();
        let methods = match style.method(call.name) {
            Some(methods) => methods,
            None if call.name == general && call.arguments.len() > 2 => {
                method_of(calls, arguments.next())
            }
            None => continue,
        };
        let Some(path) = arguments.next() else {
            continue;
        };
        // Echo's middlewares follow the handler, Gin's stand before it.
        let handler = if general == "Add" {
            arguments.next()
        } else {
            arguments.last()
        };
        let router = style.resolve(calls, found, receiver, call.function);
        let is_path = calls
            .constant_text(path)
            .is_some_and(|path| path.is_empty() || path.starts_with('/'));
        if router.is_none() && !is_path {
            continue;
        }
        let handler = handler.map_or(Handler::None, Handler::Is);
        found.at(calls, Colon, path, router, methods, handler);
    }
}

fn method_of<'t>(calls: &Calls<'t>, written: Option<Node<'t>>) -> Methods {
    let Some(written) = written else {
        return Methods::Unknown;
    };
    let word = match calls.constant_text(written) {
        Some(word) => word.to_ascii_uppercase(),
        None => match calls.short(written).strip_prefix("http.Method") {
            Some(word) => word.to_ascii_uppercase(),
            None => return Methods::Unknown,
        },
    };
    if is_method(&word) {
        Methods::Only(vec![word.into()])
    } else {
        Methods::Unknown
    }
}

/// Routers that are given to functions: those of this file, and those of others.
fn hand_on<'t>(style: &'static Style, calls: &Calls<'t>, found: &mut Found<'t>) {
    for call in &calls.all {
        for (place, argument) in call.positional().enumerate().take(8) {
            if !matches!(
                argument.kind(),
                "identifier" | "selector_expression" | "call_expression"
            ) {
                continue;
            }
            let is_group = calls
                .call(argument)
                .is_some_and(|inner| style.groups.contains(&inner.name));
            if argument.kind() == "call_expression" && !is_group {
                continue;
            }
            let Some(given) = known(style, calls, found, argument, call.function) else {
                continue;
            };
            let taker = calls.function_named(call.name);
            let parameter = taker.and_then(|taker| {
                let function = calls.functions.get(taker as usize)?;
                // The receiver of a method is its first parameter.
                let own = usize::from(call.receiver.is_some());
                let names = &function.parameters;
                let (name, _) = names.get(place + own).or_else(|| names.get(place))?;
                found.find(calls, name, Some(taker))
            });
            match parameter {
                Some(child) => found.mount(Some(given), Some(SmolStr::default()), child),
                None if taker.is_none() && is_registration(call) => found.outside(
                    Some(given),
                    Some(SmolStr::default()),
                    call.node
                        .child_by_field_name("function")
                        .unwrap_or(call.node)
                        .byte_range(),
                ),
                None => {}
            }
        }
    }
}

fn known<'t>(
    style: &'static Style,
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    node: Node<'t>,
    function: Option<u32>,
) -> Option<RouterId> {
    if calls.call(node).is_some() {
        return style.resolve(calls, found, node, function);
    }
    found.find(calls, calls.short(node), function)
}

/// Whether a function that is given a router registers routes on it, by its name.
fn is_registration(call: &Call<'_>) -> bool {
    let name = call.name.to_ascii_lowercase();
    ["rout", "regist", "setup", "mount", "handler"]
        .iter()
        .any(|word| name.contains(word))
}

fn chi<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    CHI_STYLE.routers(calls, found);
    nested(calls, found);
    hand_on(&CHI_STYLE, calls, found);
    for call in &calls.all {
        let (Some(receiver), Some(first)) = (call.receiver, call.at(0)) else {
            continue;
        };
        if call.callee.starts_with("http.ListenAndServe") {
            let served = call.positional().last();
            if let Some(served) = served
                && let Some(router) = known(&CHI_STYLE, calls, found, served, call.function)
            {
                found.is_whole(router);
            }
            continue;
        }
        match call.name {
            "Mount" => {
                let (Some(parent), Some(inner)) = (
                    CHI_STYLE.resolve(calls, found, receiver, call.function),
                    call.at(1),
                ) else {
                    continue;
                };
                let prefix = CHI_STYLE.prefix(calls, Some(first));
                match known(&CHI_STYLE, calls, found, inner, call.function) {
                    Some(child) => found.mount(Some(parent), prefix, child),
                    None => given_by(calls, found, parent, prefix, inner),
                }
            }
            "Method" | "MethodFunc" => {
                let (Some(path), Some(handler)) = (call.at(1), call.at(2)) else {
                    continue;
                };
                if let Some(router) = CHI_STYLE.resolve(calls, found, receiver, call.function) {
                    let methods = method_of(calls, Some(first));
                    found.at(
                        calls,
                        Brace,
                        path,
                        Some(router),
                        methods,
                        Handler::Is(handler),
                    );
                }
            }
            verb => {
                let (Some(methods), Some(handler)) = (CHI_STYLE.method(verb), call.at(1)) else {
                    continue;
                };
                if let Some(router) = CHI_STYLE.resolve(calls, found, receiver, call.function) {
                    found.at(
                        calls,
                        Brace,
                        first,
                        Some(router),
                        methods,
                        Handler::Is(handler),
                    );
                }
            }
        }
    }
}

/// `r.Mount("/users", users())` with a function of this file that makes one router; else from elsewhere.
fn given_by<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    parent: RouterId,
    prefix: super::found::Prefix,
    inner: Node<'t>,
) {
    let giver = calls
        .call(inner)
        .and_then(|call| calls.function_named(call.name));
    let made = giver.and_then(|giver| {
        let mut made = calls.bindings.iter().filter(|binding| {
            binding.function == Some(giver)
                && calls
                    .call(binding.value)
                    .is_some_and(|call| CHI_STYLE.part.contains(&call.callee))
        });
        let one = made.next().filter(|_| made.next().is_none())?;
        found.find(calls, one.name, Some(giver))
    });
    match made {
        Some(child) => found.mount(Some(parent), prefix, child),
        None => found.outside(Some(parent), prefix, inner.byte_range()),
    }
}

/// `r.Route("/x", func(r chi.Router) { .. })`, `r.Group(func(r chi.Router) { .. })`, from the outer to the inner.
fn nested<'t>(calls: &Calls<'t>, found: &mut Found<'t>) {
    for call in &calls.all {
        let (prefix, inner) = match (call.name, call.at(0), call.at(1)) {
            ("Route", Some(path), Some(inner)) => (CHI_STYLE.prefix(calls, Some(path)), inner),
            ("Group", Some(inner), None) => (Some(SmolStr::default()), inner),
            _ => continue,
        };
        let Some(function) = calls
            .function_at(inner)
            .or_else(|| calls.function_named(calls.short(inner)))
        else {
            continue;
        };
        let parameter = calls
            .functions
            .get(function as usize)
            .and_then(|function| function.parameters.first())
            .and_then(|(name, _)| found.find(calls, name, Some(function)));
        let parent = call
            .receiver
            .and_then(|receiver| CHI_STYLE.resolve(calls, found, receiver, call.function));
        if let (Some(parent), Some(child)) = (parent, parameter) {
            found.mount(Some(parent), prefix, child);
        }
    }
}

fn net_http<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    MUX_STYLE.routers(calls, found);
    let Some(default) = found.router(Some(SmolStr::default()), true) else {
        return;
    };
    // A prefix may be taken off before the router sees the path.
    let stripped = calls.text.contains("StripPrefix(");
    for call in &calls.all {
        let (Some(receiver), Some(path), Some(handler)) = (call.receiver, call.at(0), call.at(1))
        else {
            continue;
        };
        if !matches!(call.name, "Handle" | "HandleFunc") {
            continue;
        }
        let router = if calls.short(receiver) == "http" {
            Some(default)
        } else {
            MUX_STYLE.resolve(calls, found, receiver, call.function)
        };
        let Some(router) = router else { continue };
        let constant = calls.constant(path);
        let written = constant.clone().and_then(|range| calls.text.get(range));
        let (methods, path_at, template) = match (written, constant.clone()) {
            (Some(written), Some(range)) => {
                let pattern = written.trim_start();
                let (methods, pattern) = match pattern.split_once([' ', '\t']) {
                    Some((word, pattern)) if is_method(word) => {
                        (Methods::Only(vec![word.into()]), pattern.trim())
                    }
                    _ => (Methods::Any, pattern),
                };
                let at = range.end - pattern.len();
                let path = pattern
                    .starts_with('/')
                    .then(|| template(Parameters::Brace, pattern))
                    .flatten();
                (methods, Some(at..range.end), path)
            }
            _ => (Methods::Unknown, None, None),
        };
        found.route(Registered {
            methods,
            place: path_at.clone().unwrap_or_else(|| path.byte_range()),
            path: path_at,
            template,
            router: (!stripped).then_some(router),
            handler: Handler::Is(handler),
            complete: false,
        });
    }
}
