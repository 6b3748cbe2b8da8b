// The language of connection specs, and which documents have it. Files named like a spec get it by their name; other JSON
// documents get it when they contain a spec.

import * as vscode from "vscode";
import { containsSpecKey, isSpec } from "./detectSpec";

export const LANGUAGE = "connspec";

/** The scheme of read-only documents with the remote version of a spec. */
export const REMOTE_SCHEME = "connspec-remote";

/** The schemes that the server handles: neither remote versions nor the ones of version control. */
export const SCHEMES = ["file", "untitled", "vscode-vfs"];

/** Whether the server handles a document. Remote versions only get syntax highlighting. */
export function isSpecDocument(document: vscode.TextDocument): boolean {
  return document.languageId === LANGUAGE && SCHEMES.includes(document.uri.scheme);
}

/** Assigns the language to JSON documents that contain a spec, now and when they are opened, changed or saved. */
export function detectSpecs(): vscode.Disposable {
  // Documents that are or were specs. One that is JSON again was switched by the user, and stays JSON while it is open.
  const detected = new Set<string>();
  const detect = (document: vscode.TextDocument) => {
    const uri = document.uri.toString();
    if (document.languageId === LANGUAGE) {
      detected.add(uri);
    } else if (isJson(document) && !detected.has(uri) && isSpec(document.getText())) {
      detected.add(uri);
      void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    }
  };
  vscode.workspace.textDocuments.forEach(detect);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(detect),
    vscode.workspace.onDidSaveTextDocument(detect),
    // Only an edit that inserts a key of a spec can turn a document into one.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (isJson(document) && contentChanges.some((change) => containsSpecKey(change.text))) {
        detect(document);
      }
    }),
    // A language change also fires close and open events, for a document that is not closed.
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.isClosed) {
        detected.delete(document.uri.toString());
      }
    }),
  );
}

function isJson({ languageId, uri }: vscode.TextDocument): boolean {
  return ["json", "jsonc"].includes(languageId) && [...SCHEMES, REMOTE_SCHEME].includes(uri.scheme);
}
