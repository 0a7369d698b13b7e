//! First words of an acceptance scenario, in the languages seen.

/// Words that begin a scenario's first step, in small letters.
///
/// Source: what public specs in these languages write.
pub const GIVEN: &[&str] = &[
    "given",
    "前提",
    "给定",
    "假设",
    "假如",
    "假定",
    "給定",
    "假設",
    "주어진",
    "dado",
    "dada",
    "dados",
    "dadas",
    "gegeben",
    "angenommen",
    "étant donné",
    "etant donné",
];
