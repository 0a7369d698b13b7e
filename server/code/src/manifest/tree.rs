//! YAML and JSON as written values.

use text::data::Node;

use super::Written;

/// A scalar as written.
pub(super) fn string(text: &str, node: Option<&Node>) -> Option<Written> {
    Written::at(text, node?.text()?.clone())
}

/// A scalar, or the scalars of a list.
pub(super) fn strings(text: &str, node: Option<&Node>) -> Vec<Written> {
    let Some(node) = node else { return Vec::new() };
    if node.text().is_some() {
        return string(text, Some(node)).into_iter().collect();
    }
    items(Some(node))
        .iter()
        .filter_map(|item| string(text, Some(item)))
        .collect()
}

/// The value below keys.
pub(super) fn at<'n>(text: &str, root: &'n Node, keys: &[&str]) -> Option<&'n Node> {
    keys.iter().try_fold(root, |node, key| node.get(text, key))
}

/// The values of a list.
pub(super) fn items(node: Option<&Node>) -> &[Node] {
    node.and_then(Node::items).unwrap_or_default()
}

/// The host of the address that a value holds: `ledger` of `http://ledger:8080/api`, of `LEDGER=grpc://ledger.shop.svc:50051`.
pub(super) fn host(text: &str, node: Option<&Node>) -> Option<Written> {
    let range = node?.text()?.clone();
    let value = text.get(range.clone())?;
    let behind = value.find("://")? + 3;
    let authority = value[behind..].split(['/', '?']).next().unwrap_or_default();
    let user = authority.rfind('@').map_or(0, |at| at + 1);
    let start = range.start + behind + user;
    let name = &authority[user..];
    let end = name.find([':', '.', ' ', '$', '{']).unwrap_or(name.len());
    Written::at(text, start..start + end)
}
