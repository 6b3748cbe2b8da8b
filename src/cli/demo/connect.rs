//! How to connect an editor, in lines to copy.

use std::env;

/// The lines for Neovim, and what to open then.
pub(super) fn lines(sample: &str) -> String {
    let program = program();
    let (open, close) = if program == NAME { (" ", " ") } else { ("\n      ", "\n    ") };
    format!(
        "  Neovim 0.11 or newer, in init.lua:\n\n    \
         vim.lsp.config('connspec', {{{open}cmd = {{ {program}, 'lsp' }},{open}filetypes = {{ 'json' }}{close}}})\n    \
         vim.lsp.enable('connspec')\n\n  \
         then open the sample: nvim {sample}\n"
    )
}

/// The program by its name.
const NAME: &str = "'connspec'";

/// The program as Lua text: by its name when that is enough, else by its path.
fn program() -> String {
    let name = format!("connspec{}", env::consts::EXE_SUFFIX);
    let known =
        env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(&name).is_file()));
    match env::current_exe() {
        Ok(path) if !known => format!("[[{}]]", path.display()),
        _ => NAME.to_owned(),
    }
}
