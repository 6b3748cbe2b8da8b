//! The keys that the vocabulary has for one object: what an unknown key of it may have been meant to be.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::source::model::AuthEntry;
use crate::spec::spelling::Dictionary;
use crate::spec::{Entry, SpecKind};
use crate::syntax::Node;

/// What the vocabulary has for one object.
pub(crate) struct KnownKeys {
    /// The keys that the object may still get.
    free: Vec<&'static str>,
    spellings: Dictionary,
    longer: LongerKeys,
    /// The keys that specs of other kinds have in this object, once they are needed.
    of_other_kinds: OnceCell<HashSet<&'static str>>,
    /// The keys that hold a JSON Schema, with the keys of such a schema.
    schemas: Vec<(&'static str, Vec<&'static str>)>,
    /// The keys that the object has under a deprecated or misspelled name.
    under_other_names: HashSet<&'static str>,
}

impl KnownKeys {
    pub(crate) fn of(entry: &Entry, object: Node<'_>) -> Self {
        let free: Vec<&'static str> = entry
            .keys()
            .into_iter()
            .filter(|known| object.get(known).is_none() && !entry.key(known, None).is_deprecated())
            .collect();
        let (spellings, longer) = (Dictionary::new(&free), LongerKeys::new(&free));
        let closest = |name: &str| spellings.closest_position(name).map(|position| free[position]);
        let schema = |key: &'static str| {
            let value = entry.key(key, None);
            value.is_embedded_schema().then(|| (key, value.keys()))
        };
        let under_other_name = |name: &str, value| {
            let entry = entry.key(name, Some(value));
            entry.replaced_by().or_else(|| entry.is_empty().then(|| closest(name).or_else(|| longer.only(name)))?)
        };
        let under_other_names = object
            .members()
            .filter_map(|member| under_other_name(&member.key.string().unwrap_or_default(), member.value))
            .collect();
        KnownKeys {
            of_other_kinds: OnceCell::new(),
            schemas: entry.keys().into_iter().filter_map(schema).collect(),
            under_other_names,
            spellings,
            longer,
            free,
        }
    }

    /// The key that is most likely meant: a similar one that is not set.
    pub(crate) fn meant(&self, key: &str) -> Option<&'static str> {
        let similar = self.spellings.closest_position(key).map(|position| self.free[position]);
        similar.or_else(|| self.longer.only(key))
    }

    /// Whether specs of another kind than this have the key in the object.
    pub(crate) fn is_of_another_kind(&self, kind: SpecKind, object: Node<'_>, key: &str) -> bool {
        let kinds = SpecKind::GENERIC.into_iter().chain([SpecKind::Other]).filter(|other| *other != kind);
        let keys = || kinds.flat_map(|other| Entry::of(other, object).keys()).collect();
        self.of_other_kinds.get_or_init(keys).contains(key)
    }

    /// The key whose JSON Schema may have this key: `spec` for the `required` of an authentication entry. Of two, such as
    /// those of an explore spec, it is not known which is meant; that of the inputs is called `spec` everywhere.
    pub(crate) fn schema_with(&self, key: &str) -> Option<&'static str> {
        let holders = self.schemas.iter().filter(|(_, keys)| keys.contains(&key)).map(|(holder, _)| *holder);
        let holders: Vec<&str> = holders.collect();
        match holders.as_slice() {
            [one] => Some(*one),
            several => several.iter().copied().find(|holder| *holder == AuthEntry::SPEC),
        }
    }

    /// Whether a key that the object lacks is present under a deprecated or misspelled name.
    pub(crate) fn is_under_other_name(&self, key: &str) -> bool {
        self.under_other_names.contains(key)
    }
}

/// Keys by their words, to find the one that says the same with more words: `headerParams` for `headers`, `headerParamName`
/// for `headerName`.
struct LongerKeys(Vec<(Vec<String>, &'static str)>);

impl LongerKeys {
    fn new(keys: &[&'static str]) -> Self {
        LongerKeys(keys.iter().map(|key| (words(key), *key)).filter(|(words, _)| words.len() > 1).collect())
    }

    /// The key that says the same as this one, if it is the only one.
    fn only(&self, key: &str) -> Option<&'static str> {
        if key.len() >= 100 {
            return None;
        }
        let words = words(key);
        let is_longer = |known: &[String]| match words.as_slice() {
            [word] => {
                let is_general = known.len() == 2 && ["params", AuthEntry::SPEC].contains(&known[1].as_str());
                is_general && word.trim_end_matches('s') == known[0]
            }
            words => !words.is_empty() && words.len() < known.len() && words.iter().all(|word| known.contains(word)),
        };
        let mut longer = self.0.iter().filter(|(known, _)| is_longer(known)).map(|(_, key)| *key);
        longer.next().filter(|_| longer.next().is_none())
    }
}

/// The words of a key in camel case, in lower case.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for char in key.chars() {
        match words.last_mut() {
            Some(word) if !char.is_uppercase() => word.push(char),
            _ => words.push(char.to_lowercase().collect()),
        }
    }
    words
}

/// The known keys of the objects of one document.
#[derive(Default)]
pub(crate) struct KnownKeysCache(RefCell<HashMap<usize, Rc<KnownKeys>>>);

impl KnownKeysCache {
    pub(crate) fn get(&self, entry: &Entry, object: Node<'_>) -> Rc<KnownKeys> {
        let mut known = self.0.borrow_mut();
        known.entry(object.index()).or_insert_with(|| Rc::new(KnownKeys::of(entry, object))).clone()
    }
}
