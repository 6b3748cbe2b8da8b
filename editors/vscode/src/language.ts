// JSON documents that are connection specs by what is in them get the language of specs. Those with the name of a spec have
// it already.

import * as vscode from "vscode";
import { isSpec, mayMakeSpec } from "./recognise";

/** The language of specs. */
export const LANGUAGE = "connspec";

/** The scheme of the texts of the service. */
export const REMOTE = "connspec-remote";

/** Looks at the JSON documents that are open and at those to come. */
export function recogniseSpecs(): vscode.Disposable {
  // Documents that were specs. One of these that is JSON now was made so by a person, and stays so while it is open.
  const known = new Set<string>();
  const look = (document: vscode.TextDocument) => {
    const uri = document.uri.toString();
    if (document.languageId === LANGUAGE) {
      known.add(uri);
    } else if (isJson(document) && !known.has(uri) && isSpec(document.getText())) {
      known.add(uri);
      void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    }
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidSaveTextDocument(look),
    // While JSON is typed nothing is looked at, unless the word that makes it a spec comes in.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (isJson(document) && contentChanges.some((change) => mayMakeSpec(change.text))) {
        look(document);
      }
    }),
    // Another language is told as a closing and an opening of a document that is there all the time.
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.isClosed) {
        known.delete(document.uri.toString());
      }
    }),
  );
}

/** Whether the server is to look at a document. The texts of the service are coloured only. */
export function isOurs(document: vscode.TextDocument): boolean {
  return document.languageId === LANGUAGE && SCHEMES.includes(document.uri.scheme);
}

/** Where the server looks at documents: not at those of the service, and not at earlier ones of version control. */
export const SCHEMES = ["file", "untitled", "vscode-vfs"];

function isJson(document: vscode.TextDocument): boolean {
  const isText = document.languageId === "json" || document.languageId === "jsonc";
  return isText && (SCHEMES.includes(document.uri.scheme) || document.uri.scheme === REMOTE);
}
