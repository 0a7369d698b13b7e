#!/usr/bin/env python3
"""Mutants: how many small faults in the logic of documents, trace and rules do the tests notice?

Draws a seeded sample of the mutants that cargo-mutants lists, the same number of each crate, and runs the tests with
one of them at a time: the tests of its own crate first, then those of the rooms that use it. Builds once: every function
carries its mutants behind a switch that the environment sets, so that a mutant costs a test run and no build. Works in
a worktree of HEAD below `target/mutants`; nothing in the checkout changes. What was judged is kept in RESULTS and not
run again.

    python3 tests/mutants/run.py --seed 1 --each 100 --results first.jsonl
    python3 tests/mutants/run.py --results first.jsonl --again survived     # after new tests: what survived, once more

Needs Rust, git and `cargo install cargo-mutants`. Exit: 0 ran, 2 something did not run.
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CRATES = ["documents", "trace", "rules"]
# Rooms that use them: their tests run when those of the own crate notice nothing; those with IO last.
USERS = ["generate", "ide", "workspace", "spec-analyzer"]
FAR = {"workspace", "spec-analyzer"}
# They look at the sources, which are not ours any more.
NOT_RUN = {"house"}
VARIABLE = "SPEC_ANALYZER_MUTANT"
# Seconds a program of tests may take to be asked in the first round.
QUICK = 10
MEMORY = 6 << 30

SWITCH = """
pub(crate) mod mutant_switch {
    static ON: std::sync::LazyLock<usize> =
        std::sync::LazyLock::new(|| std::env::var("%s").ok().and_then(|n| n.parse().ok()).unwrap_or(0));
    pub(crate) fn on(n: usize) -> bool { *ON == n }
}
""" % VARIABLE


def trivial(mutant):
    """What is written for people who debug, and what no function holds."""
    function = mutant["function"]
    return function is None or re.search(r"<impl (fmt::)?(Debug|Display)\b", function["function_name"])


def draw(tree, seed, each):
    """The mutants of each crate in a random order; more than asked for, since some do not compile."""
    packages = [part for crate in CRATES for part in ("-p", crate)]
    listed = json.loads(run(["cargo", "mutants", "--list", "--json", "--no-config", *packages], tree))
    chance = random.Random(seed)
    drawn = []
    for crate in CRATES:
        logic = sorted((m for m in listed if m["package"] == crate and not trivial(m)), key=lambda m: m["name"])
        chance.shuffle(logic)
        drawn += logic[: each + each // 3]
        print(f"{crate}: {len(logic)} mutants of its logic")
    for number, mutant in enumerate(drawn, 1):
        mutant["number"] = number
    return drawn


def run(command, tree, **more):
    return subprocess.run(command, cwd=tree, check=True, stdout=subprocess.PIPE, text=True, **more).stdout


class Source:
    """One source file, its functions and the mutants in them."""

    def __init__(self, tree, name):
        self.name, self.path = name, tree / name
        self.text = self.path.read_text()
        self.lines = [0]
        for line in self.text.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)

    def span(self, span):
        return tuple(self.lines[end["line"] - 1] + end["column"] - 1 for end in (span["start"], span["end"]))

    def body(self, function):
        """Where the body of a function begins and ends, without its braces."""
        start, end = self.span(function["span"])
        name = re.escape(function["function_name"].rsplit("::", 1)[-1])
        at = next(
            found.end()
            for found in re.finditer(rf"\bfn\s+(r#)?{name}\b", self.text[start:end])
            if "//" not in self.text[start : start + found.start()].rsplit("\n", 1)[-1]
        )
        depth = 0
        for place in range(start + at, end):
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(self.text[place], 0)
            if self.text[place] == "{" and depth == 0:
                return place + 1, end - 1
        raise ValueError(f"no body: {self.name} {function}")

    def is_const(self, function):
        start, _ = self.span(function["span"])
        return re.search(r"\bconst\s+fn\b", self.text[start : self.body(function)[0]]) is not None

    def mutated(self, mutant):
        """The body of the function with the mutant in it."""
        start, end = self.body(mutant["function"])
        cut, to = self.span(mutant["span"])
        return self.text[start:cut] + mutant["replacement"] + self.text[to:end]

    def weave(self, mutants):
        """The file with all mutants behind the switch, and the lines each of them stands on."""
        by_body = {}
        for mutant in mutants:
            by_body.setdefault(self.body(mutant["function"]), []).append(mutant)
        text = self.weave_range(0, len(self.text), by_body)
        where, line, open_ = {}, 1, None
        for content in text.split("\n"):
            if found := re.search(r"/\*mutant (\d+)\*/", content):
                open_ = int(found[1])
            if "/*no mutant*/" in content:
                open_ = None
            where[line] = open_
            line += 1
        return text, where

    def weave_range(self, start, end, by_body):
        out, at = [], start
        for (first, last), mutants in sorted(by_body.items(), key=lambda body: (body[0][0], -body[0][1])):
            if first < at or last > end:
                continue  # in a function that holds this one, or outside
            inner = {body: own for body, own in by_body.items() if body != (first, last)}
            out.append(self.text[at:first])
            for mutant in mutants:
                number = mutant["number"]
                out.append(f"\n/*mutant {number}*/ if crate::mutant_switch::on({number}) {{ {self.mutated(mutant)}\n}} else \n")
            out.append(f"/*no mutant*/ {{ {self.weave_range(first, last, inner)}\n}}\n")
            at = last
        out.append(self.text[at:end])
        return "".join(out)

    def restore(self):
        self.path.write_text(self.text)


class House:
    """A worktree of HEAD that may be changed, and its builds."""

    def __init__(self, tree):
        self.tree = tree
        if not tree.exists():
            run(["git", "worktree", "add", "--quiet", "--detach", str(tree), "HEAD"], REPOSITORY)
        run(["git", "checkout", "--quiet", "--force", "--detach", run(["git", "rev-parse", "HEAD"], REPOSITORY).strip()], tree)
        self.environment = dict(os.environ, SPEC_ANALYZER_CACHE="off")
        self.environment.setdefault("CARGO_TARGET_DIR", str(tree.parent / "build"))

    def cargo(self, *arguments):
        """Messages of the compiler, and whether it was content."""
        done = subprocess.run(
            ["cargo", *arguments, "--message-format=json"],
            cwd=self.tree,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.returncode == 0

    def errors(self, package):
        messages, fine = self.cargo("check", "-p", package, "--lib")
        found = [
            message["message"]
            for message in messages
            if message["reason"] == "compiler-message" and message["message"]["level"] == "error"
        ]
        return [] if fine else found

    def weave(self, mutants):
        """Weaves all that compile. Says which do not (`unviable`), and which only do by themselves (`alone`)."""
        sources = {name: Source(self.tree, name) for name in sorted({m["file"] for m in mutants})}
        unviable, alone = set(), {m["number"] for m in mutants if sources[m["file"]].is_const(m["function"])}
        for crate in CRATES:
            library = self.tree / "server" / crate / "src" / "lib.rs"
            plain = library.read_text()
            while True:
                library.write_text(plain)
                lines = {}
                for name, source in sources.items():
                    own = [m for m in mutants if m["file"] == name and m["package"] == crate]
                    own = [m for m in own if m["number"] not in unviable | alone]
                    if own:
                        woven, lines[name] = source.weave(own)
                        source.path.write_text(woven)
                    elif name.startswith(f"server/{crate}/"):
                        source.restore()
                with library.open("a") as file:
                    file.write(SWITCH)
                errors = self.errors(crate)
                if not errors:
                    break
                bad = self.blamed(errors, lines, mutants)
                if not bad:
                    sys.exit("\n".join(e["rendered"] for e in errors[:5]))
                for number in bad:
                    mutant = next(m for m in mutants if m["number"] == number)
                    hidden = "impl " in mutant["function"]["return_type"]
                    (alone if hidden else unviable).add(number)
                print(f"{crate}: {len(bad)} do not compile", flush=True)
        return sources, unviable, alone

    @staticmethod
    def blamed(errors, lines, mutants):
        bad = set()
        for error in errors:
            own = {
                lines.get(span["file_name"], {}).get(line)
                for span in error["spans"]
                for line in (span["line_start"], span["line_end"])
            } - {None}
            if not own:
                # The fault shows only where several meet: nobody in these functions is woven.
                for span in error["spans"]:
                    numbers = [n for n in lines.get(span["file_name"], {}).items() if n[1]]
                    near = max((n for n in numbers if n[0] < span["line_start"]), default=None)
                    own |= {near[1]} if near else set()
            bad |= own
        return bad

    def tests(self, packages):
        """The test programs of these packages: (package, name, program, directory)."""
        messages, fine = self.cargo("test", "--no-run", *[part for package in packages for part in ("-p", package)])
        if not fine:
            return None
        found = []
        for message in messages:
            if message["reason"] == "compiler-artifact" and message["executable"] and message["profile"]["test"]:
                directory = Path(message["manifest_path"]).parent
                name = message["target"]["name"]
                if name not in NOT_RUN:
                    found.append((directory.name if directory.name != "app" else "spec-analyzer", name, message["executable"], directory))
        return sorted(found)

    def tidy(self):
        """Property tests write down what failed and would try it first on the next mutant."""
        run(["git", "clean", "-fdq", "--", "server", "tests", "grammar"], self.tree)
        run(["git", "checkout", "-q", "--", "*proptest-regressions*"], self.tree)

    def test(self, test, number, seconds, only=()):
        """`None` if the program is content, else what was noticed."""
        _, name, program, directory = test
        environment = dict(self.environment, CARGO_MANIFEST_DIR=str(directory), **{VARIABLE: str(number)})
        try:
            done = subprocess.run(
                [program, "-q", *only],
                cwd=directory,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=seconds,
                text=True,
                errors="replace",
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
            )
        except subprocess.TimeoutExpired:
            return f"{name}: no end"
        if done.returncode == 0:
            return None
        failed = re.findall(r"^    (\S+)$", done.stdout, re.M)
        return f"{name}: {failed[-1] if failed else 'crash'}"


def judge(house, mutant, number, tests, times):
    """What these programs notice, those of the mutant's own crate asked first, then the quick ones."""
    users = [*CRATES[CRATES.index(mutant["package"]) :], *USERS]
    order = [t for t in tests if t[0] in users]
    order.sort(key=lambda t: (t[0] != mutant["package"], times[t[:2]]))
    # What is named like the file is asked alone first.
    likely = [part for part in Path(mutant["file"]).with_suffix("").parts[3:] if part != "rules"]
    asked = [(t, likely) for t in order if t[:2] == ("rules", "rules")] if mutant["package"] == "rules" and likely else []
    for test, only in [*asked, *((test, ()) for test in order)]:
        if noticed := house.test(test, number, max(30, 8 * times[test[:2]]), only):
            house.tidy()
            return {"verdict": "caught", "by": f"{test[0]} {noticed}"}
    return {"verdict": "survived"}


