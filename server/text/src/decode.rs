/// Bytes read as text, with every offset kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// As long as the bytes were; each invalid byte is one `?`.
    pub text: String,
    /// How many bytes were not UTF-8.
    pub invalid: usize,
}

/// Reads bytes as UTF-8. Each invalid byte becomes one `?`, so offsets into the text are offsets into the file.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let mut bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, invalid: 0 },
        Err(error) => error.into_bytes(),
    };
    let mut invalid = 0;
    let mut from = 0;
    while let Err(error) = std::str::from_utf8(&bytes[from..]) {
        let start = from + error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |len| start + len);
        bytes[start..end].fill(b'?');
        invalid += end - start;
        from = end;
    }
    // The loop left only valid UTF-8, so nothing is replaced here.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Decoded { text, invalid }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn each_invalid_byte_becomes_one_question_mark() {
        let decoded = decode(b"a\xff\xe3\x81b\xe3\x81\x82".to_vec());
        assert_eq!(decoded.text, "a???bあ");
        assert_eq!(decoded.invalid, 3);
    }

    proptest::proptest! {
        #[test]
        fn length_is_kept(bytes: Vec<u8>) {
            let len = bytes.len();
            proptest::prop_assert_eq!(decode(bytes).text.len(), len);
        }

        #[test]
        fn valid_text_is_untouched(text: String) {
            let decoded = decode(text.clone().into_bytes());
            proptest::prop_assert_eq!(decoded.text, text);
            proptest::prop_assert_eq!(decoded.invalid, 0);
        }
    }
}
