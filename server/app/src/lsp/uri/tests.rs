use std::path::PathBuf;

use tower_lsp::gen_lsp_types::Uri;

use super::super::client::Folder;
use super::{from_path, split, to_path, windows_path};

fn windows(uri: &str) -> Option<String> {
    let parts = split(uri)?;
    windows_path(&parts.host, &parts.path)
}

#[test]
fn spellings_of_one_windows_file_meet() {
    for uri in [
        "file:///C:/a%20(b)/spec.md",
        "file:///c:/a (b)/spec.md",
        "file:///c%3A/a%20%28b%29/spec.md",
        "FILE://localhost/c%3a/a%20(b)/spec.md",
    ] {
        assert_eq!(windows(uri).as_deref(), Some("C:\\a (b)\\spec.md"), "{uri}");
    }
}

#[test]
fn unc_shares_keep_their_host() {
    let expected = Some("\\\\server\\share\\spec.md");
    assert_eq!(windows("file://SERVER/share/spec.md").as_deref(), expected);
    assert_eq!(
        windows("file:////server/share/spec.md").as_deref(),
        expected
    );
}

#[test]
fn other_schemes_are_not_files() {
    for uri in ["untitled:Untitled-1", "git:/a/spec.md?x", "spec.md", ""] {
        assert_eq!(to_path(&Uri::from(uri)), None, "{uri}");
    }
}

#[cfg(unix)]
#[test]
fn unix_paths_are_decoded_and_come_back() {
    let spelled = Uri::from("file:///a%20b/%E6%8C%87%28x%29/spec.md");
    let path = to_path(&spelled);
    assert_eq!(path, Some(PathBuf::from("/a b/指(x)/spec.md")));
    let plain = Uri::from("file:///a%20b/指(x)/spec.md");
    assert_eq!(to_path(&plain), path);
    assert_eq!(
        from_path(&path.unwrap(), &[]).as_ref(),
        "file:///a%20b/%E6%8C%87%28x%29/spec.md"
    );
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_utf8_survive() {
    let uri = Uri::from("file:///a%FFb");
    let path = to_path(&uri).unwrap();
    assert_eq!(from_path(&path, &[]), uri);
}

#[cfg(unix)]
#[test]
fn files_of_a_folder_begin_as_the_client_writes_it() {
    let folder = Folder::new(Uri::from("file:///we(ird)")).unwrap();
    let inner = Folder::new(Uri::from("file:///we%28ird%29/inner/")).unwrap();
    let folders = [folder, inner];
    let uri = |path: &str| from_path(&PathBuf::from(path), &folders).0;
    assert_eq!(uri("/we(ird)/a b.md"), "file:///we(ird)/a%20b.md");
    assert_eq!(uri("/we(ird)/inner/c.md"), "file:///we%28ird%29/inner/c.md");
    assert_eq!(uri("/we(ird)"), "file:///we(ird)");
    assert_eq!(uri("/other"), "file:///other");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(uri in "(file:)?/{0,3}.{0,20}") {
        let _ = to_path(&Uri::from(uri.as_str()));
        let _ = windows(&uri);
    }
}
