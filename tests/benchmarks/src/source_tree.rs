//! A tree of many source files, for machines without a large checkout: as many files, directories and bytes per file as
//! a kernel's sources have on average, the same for the same size.

use std::fmt::Write as _;
use std::path::Path;

use crate::Outcome;

/// Files in one directory.
const PER_DIRECTORY: usize = 15;

/// Writes `files` source files below `root`.
pub(crate) fn write(root: &Path, files: usize) -> Outcome<()> {
    for number in 0..files {
        let directory = number / PER_DIRECTORY;
        let path = root.join(format!("drivers/bus_{}/device_{directory}", directory / 40));
        if number.is_multiple_of(PER_DIRECTORY) {
            std::fs::create_dir_all(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
        let (name, text) = source(number);
        let path = path.join(name);
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// One file; lengths differ from a few lines to some ten thousand bytes.
fn source(number: usize) -> (String, String) {
    let functions = 2 + (number * 7919) % 120;
    let mut text = String::new();
    let python = number.is_multiple_of(3);
    for at in 0..functions {
        // Writing to a string cannot fail.
        let _ = if python {
            writeln!(
                text,
                "def probe_{number}_{at}(device):\n    \"\"\"Looks for port {at}.\"\"\"\n    port = device.ports[{at}]\n    return port is not None\n"
            )
        } else {
            writeln!(
                text,
                "/* Looks for port {at} of the device. */\nexport function probe{number}x{at}(device) {{\n  const port = device.ports[{at}];\n  return port !== undefined;\n}}\n"
            )
        };
    }
    let ending = if python { "py" } else { "js" };
    (format!("unit_{number}.{ending}"), text)
}
