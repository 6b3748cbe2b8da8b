//! The files around a spec: `connspec.toml`, in which a team decides about the rules; what lies beside the spec; and where
//! specs are. Reading a text and writing an entry into one touch no file; finding and reading files is done here too.
