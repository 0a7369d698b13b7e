//! `src/{a,b}.ts` names `src/a.ts` and `src/b.ts`.

/// Paths out of one expression at most; more is a pattern, not a list.
const MAX: usize = 64;

/// Expands every `{a,b}` group; at most [`MAX`] paths, none if there would be more.
pub(super) fn expand(path: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut todo = vec![path.to_owned()];
    while let Some(next) = todo.pop() {
        let group = next
            .find('{')
            .and_then(|open| Some((open, open + next[open..].find('}')?)));
        let Some((open, close)) = group else {
            done.push(next);
            continue;
        };
        let choices: Vec<&str> = next[open + 1..close].split(',').collect();
        if done.len() + todo.len() + choices.len() > MAX {
            return Vec::new();
        }
        for choice in choices.into_iter().rev() {
            todo.push(format!("{}{choice}{}", &next[..open], &next[close + 1..]));
        }
    }
    done
}
