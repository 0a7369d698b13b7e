//! Objects of Kubernetes: kind, name, images, ports.

use text::data::{self, Node};

use super::{
    Manifest, ManifestKind, Service,
    tree::{at, host, items, string},
};

/// Where objects keep their containers.
const PODS: [&[&str]; 3] = [
    &["spec", "template", "spec"],
    &["spec", "jobTemplate", "spec", "template", "spec"],
    &["spec"],
];

pub(super) fn read(_: &str, text: &str) -> Option<Manifest> {
    if !text.contains("apiVersion") || !text.contains("kind") {
        return None;
    }
    let start = text::bom_len(text);
    let mut manifest = Manifest::new(ManifestKind::Kubernetes);
    manifest.known = data::is_whole(text, start);
    for object in data::read_all(text, start) {
        let (Some(_), Some(kind)) = (
            object.get(text, "apiVersion"),
            string(text, object.get(text, "kind")),
        ) else {
            continue;
        };
        let mut service = Service::new(string(text, at(text, &object, &["metadata", "name"])));
        service.kind = Some(kind);
        for pod in PODS {
            let Some(pod) = at(text, &object, pod) else {
                continue;
            };
            for key in ["containers", "initContainers"] {
                for container in items(pod.get(text, key)) {
                    service
                        .images
                        .extend(string(text, container.get(text, "image")));
                    ports(text, container, "containerPort", &mut service);
                    for variable in items(container.get(text, "env")) {
                        service
                            .hosts
                            .extend(host(text, variable.get(text, "value")));
                    }
                }
            }
        }
        if let Some(spec) = object.get(text, "spec") {
            ports(text, spec, "port", &mut service);
        }
        manifest.services.push(service);
    }
    (!manifest.services.is_empty()).then_some(manifest)
}

fn ports(text: &str, around: &Node, key: &str, service: &mut Service) {
    for port in items(around.get(text, "ports")) {
        service.ports.extend(string(text, port.get(text, key)));
    }
}
