//! What the modules of `src/` import from each other. A module and its children may use each other; siblings, each with all
//! that it contains, may not: so they can be read in an order.

use std::collections::{BTreeMap, BTreeSet};

/// A path as it is written, by segments: `["super", "convert", "range"]`.
type Path = Vec<String>;

/// A module by the segments of its path below the crate.
type Module = Vec<String>;

#[derive(Default)]
struct Imports {
    /// What its `use` declarations bind, by name.
    bindings: BTreeMap<String, Path>,
    /// All paths in it, those of `use` declarations too.
    paths: Vec<Path>,
}

/// The import cycles between siblings, one for each parent: `server: lenses → session → lenses`. Sources come as path and
/// code without comments.
pub(super) fn cycles(sources: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let modules: BTreeMap<Module, Imports> =
        sources.filter_map(|(path, code)| Some((module(&path)?, imports(&code)))).collect();
    let mut siblings: BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (user, imports) in &modules {
        for used in imports.paths.iter().filter_map(|path| resolve(&modules, user, path, 0)) {
            let common = user.iter().zip(&used).take_while(|(a, b)| a == b).count();
            // One of them contains the other if nothing is left.
            if let (Some(from), Some(to)) = (user.get(common), used.get(common)) {
                let parent = siblings.entry(user[..common].to_vec()).or_default();
                parent.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    let named = |parent: &Module| if parent.is_empty() { "src".to_owned() } else { parent.join("::") };
    let found = siblings.iter().filter_map(|(parent, uses)| Some((parent, cycle(uses)?)));
    found.map(|(parent, cycle)| format!("{}: {}", named(parent), cycle.join(" → "))).collect()
}

/// The module of a file; none of tests and of the crate's roots.
fn module(path: &str) -> Option<Module> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let module: Module = inside.split('/').map(str::to_owned).collect();
    (!module.iter().any(|name| name == "tests") && inside != "lib" && inside != "main").then_some(module)
}

fn imports(code: &str) -> Imports {
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let (mut imports, mut rest) = (Imports::default(), String::new());
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let declared = line.trim_start();
        let is_visible = declared.starts_with("pub") && declared.contains(" use ");
        if !declared.starts_with("use ") && !is_visible {
            rest += &format!("{line}\n");
            continue;
        }
        let mut declaration = declared.split_once("use ").map_or(declared, |(_, tree)| tree).to_owned();
        while !declaration.contains(';') {
            let Some(line) = lines.next() else { break };
            declaration += line;
        }
        for (path, name) in paths(declaration.trim_end().trim_end_matches(';')) {
            imports.paths.push(path.clone());
            imports.bindings.insert(name, path);
        }
    }
    for root in ["crate::", "super::", "self::"] {
        let starts = rest.match_indices(root).filter(|(at, _)| !rest[..*at].ends_with(is_path));
        imports.paths.extend(starts.map(|(at, _)| segments(rest[at..].split(|char| !is_path(char)).next().unwrap())));
    }
    imports
}

fn is_path(char: char) -> bool {
    char.is_alphanumeric() || char == '_' || char == ':'
}

fn segments(path: &str) -> Path {
    path.split("::").map(|segment| segment.trim().to_owned()).filter(|segment| !segment.is_empty()).collect()
}

/// The paths of a tree of imports, each with the name that it binds.
fn paths(tree: &str) -> Vec<(Path, String)> {
    let Some((prefix, group)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut path = segments(path);
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = if alias.is_empty() { path.last().cloned().unwrap_or_default() } else { alias.trim().to_owned() };
        return vec![(path, name)];
    };
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for char in group.trim_end().trim_end_matches('}').chars() {
        depth += i32::from(char == '{') - i32::from(char == '}');
        match char {
            ',' if depth == 0 => parts.push(String::new()),
            char => parts.last_mut().unwrap().push(char),
        }
    }
    // The last brace of all closes this group; those of inner groups were taken with it.
    let closed = |part: &String| part.clone() + &"}".repeat(part.matches('{').count() - part.matches('}').count());
    parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .flat_map(|part| paths(&(prefix.to_owned() + closed(part).trim())))
        .collect()
}

/// The module in which a path ends, through `use` declarations on the way; none of other crates.
fn resolve(modules: &BTreeMap<Module, Imports>, user: &Module, path: &Path, depth: usize) -> Option<Module> {
    let mut segments = path.iter().peekable();
    let mut at = match segments.peek()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => user.clone(),
        child if modules.contains_key(&[user.clone(), vec![child.to_owned()]].concat()) => user.clone(),
        _ => return None,
    };
    for segment in segments {
        let child = [at.clone(), vec![segment.clone()]].concat();
        let binding = modules.get(&at).and_then(|imports| imports.bindings.get(segment));
        match (segment.as_str(), binding) {
            ("crate" | "self", _) => {}
            ("super", _) => drop(at.pop()),
            _ if modules.contains_key(&child) => at = child,
            (_, Some(path)) if depth < 8 => at = resolve(modules, &at, path, depth + 1)?,
            // An item of this module.
            _ => return Some(at),
        }
    }
    Some(at)
}

/// A way through a graph that ends where it starts.
fn cycle(uses: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut left: BTreeMap<&String, BTreeSet<&String>> =
        uses.iter().map(|(user, used)| (user, used.iter().collect())).collect();
    // What uses nothing that is left is in no cycle.
    loop {
        let names: BTreeSet<&String> = left.keys().copied().collect();
        left.values_mut().for_each(|used| used.retain(|name| names.contains(name)));
        let before = left.len();
        left.retain(|_, used| !used.is_empty());
        if left.len() == before {
            break;
        }
    }
    let mut way = vec![*left.keys().next()?];
    loop {
        let next = *left[way.last()?].first()?;
        if let Some(start) = way.iter().position(|name| *name == next) {
            return Some(way[start..].iter().chain([&next]).map(|name| (*name).clone()).collect());
        }
        way.push(next);
    }
}
