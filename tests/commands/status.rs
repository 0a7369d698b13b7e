//! The bare command: what the few lines of the status say, and that they are true.

use crate::sandbox::Sandbox;

const SPEC: &str = "# Feature Specification: Parcels\n\n## Requirements\n\n- **FR-001**: The service MUST weigh a parcel.\n";

/// A feature with this task list.
fn with_tasks(tasks: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("specs/001-parcels/spec.md", SPEC);
    sandbox.write("specs/001-parcels/tasks.md", tasks);
    sandbox
}

#[test]
fn boxes_count_whatever_their_ids() {
    for (tasks, says) in [
        (
            "# Tasks\n\n- [x] T102-S1 Write the scale\n- [x] T102-S1 Test the scale\n- [ ] T102-S2 Print the label\n",
            "001-parcels: implementing, 2/3 tasks; next T102-S2 Print the label",
        ),
        (
            "# Tasks\n\n- [x] Write the scale\n- [ ] Print the label\n",
            "001-parcels: implementing, 1/2 tasks",
        ),
    ] {
        let sandbox = with_tasks(tasks);
        sandbox.commit("all");
        let out = sandbox.run(&[]).out;
        assert!(out.contains(says), "{out}");
    }
}

#[test]
fn a_list_without_ids_that_is_ticked_is_finished() {
    let sandbox = with_tasks("# Tasks\n\n- [x] Write the scale\n- [X] Print the label\n");
    sandbox.commit("all");
    let out = sandbox.run(&[]).out;
    assert!(out.contains("0 active features, 1 finished"), "{out}");
}
