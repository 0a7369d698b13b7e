//! Declared mentions in the code of whole repositories, to be judged by hand: `cargo run --release -p workspace --example
//! mentions -- COUNT ROOT ...` prints up to `COUNT` of each repository, chosen by a hash of their places, as TSV.
#![expect(clippy::print_stdout, reason = "a command line tool")]

use std::path::PathBuf;

use trace::{Basis, Resolved};
use workspace::{Host, Options, content_hash};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().unwrap_or_default().parse()?;
    println!("repository\tpath\tline\tid\taddress\tcode\titem");
    for argument in arguments {
        let root = PathBuf::from(argument).canonicalize()?;
        let mut host = Host::new(Options {
            roots: vec![root.clone()],
            ..Options::default()
        });
        host.scan();
        let snapshot = host.finish(true);
        let graph = &snapshot.graph;
        let name = root.file_name().map(|name| name.to_string_lossy());
        let name = name.unwrap_or_default().replace('+', "/");
        let mut rows = Vec::new();
        for (file, links) in graph.linked_sources() {
            let (Some(source), Some(text)) = (graph.source(file), snapshot.text(file)) else {
                continue;
            };
            let path = graph.inputs().tree.path_str(file);
            for link in links {
                let Resolved::Items(items, Basis::Declared) = &link.resolved else {
                    continue;
                };
                let mention = &source.facts.mentions[link.mention as usize].mention;
                let line = source.lines.line(mention.range.start());
                let code = source
                    .lines
                    .line_range(line)
                    .and_then(|at| text.get(std::ops::Range::<usize>::from(at)));
                let found = items.iter().filter_map(|item| {
                    let (feature, it) = graph.item(*item)?;
                    let title = feature.document(item.file)?.slice(it.title_range);
                    Some((feature.key(*item)?.to_string(), title.to_owned()))
                });
                let (addresses, titles): (Vec<String>, Vec<String>) = found.unzip();
                rows.push([
                    name.clone(),
                    path.to_owned(),
                    (line + 1).to_string(),
                    mention.key.to_string(),
                    addresses.join(" "),
                    one_line(code.unwrap_or_default()),
                    one_line(&titles.join(" | ")),
                ]);
            }
        }
        rows.sort_by_cached_key(|row| content_hash(row[..5].join("\t").as_bytes()));
        for row in rows.iter().take(count) {
            println!("{}", row.join("\t"));
        }
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(240).collect()
}
