//! `compose.yaml`: services with images, builds, ports and what they need.

use text::data::{self, Node};

use super::{
    Manifest, ManifestKind, Service,
    tree::{at, host, items, string, strings},
};

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    let start = text::bom_len(text);
    let root = data::read(text, start)?;
    let services = root.get(text, "services")?;
    let mut manifest = Manifest::new(ManifestKind::Compose);
    manifest.known = data::is_whole(text, start) && root.get(text, "include").is_none();
    manifest.name = string(text, root.get(text, "name"));
    for (name, described) in services.entries() {
        let of = |key: &str| described.get(text, key);
        let mut service = Service::new(string(text, Some(name)));
        service.images.extend(string(text, of("image")));
        service.build = string(text, of("build"))
            .or_else(|| string(text, at(text, described, &["build", "context"])));
        service.ports = strings(text, of("ports"));
        for port in items(of("ports")) {
            service.ports.extend(string(text, port.get(text, "target")));
        }
        service.depends_on = strings(text, of("depends_on"));
        for (needed, _) in of("depends_on").map_or(&[][..], Node::entries) {
            service.depends_on.extend(string(text, Some(needed)));
        }
        for value in items(of("environment")) {
            service.hosts.extend(host(text, Some(value)));
        }
        for (_, value) in of("environment").map_or(&[][..], Node::entries) {
            service.hosts.extend(host(text, Some(value)));
        }
        manifest.services.push(service);
    }
    Some(manifest)
}
