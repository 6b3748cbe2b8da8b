//! The specs of the service of the two kinds that authors make.

use std::path::Path;

use crate::flow_service::api::{BATCH_FLOW_SPEC, STREAMING_FLOW_SPEC};
use crate::flow_service::{Field, Filter};
use crate::project::StateFile;

use super::failure::Failure;
use super::register::ids;
use super::service::Service;
use super::spec::{last_change, parse, sandbox_of, string};

/// A spec of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its `type`, if it has one.
    pub kind: Option<String>,
    /// Whether it is in the flow spec of its kind.
    pub is_registered: bool,
    /// The file that is linked to it, as the state file calls it.
    pub file: Option<String>,
    /// When it was last changed, in milliseconds since 1970, if the service says so.
    pub updated_at: Option<i64>,
    /// Who changed it last, if the service says so.
    pub updated_by: Option<String>,
}

impl Service {
    /// The specs of both kinds, by name. The files that are linked to them are those of the state file that counts for
    /// `beside`. Reads two lists and two flow specs.
    pub async fn list(&self, beside: &Path) -> Result<Vec<Listed>, Failure> {
        let (client, state) = (self.client(), StateFile::for_spec(beside).read()?);
        let sandbox = sandbox_of(client);
        let mut all = Vec::new();
        for made in [BATCH_FLOW_SPEC, STREAMING_FLOW_SPEC] {
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
                    .find(|((place, _), linked)| *place == sandbox && linked.id.as_deref() == Some(item.id.as_str()));
                Listed {
                    name: string(root.get("name")).unwrap_or_default(),
                    kind: string(root.get("type")),
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
