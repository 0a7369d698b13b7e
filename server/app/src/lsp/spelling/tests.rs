use proptest::prelude::*;

use super::{STYLES, Spelling};

#[test]
fn a_client_is_known_by_its_name_or_by_what_it_wrote() {
    let path = "/a/指 (b)".as_bytes();
    assert_eq!(
        Spelling::of_client("?").write(path),
        "/a/%E6%8C%87%20%28b%29"
    );
    let neovim = Spelling::of_client("Neovim");
    assert_eq!(neovim.write(path), "/a/%e6%8c%87%20(b)");
    let learned = Spelling::default().learned("file:///a/%e6%8c%87%20(b)", path);
    assert_eq!(learned.write(path), neovim.write(path));
    // Few write in lower case.
    let learned_upper = Spelling::default().learned("file:///a%20(b)", b"/a (b)");
    assert_eq!(learned_upper.write("é".as_bytes()), "%C3%A9");
    // What nobody writes, or everybody, teaches nothing.
    for (uri, path) in [("file:///a/指 (b)", path), ("file:///plain", b"/plain")] {
        let learned = learned.learned(uri, path);
        assert_eq!(learned.write(b"/+("), neovim.write(b"/+("), "{uri}");
    }
}

proptest! {
    #[test]
    fn every_way_of_writing_is_read_as_the_same_path(path in "/[ -~é指]{1,12}") {
        for style in &STYLES {
            let written = style.write(path.as_bytes());
            let read: Vec<u8> = percent_encoding::percent_decode_str(&written).collect();
            prop_assert_eq!(read, path.as_bytes());
            prop_assert!(!written.contains(['#', '?', ' ']) && written.is_ascii());
        }
    }
}
