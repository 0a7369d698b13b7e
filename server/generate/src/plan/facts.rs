//! What is known when a plan is written: which services change, what is kept, which tests there are.

use documents::{DocumentKind, Item, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::FileId;
use trace::{Feature, FeatureDocument, Graph, Resolution, Service, ServiceId};

use super::Known;
use super::words::Tongue;

/// Facts of one feature.
pub(super) struct Facts<'a> {
    pub(super) graph: &'a Graph,
    pub(super) feature: &'a Feature,
    /// The document that says what is wanted.
    pub(super) spec: &'a FeatureDocument,
    /// All documents that do.
    pub(super) wants: Vec<&'a FeatureDocument>,
    pub(super) known: &'a Known<'a>,
    pub(super) tongue: Tongue,
    /// Services that change for sure, by name and path.
    pub(super) changed: Vec<ServiceId>,
    /// Where nothing tells which: those it may be.
    pub(super) candidates: Vec<ServiceId>,
    /// Sources that the documents name and that are there.
    pub(super) named: Vec<FileId>,
    /// Where migrations of the schema stand, from the root.
    pub(super) migrations: Option<String>,
    /// Databases, as people call them, with the versions of their images.
    pub(super) stores: Vec<String>,
}

/// Packages that show which database is used.
const DRIVERS: &[(&str, &str)] = &[
    ("pg", "PostgreSQL"),
    ("postgres", "PostgreSQL"),
    ("asyncpg", "PostgreSQL"),
    ("psycopg", "PostgreSQL"),
    ("psycopg2", "PostgreSQL"),
    ("psycopg2-binary", "PostgreSQL"),
    ("github.com/jackc/pgx", "PostgreSQL"),
    ("github.com/lib/pq", "PostgreSQL"),
    ("npgsql", "PostgreSQL"),
    ("npgsql.entityframeworkcore.postgresql", "PostgreSQL"),
    ("postgresql", "PostgreSQL"),
    ("mysql2", "MySQL"),
    ("pymysql", "MySQL"),
    ("mysql-connector-j", "MySQL"),
    ("mongoose", "MongoDB"),
    ("mongodb", "MongoDB"),
    ("pymongo", "MongoDB"),
    ("motor", "MongoDB"),
    ("sqlite3", "SQLite"),
    ("better-sqlite3", "SQLite"),
    ("rusqlite", "SQLite"),
    ("aiosqlite", "SQLite"),
    ("github.com/mattn/go-sqlite3", "SQLite"),
    ("modernc.org/sqlite", "SQLite"),
    ("microsoft.entityframeworkcore.sqlite", "SQLite"),
    ("microsoft.entityframeworkcore.sqlserver", "SQL Server"),
    ("go.etcd.io/bbolt", "bbolt"),
    ("@prisma/client", "Prisma"),
    ("drizzle-orm", "Drizzle"),
    ("typeorm", "TypeORM"),
    ("sqlalchemy", "SQLAlchemy"),
    ("gorm.io/gorm", "GORM"),
    ("sqlx", "SQLx"),
    ("diesel", "Diesel"),
];

/// Images of databases.
const IMAGES: &[(&str, &str)] = &[
    ("postgres", "PostgreSQL"),
    ("postgis", "PostgreSQL"),
    ("pgvector", "PostgreSQL"),
    ("mysql", "MySQL"),
    ("mariadb", "MariaDB"),
    ("mongo", "MongoDB"),
    ("redis", "Redis"),
    ("valkey", "Valkey"),
    ("clickhouse-server", "ClickHouse"),
    ("cassandra", "Cassandra"),
];

impl<'a> Facts<'a> {
    pub(super) fn of(
        graph: &'a Graph,
        feature: &'a Feature,
        spec: &'a FeatureDocument,
        known: &'a Known<'a>,
    ) -> Self {
        let wants = feature.documents.iter();
        let wants: Vec<&FeatureDocument> = wants
            .filter(|it| it.kind.is_spec() || it.kind == DocumentKind::OpenSpecProposal)
            .collect();
        let mut facts = Self {
            graph,
            feature,
            spec,
            tongue: Tongue::of(&spec.doc.text),
            wants,
            known,
            changed: Vec::new(),
            candidates: Vec::new(),
            named: Vec::new(),
            migrations: None,
            stores: Vec::new(),
        };
        facts.named = facts.named_files();
        facts.find_changed();
        facts.migrations = facts.find_migrations();
        facts.stores = facts.find_stores();
        facts
    }