def judge_alone(house, source, mutant, packages, times):
    """What cannot stand beside the original in one program: in its place, with a build of its own."""
    plain = source.path.read_text()
    start, end = source.span(mutant["span"])
    text = source.text[:start] + mutant["replacement"] + source.text[end:]
    source.path.write_text(text + (SWITCH if source.path.name == "lib.rs" else ""))
    try:
        if house.errors(mutant["package"]):
            return {"verdict": "unviable"}
        own = [t for t in house.tests([mutant["package"]]) if t[:2] in times]
        result = judge(house, mutant, 0, own, times)
        if result["verdict"] == "survived":
            rest = [t for t in house.tests(packages) if t[:2] in times and t not in own]
            result = judge(house, mutant, 0, rest, times)
        return result
    finally:
        source.path.write_text(plain)


def judge_all(house, chosen, sources, alone, packages, results, times=None):
    """Judges every mutant of `chosen` that `results` does not know, and writes it there."""
    known = {}
    if results.exists():
        known = {kept["name"]: kept for kept in map(json.loads, results.read_text().splitlines())}
    tests = house.tests(packages)
    if tests is None:
        sys.exit("the tests do not build")
    times = {} if times is None else times
    for test in [t for t in tests if t[:2] not in times]:
        began = time.time()
        failed = house.test(test, 0, 900)
        times[test[:2]] = time.time() - began
        if failed:
            print(f"not run, it fails without a mutant: {test[0]} {failed}")
            tests.remove(test)
            del times[test[:2]]
    print(f"{len(tests)} test programs, {sum(times.values()):.0f} s", flush=True)
    quick = [t for t in tests if times[t[:2]] < QUICK]

    def tell(mutant, result, began):
        seconds = round(time.time() - began, 1)
        print(f"{result['verdict']:9} {mutant['name']}  [{result.get('by', '')}] {seconds} s", flush=True)
        function = mutant["function"]["function_name"]
        result = {"name": mutant["name"], "crate": mutant["package"], **result, "function": function, "diff": mutant["diff"]}
        known[mutant["name"]] = result
        with results.open("a") as file:
            file.write(json.dumps(result) + "\n")

    quiet = []
    for mutant in chosen:
        if mutant["number"] in alone or mutant["name"] in known:
            continue
        began = time.time()
        result = judge(house, mutant, mutant["number"], quick, times)
        if result["verdict"] == "survived":
            quiet.append(mutant)
            print(f"quiet     {mutant['name']}", flush=True)
        else:
            tell(mutant, result, began)
    for mutant in quiet:
        began = time.time()
        tell(mutant, judge(house, mutant, mutant["number"], [t for t in tests if t not in quick], times), began)
    for mutant in chosen:
        if mutant["number"] in alone and mutant["name"] not in known:
            began = time.time()
            tell(mutant, judge_alone(house, sources[mutant["file"]], mutant, packages, times), began)

    print("crate / drawn / caught / survived")
    for crate in CRATES:
        count = Counter(known[m["name"]]["verdict"] for m in chosen if m["package"] == crate)
        print(f"{crate} / {count['caught'] + count['survived']} / {count['caught']} / {count['survived']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=100, help="mutants of each crate that compile")
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--again", help="verdict: only what has it in RESULTS, found again by function and text")
    parser.add_argument("--near", action="store_true", help="only the tests of rooms without IO")
    arguments = parser.parse_args()

    house = House(REPOSITORY / "target" / "mutants" / "tree")
    results = arguments.results
    if arguments.again:
        kept = [json.loads(line) for line in results.read_text().splitlines()]
        mutants = find_again(house.tree, [k for k in kept if k["verdict"] == arguments.again])
        results = results.with_suffix(f".{arguments.again}.jsonl")
        results.unlink(missing_ok=True)
    else:
        mutants = draw(house.tree, arguments.seed, arguments.each)
    sources, unviable, alone = house.weave(mutants)
    print(f"{len(unviable)} do not compile, {len(alone)} are built by themselves", flush=True)
    chosen = []
    for crate in CRATES:
        own = [m for m in mutants if m["package"] == crate and m["number"] not in unviable]
        chosen += own[: None if arguments.again else arguments.each]
    packages = [room for room in [*CRATES, *USERS] if not (arguments.near and room in FAR)]
    judge_all(house, chosen, sources, alone, packages, results)


def find_again(tree, wanted):
    """The same mutants after the sources around them moved: same file, function and changed line, in order."""
    packages = [part for crate in CRATES for part in ("-p", crate)]
    listed = json.loads(run(["cargo", "mutants", "--list", "--json", "--no-config", *packages], tree))

    def key(name, function, diff):
        changed = "".join(line for line in diff.split("\n")[2:] if line[:1] in "+-")
        return name.split(":", 1)[0], function, changed

    found = []
    for want in wanted:
        same = [m for m in listed if m["function"] and key(m["name"], m["function"]["function_name"], m["diff"]) == key(want["name"], want["function"], want["diff"])]
        if same:
            found.append(dict(same[0]))
        else:
            print(f"gone: {want['name']}")
    for number, mutant in enumerate(found, 1):
        mutant["number"] = number
    return found


if __name__ == "__main__":
    main()
