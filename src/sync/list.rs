//! The remote specs of the two generic types.

use std::path::Path;

use crate::flow_service::{Field, Filter};
use crate::project::StateFile;
use crate::source::model::Source;
use crate::spec::SpecKind;

use super::error::SyncError;
use super::register::ids;
use super::service::Service;
use super::spec::{flow_spec_of, last_change, sandbox_of};
use super::value::{parse, string};

/// A remote spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteSpec {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The `type`, if it has one.
    pub kind: Option<String>,
    /// Whether it is registered in the flow spec of its type.
    pub is_registered: bool,
    /// The linked file, as named in the state file.
    pub file: Option<String>,
    /// The last change in milliseconds since 1970, if known.
    pub updated_at: Option<i64>,
    /// The author of the last change, if known.
    pub updated_by: Option<String>,
}

impl Service {
    /// The remote specs of both generic types, sorted by name. Linked files are those in the state file for `beside`. Takes
    /// four requests.
    pub async fn list(&self, beside: &Path) -> Result<Vec<RemoteSpec>, SyncError> {
        let (client, state) = (self.client(), StateFile::for_spec(beside).read()?);
        let sandbox = sandbox_of(client);
        let mut all = Vec::new();
        for made in SpecKind::GENERIC.into_iter().filter_map(flow_spec_of) {
            let filter = Filter::new(Field::ProviderId, made.provider_id);
            let specs = client.connection_specs(&[filter]).await?;
            let registered = ids(&client.flow_spec(made.id).await?.text).unwrap_or_default();
            all.extend(specs.into_iter().map(|item| {
                let tree = parse(&item.text);
                let root = tree.root();
                let (updated_at, updated_by) = last_change(root);
                let linked = state
                    .specs
                    .iter()
                    .find(|((known, _), linked)| *known == sandbox && linked.id.as_deref() == Some(item.id.as_str()));
                RemoteSpec {
                    name: string(root.get(Source::NAME)).unwrap_or_default(),
                    kind: string(root.get(Source::TYPE)),
                    is_registered: registered.contains(&item.id),
                    file: linked.map(|((_, file), _)| file.clone()),
                    updated_at,
                    updated_by,
                    id: item.id,
                }
            }));
        }
        all.sort_by(|one, other| one.name.cmp(&other.name).then_with(|| one.id.cmp(&other.id)));
        Ok(all)
    }
}