    /// The other features of the project, the newest first.
    pub(super) fn others(&self) -> impl Iterator<Item = &'a Feature> + use<'a> {
        let all = self.graph.features().iter().map(AsRef::as_ref);
        let mut others: Vec<&Feature> = all
            .filter(|it: &&Feature| {
                it.project.id == self.feature.project.id && it.id != self.feature.id
            })
            .collect();
        others.sort_by_key(|it| (std::cmp::Reverse(it.number), it.name.clone()));
        others.into_iter()
    }

    pub(super) fn service(&self, id: ServiceId) -> Option<&'a Service> {
        self.known.services.get(id)
    }

    /// What a service is called, as code.
    pub(super) fn name(&self, id: ServiceId) -> String {
        self.service(id)
            .map_or_else(String::new, |service| format!("`{}`", service.name))
    }

    pub(super) fn names(&self, ids: &[ServiceId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.name(*id)).collect();
        names.join(self.tongue.comma())
    }

    /// Items of the documents that say what is wanted.
    pub(super) fn items(&self, kind: ItemKind) -> Vec<(&'a FeatureDocument, u32, &'a Item)> {
        let documents = self.wants.iter().copied();
        let items = documents.flat_map(|document| {
            let items = document.facts().items_of(kind);
            items.map(move |(at, item)| (document, at, item))
        });
        // What the template left in is nobody's.
        items
            .filter(|(document, _, item)| {
                let mut left = document.facts().placeholders.iter();
                let head = item.id_range.cover(item.title_range);
                !left.any(|it| head.intersect(it.range).is_some())
            })
            .collect()
    }

    /// The feature's name as its spec has it.
    pub(super) fn title(&self) -> String {
        let mut sections = self.spec.facts().sections.iter();
        let first = sections.find(|section| section.level == 1);
        let title = first.map_or("", |section| section.title.as_str());
        let name = title
            .split_once([':', '：'])
            .map_or(title, |(_, name)| name);
        let general = [
            "requirements document",
            "requirements",
            "proposal",
            "bugfix requirements document",
            "要件定義書",
            "要件",
            "需求文档",
        ];
        let name = name.trim();
        if name.is_empty() || name.contains('[') || general.contains(&name.to_lowercase().as_str())
        {
            self.feature.name.replace(['-', '_'], " ")
        } else {
            name.to_owned()
        }
    }

    fn named_files(&self) -> Vec<FileId> {
        let mut files: Vec<FileId> = Vec::new();
        let wanted: Vec<FileId> = self.wants.iter().map(|it| it.file).collect();
        for link in self
            .feature
            .paths
            .iter()
            .filter(|link| wanted.contains(&link.file))
        {
            if let Resolution::File(file) = link.resolution
                && code::is_source_path(self.graph.inputs().tree.path_str(file))
                && !files.contains(&file)
            {
                files.push(file);
            }
        }
        for document in &self.wants {
            for span in &document.facts().code_spans {
                for symbol in self.graph.symbols_of_span(&[], &span.text) {
                    if !files.contains(&symbol.file) {
                        files.push(symbol.file);
                    }
                }
            }
        }
        files
    }

    fn find_changed(&mut self) {
        let tree = &self.graph.inputs().tree;
        let services = self.known.services;
        let real = |id: &ServiceId| services.get(*id).is_some_and(|it| !it.is_rest);
        let mut changed: Vec<ServiceId> = Vec::new();
        for file in &self.named {
            if let Some((root, path)) = tree.path(*file) {
                changed.extend(services.of_path(root, path).filter(real));
            }
        }
        for (id, service) in (0..).zip(&services.all) {
            if !service.is_rest && self.is_spoken_of(service) {
                changed.push(id);
            }
        }
        changed.sort_unstable();
        changed.dedup();
        if changed.is_empty() {
            let project = self.feature.project.path.as_str();
            let root = self.feature.root;
            let below = |service: &Service| {
                service.root == root
                    && (project.is_empty()
                        || service.path == project
                        || service
                            .path
                            .strip_prefix(project)
                            .is_some_and(|rest| rest.starts_with('/')))
            };
            let all = (0..).zip(&services.all);
            let own: Vec<ServiceId> = all
                .filter(|(_, service)| below(service) && !service.is_rest)
                .map(|(id, _)| id)
                .collect();
            match own.as_slice() {
                [] => changed.extend(services.of_path(root, project)),
                [one] => changed.push(*one),
                _ => self.candidates = own,
            }
        }
        self.changed = changed;
    }

    /// Whether the documents name a service: as code, or by a name that is no word.
    fn is_spoken_of(&self, service: &Service) -> bool {
        let name = service.name.as_str();
        let telling = name.len() > 3 && name.contains(['-', '_'])
            || matches!(name.to_ascii_lowercase().as_str(), "frontend" | "backend");
        let directory = service.path.as_str();
        self.wants.iter().any(|document| {
            let text = &document.doc.text;
            text.contains(&format!("`{name}`"))
                || !directory.is_empty()
                    && (text.contains(&format!("`{directory}`"))
                        || text.contains(&format!("`{directory}/")))
                || telling && holds_word(text, name)
        })
    }

    fn find_migrations(&self) -> Option<String> {
        let tree = &self.graph.inputs().tree;
        let below = tree.below(self.feature.root, &self.feature.project.path);
        let mut found: Vec<&str> = below
            .filter_map(|(_, path)| {
                let at = path.find("/migrations/").map(|at| at + 11);
                let at = at.or_else(|| path.find("/db/migrate/").map(|at| at + 11));
                let at = at.or_else(|| path.find("alembic/versions/").map(|at| at + 16));
                let at = at.or_else(|| path.starts_with("migrations/").then_some(10));
                let directory = &path[..at?];
                let sample = ["test", "fixture", "example", "specs/", "node_modules"];
                (!sample.iter().any(|word| directory.contains(word))).then_some(directory)
            })
            .collect();
        found.sort_unstable();
        // The one with most files is in use.
        let mut best: Option<(usize, &str)> = None;
        let mut rest = found.as_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|it| *it == first).count();
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, first));
            }
            rest = &rest[count..];
        }
        best.map(|(_, directory)| directory.to_owned())
    }

    fn find_stores(&self) -> Vec<String> {
        let mut stores: Vec<String> = Vec::new();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for image in &self.known.services.images {
            let last = image.image.rsplit('/').next().unwrap_or_default();
            let (name, version) = last.split_once(':').unwrap_or((last, ""));
            if let Some((_, store)) = IMAGES.iter().find(|(known, _)| *known == name)
                && image.root == self.feature.root
                && seen.insert(store)
            {
                let number = version.split(['-', '@']).next().unwrap_or_default();
                let plain = number.starts_with(|c: char| c.is_ascii_digit());
                stores.push(if plain {
                    format!("{store} {number}")
                } else {
                    (*store).to_owned()
                });
            }
        }
        for (_, manifest) in self.manifests() {
            for dependency in &manifest.dependencies {
                let name = dependency.name.text.to_lowercase();
                let known = DRIVERS.iter().find(|(known, _)| {
                    *known == name
                        || name
                            .strip_prefix(known)
                            .is_some_and(|rest| rest.starts_with("/v"))
                });
                if let Some((_, store)) = known
                    && matches!(
                        dependency.scope,
                        code::Scope::Runtime | code::Scope::Workspace
                    )
                    && seen.insert(store)
                {
                    stores.push((*store).to_owned());
                }
            }
        }
        stores
    }

    /// Manifests of the services that change, of all that may where that is not known; by path.
    pub(super) fn manifests(&self) -> Vec<(&'a SmolStr, &'a code::Manifest)> {
        let ids = if self.changed.is_empty() {
            &self.candidates
        } else {
            &self.changed
        };
        let files: Vec<FileId> = ids
            .iter()
            .filter_map(|id| self.service(*id))
            .flat_map(|service| service.manifests.iter().copied())
            .collect();
        let mut found: Vec<(&SmolStr, &code::Manifest)> = self
            .known
            .manifests
            .iter()
            .filter(|(file, _)| files.contains(file))
            .filter_map(|(file, manifest)| {
                Some((self.graph.inputs().tree.path(*file)?.1, manifest))
            })
            .collect();
        found.sort_unstable_by_key(|(path, _)| *path);
        found
    }
}

/// Whether a text has a name as a word.
fn holds_word(text: &str, name: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let lower = text.to_lowercase();
    let name = name.to_lowercase();
    lower.match_indices(&name).any(|(at, _)| {
        !lower[..at].ends_with(inside) && !lower[at + name.len()..].starts_with(inside)
    })
}
