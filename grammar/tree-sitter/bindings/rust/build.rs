//! Compiles the generated parser and its scanner.

fn main() {
    for file in ["src/parser.c", "src/scanner.c"] {
        println!("cargo:rerun-if-changed={file}");
    }
    cc::Build::new()
        .std("c11")
        .include("src")
        .flag_if_supported("-Wno-unused-parameter")
        .file("src/parser.c")
        .file("src/scanner.c")
        .compile("tree-sitter-specline");
}
