//! Between the client's places and the engine's: a document and a position here, a file and a byte there.

use text::{FileId, LineIndex, TextRange, TextSize};
use tower_lsp::gen_lsp_types::{
    Location, LocationLink, Range, TextDocumentIdentifier, TextDocumentPositionParams, Uri,
};

use super::answer::Query;
use super::host::Snapshot;
use super::{from_proto, to_proto, uri};

impl Query<Snapshot> {
    /// The file of a document; `None` when it is not in the workspace, or its text is not known.
    #[must_use]
    pub fn file(&self, document: &TextDocumentIdentifier) -> Option<FileId> {
        let path = uri::to_path(&document.uri)?;
        if self.world.lost.contains(&path) {
            return None;
        }
        self.world.snapshot.file(&path)
    }

    /// The file and byte a client speaks of.
    #[must_use]
    pub fn at(&self, place: &TextDocumentPositionParams) -> Option<(FileId, TextSize)> {
        let path = uri::to_path(&place.text_document.uri)?;
        let file = self.world.snapshot.file(&path)?;
        let lines = self.world.lines(&path)?;
        let offset = from_proto::offset(lines, place.position, self.client.encoding);
        Some((file, offset))
    }

    /// The bytes of a range of a document.
    #[must_use]
    pub fn bytes(&self, document: &Uri, range: Range) -> Option<TextRange> {
        let lines = self.world.lines(&uri::to_path(document)?)?;
        Some(from_proto::range(lines, range, self.client.encoding))
    }

    fn is_lost(&self, file: FileId) -> bool {
        let path = self.world.snapshot.path(file);
        path.is_some_and(|path| self.world.lost.contains(&path))
    }

    /// How the client calls a file.
    #[must_use]
    pub fn uri(&self, file: FileId) -> Option<Uri> {
        Some(self.world.uri(&self.world.snapshot.path(file)?))
    }

    /// The range of some bytes of a file. The start of a file needs no lines; other places of a file that nobody read
    /// are unknown.
    #[must_use]
    pub fn range(&self, file: FileId, range: TextRange) -> Option<Range> {
        self.ranges(file, [range]).next()
    }

    /// The ranges of some places of one file, which is looked for once; those that are unknown are left out.
    pub fn ranges(
        &self,
        file: FileId,
        places: impl IntoIterator<Item = TextRange>,
    ) -> impl Iterator<Item = Range> {
        let path = self.world.snapshot.path(file);
        let path = path.filter(|path| !self.world.lost.contains(path));
        let lines = path.as_ref().map(|path| self.world.lines(path));
        places.into_iter().filter_map(move |range| match lines? {
            Some(lines) => Some(to_proto::range(lines, range, self.client.encoding)),
            None => (range == TextRange::default()).then(Range::default),
        })
    }

    /// The same, also of a file that is not kept: its text is read once more.
    #[must_use]
    pub fn range_in_text(&self, file: FileId, range: TextRange) -> Option<Range> {
        self.range(file, range).or_else(|| {
            if self.is_lost(file) {
                return None;
            }
            let lines = LineIndex::new(&self.world.snapshot.writable(file).ok()?);
            Some(to_proto::range(&lines, range, self.client.encoding))
        })
    }

    /// A place in a file.
    #[must_use]
    pub fn location(&self, file: FileId, range: TextRange) -> Option<Location> {
        self.locations_of(&[(file, range)]).pop()
    }

    /// Places in files; each file is looked for once where its places follow each other.
    #[must_use]
    pub fn locations_of(&self, places: &[(FileId, TextRange)]) -> Vec<Location> {
        let of_file = |places: &[(FileId, TextRange)]| {
            let (file, _) = *places.first()?;
            let uri = self.uri(file)?;
            let ranges = self.ranges(file, places.iter().map(|(_, range)| *range));
            let location = |range| Location {
                uri: uri.clone(),
                range,
            };
            Some(ranges.map(location).collect::<Vec<_>>())
        };
        let files = places.chunk_by(|(a, _), (b, _)| a == b);
        files.filter_map(of_file).flatten().collect()
    }

    /// Where a jump from `file` leads, with the token it starts from.
    #[must_use]
    pub fn links(&self, file: FileId, jump: &ide::Jump) -> Vec<LocationLink> {
        let origin = self.range(file, jump.origin);
        let link = |place: &ide::Place| {
            Some(LocationLink {
                origin_selection_range: origin,
                target_uri: self.uri(place.file)?,
                target_range: self.range(place.file, place.range)?,
                target_selection_range: self.range(place.file, place.focus)?,
            })
        };
        jump.places.iter().filter_map(link).collect()
    }

    /// Where a jump leads, for clients that know only locations.
    #[must_use]
    pub fn locations(&self, jump: &ide::Jump) -> Vec<Location> {
        let places = jump.places.iter().map(|place| (place.file, place.focus));
        self.locations_of(&places.collect::<Vec<_>>())
    }
}
