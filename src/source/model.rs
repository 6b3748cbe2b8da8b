//! The typed view of a connection spec: each object of the format with the keys that it may have.
//!
//! A view is a node with named accessors. It owns nothing and checks nothing: an accessor returns the value of a key whatever
//! its JSON type, so that a rule can report a value of the wrong type. Of duplicate keys the last one is returned, as
//! everywhere. What a value means when a source runs is decided by the modules beside this one.
//!
//! ```
//! use connspec::source::model::{PaginationType, Source};
//! use connspec::syntax::Tree;
//!
//! let tree = Tree::parse(r#"{ "sourceSpec": { "attributes": { "paginationParams": { "type": "PAGE" } } } }"#.to_owned());
//! let pagination = Source::of(&tree).request().and_then(|request| request.pagination()).expect("an object");
//! assert_eq!(pagination.pagination_type(), Some(PaginationType::Page));
//! ```

use std::borrow::Cow;

use crate::syntax::{Kind, Node, Tree};

/// Declares a view: its keys as constants (`UrlParams::HOST`) and one accessor for each (`url.host()`).
macro_rules! views {
    ($($(#[$doc:meta])* $view:ident { $($constant:ident $accessor:ident $key:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $view<'t>(Node<'t>);

        impl<'t> $view<'t> {
            /// All keys of this view, in the order of the declaration.
            pub const KEYS: &'static [&'static str] = &[$($key),*];
            $(
                #[doc = concat!("The key `", $key, "`.")]
                pub const $constant: &'static str = $key;

                #[doc = concat!("The value of `", $key, "`.")]
                pub fn $accessor(self) -> Option<Node<'t>> {
                    self.0.get($key)
                }
            )*

            /// This view of a node of any kind.
            pub fn new(node: Node<'t>) -> Self {
                $view(node)
            }

            /// The node.
            pub fn node(self) -> Node<'t> {
                self.0
            }
        }
    )*};
}

