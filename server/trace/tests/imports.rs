//! What sources import of their own folder.

use fixture::Fixture;

#[track_caller]
fn check(workspace: &str, path: &str, expected: &[&str]) {
    let fixture = Fixture::parse(workspace);
    let found = fixture.graph.imports_of(fixture.file(path));
    assert_eq!(found, expected);
}

#[test]
fn files_are_told_from_what_is_not_here() {
    check(
        "//- /web/page.ts\nimport { load } from \"./store\";\nimport fs from \"node:fs\";\nimport { gone } from \"./gone\";\n//- /web/store.ts\nexport function load() {}\n",
        "web/page.ts",
        &["web/store.ts"],
    );
}

#[test]
fn a_name_may_be_a_module() {
    check(
        "//- /app/api.py\nfrom .models import parcel, locker\nfrom .models.parcel import Parcel\n//- /app/models/parcel.py\nclass Parcel: pass\n//- /app/models/locker.py\nclass Locker: pass\n",
        "app/api.py",
        &["app/models/parcel.py", "app/models/locker.py"],
    );
}

#[test]
fn a_package_of_go_is_its_directory() {
    check(
        "//- /go.mod\nmodule example.org/parcels\n//- /internal/api/api.go\npackage api\n\nimport (\n\t\"net/http\"\n\n\t\"example.org/parcels/internal/store\"\n)\n//- /internal/store/store.go\npackage store\n",
        "internal/api/api.go",
        &["internal/store/"],
    );
}
