//! What is answered while the workspace is read for the first time, from the documents around those that are open: that
//! state has no findings, and what is not in it is unknown. Everything that is not in this table waits for the whole.

use super::engine::Extent;

/// How a request is answered before the workspace is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Early {
    /// It waits for so much: its answer would be less than the truth before, or its edit would miss places.
    Waits(Extent),
    /// What is found is right, where nothing is found it waits.
    Finds,
    /// What is found is right, and nothing is an answer, too: it is asked at every key or move, and asked again.
    Answers,
}

/// Requests that are answered early, by the name of their file.
const EARLY: &[(&str, Early)] = &[
    // The document's own text says all of it.
    ("document_symbol", Early::Finds),
    ("folding_range", Early::Finds),
    ("selection_range", Early::Finds),
    // Colours are asked for again once the workspace is read.
    ("semantic_tokens_full", Early::Finds),
    ("semantic_tokens_range", Early::Finds),
    // Ids lead to the documents of the feature; paths, and ids of others, are known with all documents. A hover says so.
    ("hover", Early::Finds),
    ("goto_definition", Early::Finds),
    // What is found in documents stays; the client is told to ask again.
    ("diagnostic", Early::Waits(Extent::Documents)),
    // Said to be incomplete, so that the next key asks again.
    ("completion", Early::Answers),
    ("document_highlight", Early::Answers),
];

/// How a request is answered early.
#[must_use]
pub fn of(request: &str) -> Early {
    let mut early = EARLY.iter();
    let known = early.find(|(name, _)| *name == request);
    known.map_or(Early::Waits(Extent::Whole), |(_, early)| *early)
}

#[cfg(test)]
mod tests {
    use super::EARLY;

    include!(concat!(env!("OUT_DIR"), "/registered.rs"));

    macro_rules! names {
        ($([$request:ident $_name:ident])*) => { [$(stringify!($request)),*] };
    }

    #[test]
    fn every_name_is_that_of_a_request() {
        let requests = registered!(names);
        for (name, _) in EARLY {
            assert!(requests.contains(name), "{name}");
        }
    }
}