views! {
    /// A connection spec.
    Source {
        ID id "id",
        NAME name "name",
        TYPE type_node "type",
        PROVIDER_ID provider_id "providerId",
        DESCRIPTION description "description",
        VERSION version "version",
        ATTRIBUTES attributes "attributes",
        AUTH_SPEC auth_spec "authSpec",
        SOURCE_SPEC source_spec "sourceSpec",
        EXPLORE_SPEC explore_spec "exploreSpec",
        TARGET_SPEC target_spec "targetSpec",
        PERMISSIONS_INFO permissions_info "permissionsInfo",
        CREATED_AT created_at "createdAt",
        UPDATED_AT updated_at "updatedAt",
        CREATED_BY created_by "createdBy",
        UPDATED_BY updated_by "updatedBy",
        CREATED_CLIENT created_client "createdClient",
        UPDATED_CLIENT updated_client "updatedClient",
        SANDBOX_ID sandbox_id "sandboxId",
        SANDBOX_NAME sandbox_name "sandboxName",
        IMS_ORG_ID ims_org_id "imsOrgId",
    }

    /// An element of `authSpec`.
    AuthEntry {
        NAME name "name",
        TYPE type_node "type",
        SPEC spec "spec",
    }

    /// `exploreSpec`.
    ExploreSpec {
        NAME name "name",
        TYPE type_node "type",
        REQUEST_SPEC request_spec "requestSpec",
        RESPONSE_SPEC response_spec "responseSpec",
    }

    /// `sourceSpec`.
    SourceSpec {
        ATTRIBUTES attributes "attributes",
        SPEC spec "spec",
        SCHEMA schema "schema",
    }

    /// `sourceSpec.attributes` of a batch source: how its API is requested and how responses are read.
    Request {
        UI_ATTRIBUTES ui_attributes_node "uiAttributes",
        URL_PARAMS url_params "urlParams",
        HEADER_PARAMS header_params "headerParams",
        BODY_PARAMS body_params "bodyParams",
        QUERY_PARAMS query_params "queryParams",
        CONTENT_PATH content_path "contentPath",
        EXPLODE_ENTITY_PATH explode_entity_path "explodeEntityPath",
        PAGINATION_PARAMS pagination_params "paginationParams",
        SCHEDULE_PARAMS schedule_params "scheduleParams",
        SPEC spec "spec",
    }

    /// `urlParams`.
    UrlParams {
        HOST host "host",
        PATH path "path",
        METHOD method "method",
        QUERY_PARAMS query_params "queryParams",
        HOSTNAME hostname "hostname",
        HOST_NAME host_name "hostName",
    }

    /// `contentPath` or `explodeEntityPath` in its object form.
    Records {
        PATH path "path",
        SKIP_ATTRIBUTES skip_attributes "skipAttributes",
        KEEP_ATTRIBUTES keep_attributes "keepAttributes",
        OVERRIDE_WRAPPER_ATTRIBUTE override_wrapper_attribute "overrideWrapperAttribute",
    }

    /// `paginationParams`.
    Pagination {
        TYPE type_node "type",
        LIMIT_NAME limit_name "limitName",
        LIMIT_VALUE limit_value "limitValue",
        OFFSET_NAME offset_name "offSetName",
        MISSPELLED_OFFSET_NAME misspelled_offset_name "offsetName",
        END_CONDITION_NAME end_condition_name "endConditionName",
        END_CONDITION_VALUE end_condition_value "endConditionValue",
        POINTER_PATH pointer_path "pointerPath",
        CONTINUATION_TOKEN_PATH continuation_token_path "continuationTokenPath",
        PARAMETER_TYPE parameter_type "parameterType",
        PARAMETER_NAME parameter_name "parameterName",
        DELAY_REQUEST_MILLIS delay_request_millis "delayRequestMillis",
        PAGE_PARAM_NAME page_param_name "pageParamName",
        INITIAL_PAGE_INDEX initial_page_index "initialPageIndex",
        END_PAGE_INDEX end_page_index "endPageIndex",
        MAXIMUM_REQUEST maximum_request "maximumRequest",
        PAGINATION_TYPE deprecated_type "paginationType",
    }

    /// `scheduleParams`.
    Schedule {
        TYPE type_node "type",
        START_NAME start_name "scheduleStartParamName",
        END_NAME end_name "scheduleEndParamName",
        START_FORMAT start_format "scheduleStartParamFormat",
        END_FORMAT end_format "scheduleEndParamFormat",
        PARAM_FORMAT param_format "paramFormat",
        INCREMENTAL incremental "incremental",
        BACKFILL backfill "backfill",
    }

    /// `sourceSpec.attributes.uiAttributes`: how the catalog shows the source.
    UiAttributes {
        CATEGORY category "category",
        ICON icon "icon",
        DESCRIPTION description "description",
        LABEL label "label",
        DOCUMENTATION_LINK documentation_link "documentationLink",
        IS_BETA is_beta "isBeta",
        IS_SOURCE is_source "isSource",
    }

    /// One of the texts of `uiAttributes`, such as `label`.
    UiText {
        KEY key "key",
        TEXT text "text",
    }

    /// A JSON Schema that is part of the spec: of an authentication entry, of `sourceSpec.spec`, or inside one of these.
    Schema {
        SCHEMA schema_uri "$schema",
        TYPE type_node "type",
        PROPERTIES properties "properties",
        REQUIRED required "required",
        ITEMS items "items",
        FORMAT format "format",
        PATTERN pattern "pattern",
        ENUM enum_values "enum",
        CONST const_value "const",
        DEFAULT default_value "default",
        EXAMPLE example "example",
        EXAMPLES examples "examples",
        TITLE title "title",
        DESCRIPTION description "description",
        REST_ATTRIBUTES rest_attributes "restAttributes",
        UI_ATTRIBUTES ui_attributes "uiAttributes",
    }

    /// `uiAttributes` of an input: how the form shows it.
    InputUi {
        HIDDEN hidden "hidden",
    }

    /// `restAttributes` of an input: the header that its value is sent in.
    RestAttributes {
        HEADER_PARAM_NAME header_param_name "headerParamName",
    }
}

/// The value of `paginationParams.type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaginationType {
    /// `OFFSET`: limit and offset.
    Offset,
    /// `POINTER`: the URL of the next page is in the response.
    Pointer,
    /// `CONTINUATION_TOKEN`: a token of the response is sent with the next request.
    ContinuationToken,
    /// `PAGE`: a page number.
    Page,
    /// `NONE`: one response holds all records.
    None,
}

impl PaginationType {
    /// All types, in the order of Adobe's pages.
    pub const ALL: [PaginationType; 5] = [
        PaginationType::Offset,
        PaginationType::Pointer,
        PaginationType::ContinuationToken,
        PaginationType::Page,
        PaginationType::None,
    ];

    /// The value as written in a spec.
    pub fn as_str(self) -> &'static str {
        match self {
            PaginationType::Offset => "OFFSET",
            PaginationType::Pointer => "POINTER",
            PaginationType::ContinuationToken => "CONTINUATION_TOKEN",
            PaginationType::Page => "PAGE",
            PaginationType::None => "NONE",
        }
    }

    /// The type with this name, which is case-sensitive.
    pub fn parse(name: &str) -> Option<Self> {
        PaginationType::ALL.into_iter().find(|known| known.as_str() == name)
    }
}

