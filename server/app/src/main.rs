//! The binary; everything it can do lives in the library beside it.

fn main() -> std::process::ExitCode {
    spec_analyzer::cli::main()
}
