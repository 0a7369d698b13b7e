/// A file of the workspace. Opaque: the path lives in `trace`'s file table, so that pure rooms never see one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);
