//! What holds for every manifest, lock file and description of containers. Also what `tests/fuzz` asserts.

use code::{Manifest, Written};

/// What is written is byte-equal to the text at its range. Panics where it is not.
pub(crate) fn holds(text: &str, manifest: &Manifest) {
    let mut all: Vec<&Written> = manifest.name.iter().chain(&manifest.version).collect();
    all.extend(&manifest.members);
    all.extend(&manifest.projects);
    all.extend(manifest.toolchains.iter().map(|tool| &tool.version));
    for dependency in &manifest.dependencies {
        all.push(&dependency.name);
        all.extend(dependency.group.iter().chain(&dependency.version));
    }
    for service in &manifest.services {
        all.extend(
            service
                .name
                .iter()
                .chain(&service.kind)
                .chain(&service.build),
        );
        all.extend(
            service
                .images
                .iter()
                .chain(&service.ports)
                .chain(&service.depends_on)
                .chain(&service.hosts),
        );
    }
    for written in all {
        assert_eq!(text::slice(text, written.range), written.text);
        assert!(!written.text.is_empty());
    }
}
