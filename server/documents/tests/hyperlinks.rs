//! Which Markdown links are read, and where their paths and anchors stand.

use documents::{DocumentKind, read};
use text::slice;

/// `path#anchor` for each link; what the ranges cover is what is written.
fn links(text: &str) -> Vec<String> {
    let document = read(DocumentKind::Plan, text);
    let found = document.hyperlinks.iter().map(|link| {
        let anchor = link.anchor.as_ref().map_or(String::new(), |anchor| {
            assert_eq!(
                &text[usize::from(anchor.range.start()) - 1..usize::from(anchor.range.start())],
                "#"
            );
            assert!(slice(text, anchor.range) == anchor.text || text.contains('%'));
            format!("#{}", anchor.text)
        });
        assert!(slice(text, link.range) == link.path || text.contains('%'));
        format!("{}{anchor}", link.path)
    });
    found.collect()
}

#[test]
fn inline_links_and_images() {
    assert_eq!(
        links(
            "\u{feff}# あ [p](plan.md)\r\n\r\n- ![i](img/a.png \"t\") and [b](<a-b.md>), [あ](./x.md#要件 '🎉')\r\n\r\n| [c](c.md) |\r\n|---|\r\n| [d]( d.md ) |\r\n"
        ),
        [
            "plan.md",
            "img/a.png",
            "a-b.md",
            "./x.md#要件",
            "c.md",
            "d.md"
        ]
    );
    assert_eq!(
        links("[a](#top) [b](../s%C3%A9.md) [c](src/a.rs#L3-L9) [![d](d.png)](e.md)"),
        ["#top", "../sé.md", "src/a.rs#L3-L9", "d.png", "e.md"]
    );
    assert_eq!(links("[a](x.md?raw=1#y)"), ["x.md#y"]);
}

#[test]
fn what_is_no_link_into_the_repository() {
    for text in [
        "[a](https://example.org/a.md)",
        "[a](mailto:a@example.org)",
        "[a](//example.org/a.md)",
        "[a]({path})",
        "[a](specs/[feature]/spec.md)",
        "[a](path/to/...)",
        "[a]()",
        "`[a](b.md)`",
        "```\n[a](b.md)\n```",
        "<!-- [a](b.md) -->",
        "[a][b]\n\n[b]: b.md",
        "[a] (b.md)",
    ] {
        assert_eq!(links(text), [""; 0], "{text}");
    }
    let written_otherwise = read(DocumentKind::Plan, "[a](b\\_c.md)");
    assert!(written_otherwise.hyperlinks.is_empty());
    assert_eq!(
        read(DocumentKind::Plan, "[a](b.md)")
            .hyperlinks
            .first()
            .unwrap()
            .path,
        "b.md"
    );
}
