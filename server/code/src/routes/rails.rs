//! Rails: `config/routes.rb`, with `resources` as the routes they stand for.

use std::ops::Range;

use smol_str::SmolStr;
use tree_sitter::Node;

use super::{
    Definition, Family, Framework, Methods,
    found::{Found, Handler, Registered},
    join, template,
    template::Parameters::Colon,
};
use crate::{
    SourceFacts,
    calls::{Call, Calls, elements},
};

pub(super) const RAILS: Definition = Definition {
    framework: Framework::Rails,
    family: Family::Ruby,
    marks: &["routes.draw"],
    read,
};

/// What the routes in a block stand below.
struct Block {
    range: Range<usize>,
    /// `None` below something that is no plain string.
    prefix: Option<String>,
    /// For what is written in the block of a resource without `member` or `collection`: the collection's path.
    collection: Option<String>,
    member: Option<String>,
}

fn read<'t>(calls: &Calls<'t>, _: &SourceFacts, found: &mut Found<'t>) {
    let Some(draw) = calls.all.iter().find(|call| call.name == "draw") else {
        return;
    };
    let mut open: Vec<Block> = Vec::new();
    for call in &calls.all {
        let range = call.node.byte_range();
        if !draw.node.byte_range().contains(&range.start) || call.receiver.is_some() {
            continue;
        }
        while open
            .last()
            .is_some_and(|block| block.range.end <= range.start)
        {
            open.pop();
        }
        line(calls, found, call, &mut open);
    }
}

fn line<'t>(calls: &Calls<'t>, found: &mut Found<'t>, call: &Call<'t>, open: &mut Vec<Block>) {
    let around = open
        .last()
        .map_or_else(|| Some(String::new()), |block| block.prefix.clone());
    let block = |prefix: Option<String>| Block {
        range: call.node.byte_range(),
        prefix,
        collection: None,
        member: None,
    };
    let below = |part: Option<&str>| Some(join(around.as_deref()?, part?));
    let first = call.at(0);
    match call.name {
        "namespace" | "scope" => {
            let written = call.named(&["path"]).or(first);
            let text = match written {
                Some(node) => word(calls, node),
                None => Some(""),
            };
            open.push(block(below(text)));
        }
        "member" | "collection" => {
            let prefix = open.last().and_then(|block| {
                if call.name == "member" {
                    block.member.clone()
                } else {
                    block.collection.clone()
                }
            });
            open.push(block(prefix));
        }
        "resources" | "resource" => {
            let mut last = None;
            for name in call.positional() {
                last = resource(calls, found, call, name, around.as_deref());
            }
            open.push(last.map_or_else(
                || block(None),
                |(collection, member, nested)| Block {
                    collection: Some(collection),
                    member: Some(member),
                    ..block(Some(nested))
                },
            ));
        }
        "get" | "post" | "put" | "patch" | "delete" | "match" => {
            let Some(first) = first.or_else(|| mapped(call)) else {
                return;
            };
            let methods = if call.name == "match" {
                via(calls, call.named(&["via"]))
            } else {
                Methods::Only(vec![call.name.to_ascii_uppercase().into()])
            };
            let on_collection = call.named(&["on"]).and_then(|on| word(calls, on));
            let around = match (on_collection, open.last()) {
                (Some("collection"), Some(block)) => block.collection.clone(),
                (Some("member"), Some(block)) => block.member.clone(),
                (None, _) => around.clone(),
                _ => None,
            };
            let path = range_of(calls, first);
            let template = path
                .clone()
                .and_then(|path| calls.text.get(path))
                // `(.:format)` may always follow.
                .and_then(|path| template(Colon, path.trim_end_matches("(.:format)")));
            push(
                found,
                methods,
                path,
                first.byte_range(),
                around.as_deref(),
                template.as_deref(),
            );
        }
        "root" => {
            let end = call.node.start_byte() + call.name.len();
            push(
                found,
                Methods::Only(vec!["GET".into()]),
                Some(end..end),
                call.node.start_byte()..end,
                around.as_deref(),
                Some(""),
            );
        }
        // What an engine or another library routes is not written here.
        "mount" | "devise_for" | "draw" | "concerns" | "direct" => {
            let place = first.map_or_else(|| call.node.byte_range(), |first| first.byte_range());
            push(found, Methods::Unknown, None, place, None, None);
        }
        "concern" => open.push(block(None)),
        _ => {}
    }
}

fn push(
    found: &mut Found<'_>,
    methods: Methods,
    path: Option<Range<usize>>,
    place: Range<usize>,
    around: Option<&str>,
    template: Option<&str>,
) {
    let complete = around.is_some();
    found.route(Registered {
        methods,
        place: path.clone().unwrap_or(place),
        template: template.map(|path| join(around.unwrap_or_default(), path)),
        path,
        router: None,
        handler: Handler::None,
        complete,
    });
}

