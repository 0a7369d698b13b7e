use std::path::PathBuf;

use tower_lsp::gen_lsp_types::Uri;

use super::super::client::Folder;
use super::super::spelling::Spelling;
use super::{absolute, from_path, split, to_path, windows_path, with_slashes};

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

/// As the client would write a path of Windows.
fn written(path: &str, client: &str) -> String {
    absolute(with_slashes(path).as_bytes(), Spelling::of_client(client))
}

#[test]
fn windows_paths_are_written_as_clients_do() {
    for (path, vscode, neovim) in [
        (
            r"C:\a b\(c)+#1\spec.md",
            "file:///C%3A/a%20b/%28c%29%2B%231/spec.md",
            "file:///C:/a%20b/(c)+%231/spec.md",
        ),
        (
            r"\\server\share\指.md",
            "file://server/share/%E6%8C%87.md",
            "file://server/share/%e6%8c%87.md",
        ),
        // As the system answers when it is asked for a real path.
        (r"\\?\C:\a", "file:///C%3A/a", "file:///C:/a"),
        (
            r"\\?\UNC\server\share\a",
            "file://server/share/a",
            "file://server/share/a",
        ),
        (
            r"\\wsl$\Debian\a",
            "file://wsl%24/Debian/a",
            "file://wsl$/Debian/a",
        ),
    ] {
        assert_eq!(written(path, "Visual Studio Code"), vscode);
        assert_eq!(written(path, "Neovim"), neovim);
        let plain = with_slashes(path).replace('/', r"\");
        assert_eq!(windows(vscode), Some(plain.clone()));
        assert_eq!(windows(neovim), Some(plain));
    }
}

#[test]
fn what_is_no_path_of_windows_is_none() {
    for uri in [
        "file:///",
        "file:///c",
        "file:///1:/a",
        "file:///c:a",
        "file:///%",
    ] {
        assert_eq!(windows(uri), None, "{uri}");
    }
    assert_eq!(windows("file:///c:").as_deref(), Some("C:"));
    assert_eq!(windows("file:///c|/a"), None, "nobody writes so any more");
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
        from_path(&path.unwrap(), &[], Spelling::default()).as_ref(),
        "file:///a%20b/%E6%8C%87%28x%29/spec.md"
    );
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_utf8_survive() {
    let uri = Uri::from("file:///a%FFb");
    let path = to_path(&uri).unwrap();
    assert_eq!(from_path(&path, &[], Spelling::default()), uri);
}

#[cfg(unix)]
#[test]
fn files_of_a_folder_begin_as_the_client_writes_it() {
    let folder = Folder::new(Uri::from("file:///we(ird)")).unwrap();
    let inner = Folder::new(Uri::from("file:///we%28ird%29/inner/")).unwrap();
    let folders = [folder, inner];
    let uri = |path: &str| from_path(&PathBuf::from(path), &folders, Spelling::default()).0;
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

    #[test]
    fn windows_paths_come_back_from_every_spelling(
        drive in "[A-Z]:|[\\\\]{2}[a-z0-9.-]{1,8}",
        parts in proptest::collection::vec("[ !#-)+-.0-;=@-\\[\\]-{}~é指]{1,6}", 1..4),
        client in "Neovim|helix|Eglot|Zed|Code",
    ) {
        let path = format!(r"{drive}\{}", parts.join(r"\"));
        proptest::prop_assert_eq!(windows(&written(&path, &client)), Some(path));
    }
}