/// A node that is an object.
fn object(node: Option<Node<'_>>) -> Option<Node<'_>> {
    node.filter(|node| node.kind() == Kind::Object)
}

impl<'t> Source<'t> {
    /// The spec in a tree.
    pub fn of(tree: &'t Tree) -> Self {
        Source(tree.root())
    }

    /// The elements of `authSpec` that are objects.
    pub fn auth_entries(self) -> impl Iterator<Item = AuthEntry<'t>> {
        let elements = self.auth_spec().into_iter().flat_map(Node::elements);
        elements.filter(|entry| entry.kind() == Kind::Object).map(AuthEntry)
    }

    /// `sourceSpec`, of any JSON type.
    pub fn source(self) -> Option<SourceSpec<'t>> {
        self.source_spec().map(SourceSpec)
    }

    /// `sourceSpec.attributes`, of any JSON type.
    pub fn request(self) -> Option<Request<'t>> {
        self.source()?.attributes().map(Request)
    }

    /// The schema of the inputs that `sourceSpec.spec` declares.
    pub fn input_schema(self) -> Option<Node<'t>> {
        self.source()?.spec()
    }

    /// The schema of the response, `sourceSpec.schema`, if it is an object.
    pub fn response_schema(self) -> Option<Schema<'t>> {
        object(self.source()?.schema()).map(Schema)
    }
}

impl<'t> AuthEntry<'t> {
    /// The schema of the inputs that this entry declares.
    pub fn schema(self) -> Option<Schema<'t>> {
        self.spec().map(Schema)
    }
}

impl<'t> Request<'t> {
    /// `urlParams`, if it is an object.
    pub fn url(self) -> Option<UrlParams<'t>> {
        object(self.url_params()).map(UrlParams)
    }

    /// `paginationParams`, if it is an object.
    pub fn pagination(self) -> Option<Pagination<'t>> {
        object(self.pagination_params()).map(Pagination)
    }

    /// `scheduleParams`, if it is an object.
    pub fn schedule(self) -> Option<Schedule<'t>> {
        object(self.schedule_params()).map(Schedule)
    }

    /// `uiAttributes`, if it is an object.
    pub fn ui_attributes(self) -> Option<UiAttributes<'t>> {
        object(self.ui_attributes_node()).map(UiAttributes)
    }

    /// `contentPath` in its object form.
    pub fn content(self) -> Option<Records<'t>> {
        object(self.content_path()).map(Records)
    }

    /// `explodeEntityPath` in its object form.
    pub fn explode(self) -> Option<Records<'t>> {
        object(self.explode_entity_path()).map(Records)
    }

    /// The path to the records: `contentPath.path`, or `contentPath` itself in its deprecated form, a string.
    pub fn records_path(self) -> Option<Node<'t>> {
        let content = self.content_path()?;
        Records(content).path().or_else(|| content.string().map(|_| content))
    }

    /// The path into each record, `explodeEntityPath.path`.
    pub fn explode_path(self) -> Option<Node<'t>> {
        self.explode_entity_path().map(Records)?.path()
    }
}

impl<'t> UrlParams<'t> {
    /// The host, also under its deprecated keys.
    pub fn any_host(self) -> Option<Node<'t>> {
        self.host().or_else(|| self.hostname()).or_else(|| self.host_name())
    }
}

impl Pagination<'_> {
    /// The keys that name a query parameter or, that of a token, a header.
    pub const PARAMETER_NAMES: [&'static str; 4] =
        [Pagination::LIMIT_NAME, Pagination::OFFSET_NAME, Pagination::PAGE_PARAM_NAME, Pagination::PARAMETER_NAME];

    /// The pagination type, if it is one of the known ones.
    pub fn pagination_type(self) -> Option<PaginationType> {
        PaginationType::parse(&self.type_node()?.as_string()?)
    }

    /// Whether the token of a page is sent as a header.
    pub fn sends_token_as_header(self) -> bool {
        self.parameter_type().and_then(Node::string).as_deref() == Some("HEADERPARAM")
    }
}