/// The first pair's key: `get "/x" => "users#show"`.
fn mapped<'t>(call: &Call<'t>) -> Option<Node<'t>> {
    let first = call.arguments.first()?;
    let pair = first.value.parent().filter(|pair| pair.kind() == "pair")?;
    let key = pair.child_by_field_name("key")?;
    (key.kind() == "string").then_some(key)
}

/// The bytes of a string or symbol.
fn range_of<'t>(calls: &Calls<'t>, node: Node<'t>) -> Option<Range<usize>> {
    if node.kind() == "simple_symbol" {
        let range = node.byte_range();
        return Some(range.start + 1..range.end);
    }
    if matches!(node.kind(), "bare_symbol" | "bare_string") {
        return Some(node.byte_range());
    }
    calls.constant(node)
}

fn word<'t>(calls: &Calls<'t>, node: Node<'t>) -> Option<&'t str> {
    calls.text.get(range_of(calls, node)?)
}

fn via<'t>(calls: &Calls<'t>, written: Option<Node<'t>>) -> Methods {
    let Some(written) = written else {
        return Methods::Unknown;
    };
    let words: Option<Vec<SmolStr>> = elements(written)
        .into_iter()
        .map(|element| Some(word(calls, element)?.to_ascii_uppercase().into()))
        .collect();
    match words {
        Some(words) if words.iter().any(|word: &SmolStr| word == "ALL") => Methods::Any,
        Some(words) => Methods::Only(words),
        None => Methods::Unknown,
    }
}

/// The routes of `resources :users`; gives the paths of its collection, of a member, and of what is nested in it.
fn resource<'t>(
    calls: &Calls<'t>,
    found: &mut Found<'t>,
    call: &Call<'t>,
    name: Node<'t>,
    around: Option<&str>,
) -> Option<(String, String, String)> {
    let range = range_of(calls, name)?;
    let written = calls.text.get(range.clone())?;
    let segment = match call.named(&["path"]) {
        Some(path) => word(calls, path)?,
        None => written,
    };
    let collection = join(around.unwrap_or_default(), segment);
    let many = call.name == "resources";
    let (id, nested) = if many {
        let id = match call.named(&["param"]) {
            Some(param) => word(calls, param)?.to_owned(),
            None => "id".to_owned(),
        };
        let one = singular(written)?;
        let nested = format!("{{{one}_{id}}}");
        (format!("{{{id}}}"), nested)
    } else {
        (String::new(), String::new())
    };
    let member = join(&collection, &id);
    let nested = join(&collection, &nested);
    let actions: Option<Vec<&str>> = ["only", "except"].into_iter().try_fold(
        if many {
            vec![
                "index", "create", "new", "edit", "show", "update", "destroy",
            ]
        } else {
            vec!["create", "new", "edit", "show", "update", "destroy"]
        },
        |actions, option| {
            let Some(written) = call.named(&[option]) else {
                return Some(actions);
            };
            let named: Option<Vec<&str>> = elements(written)
                .into_iter()
                .map(|element| word(calls, element))
                .collect();
            let named = named?;
            Some(
                actions
                    .into_iter()
                    .filter(|action| named.contains(action) == (option == "only"))
                    .collect(),
            )
        },
    );
    let Some(actions) = actions else {
        push(found, Methods::Unknown, None, range, None, None);
        return Some((collection, member, nested));
    };
    for action in actions {
        let (methods, path): (&[&str], String) = match action {
            "index" => (&["GET"], collection.clone()),
            "create" => (&["POST"], collection.clone()),
            "new" => (&["GET"], join(&collection, "new")),
            "edit" => (&["GET"], join(&member, "edit")),
            "show" => (&["GET"], member.clone()),
            "update" => (&["PATCH", "PUT"], member.clone()),
            _ => (&["DELETE"], member.clone()),
        };
        found.route(Registered {
            methods: Methods::Only(methods.iter().map(SmolStr::new).collect()),
            path: Some(range.clone()),
            place: range.clone(),
            template: Some(path),
            router: None,
            handler: Handler::None,
            complete: around.is_some(),
        });
    }
    Some((collection, member, nested))
}

/// The singular of a resource's name, by the endings that are certain.
fn singular(name: &str) -> Option<String> {
    if name.ends_with("ss") || !name.ends_with('s') {
        return Some(name.to_owned());
    }
    let stem = name.strip_suffix('s')?;
    Some(match stem.strip_suffix("ie") {
        Some(stem) => format!("{stem}y"),
        None => ["sse", "xe", "che", "she"]
            .iter()
            .find(|ending| stem.ends_with(*ending))
            .map_or(stem, |_| &stem[..stem.len() - 1])
            .to_owned(),
    })
}