impl<'t> Schedule<'t> {
    /// The keys with a date format.
    pub const FORMATS: [&'static str; 3] = [Schedule::START_FORMAT, Schedule::END_FORMAT, Schedule::PARAM_FORMAT];

    /// The keys that name a query parameter.
    pub const PARAMETER_NAMES: [&'static str; 2] = [Schedule::START_NAME, Schedule::END_NAME];

    /// The values of the keys with a date format.
    pub fn formats(self) -> impl Iterator<Item = Node<'t>> {
        Schedule::FORMATS.into_iter().filter_map(move |key| self.0.get(key))
    }

    /// Whether it is an `ADVANCE` schedule.
    pub fn is_advance(self) -> bool {
        self.type_node().and_then(Node::as_string).as_deref() == Some("ADVANCE")
    }
}

impl<'t> Schema<'t> {
    /// The value of `format` for a secret.
    pub const PASSWORD: &'static str = "password";

    /// The values of `type`.
    pub const TYPES: [&'static str; 7] = ["string", "integer", "number", "boolean", "object", "array", "null"];

    /// The names in `required`.
    pub fn required_names(self) -> impl Iterator<Item = Cow<'t, str>> {
        self.required().into_iter().flat_map(Node::elements).filter_map(Node::as_string)
    }

    /// What it says about the input to users: the description, or else the title.
    pub fn help_text(self) -> Option<Cow<'t, str>> {
        let string = |node: Option<Node<'t>>| node.and_then(Node::as_string);
        string(self.description()).or_else(|| string(self.title()))
    }

    /// Whether the form does not show the input that it describes.
    pub fn is_hidden(self) -> bool {
        let hidden = object(self.ui_attributes()).map(InputUi).and_then(InputUi::hidden);
        hidden.is_some_and(|node| node.text() == "true")
    }

    /// Whether the input that it describes is a secret, by `"format": "password"`.
    pub fn is_password(self) -> bool {
        self.format().and_then(Node::as_string).as_deref() == Some(Self::PASSWORD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Entry, SpecKind, StringFormat};

    /// Every key of a view is a key of the vocabulary at this path, where `[]` is an element.
    #[track_caller]
    fn known(path: &str, keys: &[&str]) {
        let root = Entry::root(SpecKind::Rest, None);
        let entry = path.split('.').filter(|step| !step.is_empty()).fold(root, |entry, step| match step {
            "[]" => entry.item(None),
            key => entry.key(key, None),
        });
        for key in keys {
            assert!(entry.keys().contains(key), "`{key}` at `{path}` is not in the vocabulary");
        }
    }

    #[test]
    fn every_key_is_in_the_vocabulary() {
        known("", Source::KEYS);
        known("authSpec.[]", AuthEntry::KEYS);
        known("exploreSpec", ExploreSpec::KEYS);
        known("sourceSpec", SourceSpec::KEYS);
        known("sourceSpec.attributes", Request::KEYS);
        known("sourceSpec.attributes.urlParams", UrlParams::KEYS);
        known("sourceSpec.attributes.contentPath", Records::KEYS);
        known("sourceSpec.attributes.explodeEntityPath", Records::KEYS);
        known("sourceSpec.attributes.paginationParams", Pagination::KEYS);
        known("sourceSpec.attributes.scheduleParams", Schedule::KEYS);
        known("sourceSpec.attributes.uiAttributes", UiAttributes::KEYS);
        known("sourceSpec.attributes.uiAttributes.label", UiText::KEYS);
        known("sourceSpec.spec.properties.x", Schema::KEYS);
        known("sourceSpec.spec.properties.x.restAttributes", RestAttributes::KEYS);
        known("sourceSpec.spec.properties.x.uiAttributes", InputUi::KEYS);
    }

    #[test]
    fn the_vocabulary_has_the_same_date_formats() {
        let path = [Source::SOURCE_SPEC, SourceSpec::ATTRIBUTES, Request::SCHEDULE_PARAMS];
        let root = Entry::root(SpecKind::Rest, None);
        let schedule = path.iter().fold(root, |entry, key| entry.key(key, None));
        let mut keys = schedule.keys();
        keys.retain(|key| schedule.key(key, None).format() == Some(StringFormat::DateFormat));
        assert_eq!(keys, Schedule::FORMATS);
    }

    #[test]
    fn the_records_path_is_found_in_both_forms() {
        let path = |content: &str| {
            let text = format!(r#"{{ "sourceSpec": {{ "attributes": {{ "contentPath": {content} }} }} }}"#);
            let tree = Tree::parse(text);
            let path = Source::of(&tree).request().and_then(Request::records_path);
            path.and_then(Node::as_string).map(Cow::into_owned)
        };
        assert_eq!(path(r#"{ "path": "$.a" }"#).as_deref(), Some("$.a"));
        assert_eq!(path(r#""$.a""#).as_deref(), Some("$.a"));
        assert_eq!(path("1"), None);
    }
}
