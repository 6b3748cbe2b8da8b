// An author mends the spec of the demo, brings it to the service, and compares the two.
import assert from "node:assert/strict";
import { FILE } from "./place.mjs";
import { CHOICE, LENS, LENS_LINK, MENU_ROW, MESSAGE, STATUS } from "./workbench.mjs";

const PROBLEM = ".markers-panel .monaco-list-row";
const MENU = ".action-widget";
const LIST = ".suggest-widget.visible";
const DETAILS = ".suggest-details";
const HOVER = ".monaco-hover";
const DIFF = ".monaco-diff-editor";

/** Each with its name and what it does. */
export const STEPS = [
  {
    name: "mistakes are underlined and listed, and a quick fix mends one",
    run: async (window) => {
      await window.open(FILE);
      await window.see(LENS, "6 problems");
      await window.see(".squiggly-error", "");
      await window.press("Control+Shift+M");
      await window.see(PROBLEM, FILE);
      await window.heighten(45);
      for (const words of ["A comma is missing here.", "`apikey` is required but not declared", "`hostname` is an old name."]) {
        await window.see(PROBLEM, words);
      }
      await window.click(PROBLEM, "No input is called `shopid`");
      await window.see(STATUS, "(9 selected)");
      await window.press("Control+1");
      await window.scroll(3);
      await window.press("Control+Period");
      await window.see(MENU, "Declare `shopid` in `sourceSpec.spec`");
      await window.picture("findings");
      await window.click(MENU_ROW, "Replace by `${shopId}`");
      await window.gone(PROBLEM, "No input is called `shopid`");
      await window.save("/v1/shops/${shopId}/orders");
      await window.closePanel();
      await window.size(560);
    },
  },
  {
    name: "a quote brings the list of keys with what they mean, and an accepted one brings the comma before it",
    run: async (window) => {
      await window.goTo('"limitValue": "100"');
      await window.press("Enter");
      await window.type('"');
      await window.see(LIST, "offSetName");
      await window.press("Control+Space");
      await window.see(DETAILS, "string, needed");
      // The next one and back: beside the first the words are cut.
      await window.press("ArrowDown");
      await window.see(DETAILS, "JSON path to the value of the response that says whether to stop");
      await window.press("ArrowUp");
      await window.see(DETAILS, "name of the query parameter that says how many records to skip");
      await window.picture("completion");
      await window.press("Enter");
      await window.gone(LIST, "");
      await window.see(".view-line", '"limitValue": "100",');
      await window.type("offset");
      await window.press("Escape");
      await window.save('"limitValue": "100",\n        "offSetName": "offset"\n');
    },
  },
  {
    name: "the mouse on a placeholder shows where its value comes from",
    run: async (window) => {
      await window.goTo("/v1/shops/${", "shopId");
      await window.point('"path": "/v1/shops/', "shopId");
      await window.see(HOVER, "input of the source (required, line 62): The shop whose orders are read");
      await window.picture("hover");
      await window.press("Escape");
      await window.gone(HOVER, "input of the source");
    },
  },
  {
    name: "what is left is mended one by one, or all at once",
    run: async (window) => {
      await window.mend('"required": ["api', "key", "Replace by `apiKey`", '"required": ["apiKey"]');
      await window.run("Fix All");
      await window.save('"host": "https://api.acme.example"');
      await window.goTo('"version"');
      await window.see(LENS, "no problems");
    },
  },
  {
    name: "the status bar item offers to push, and says how the spec stands then",
    run: async (window) => {
      await window.click(`${STATUS} a`, "dev: not compared yet");
      await window.see(CHOICE, "Compare with the service");
      await window.click(CHOICE, "Push to the service");
      await window.see(MESSAGE, "Pushing the spec");
      const said = await window.see(MESSAGE, "Created as");
      assert.match(said, /Registered in .*not Adobe's service/);
      await window.see(STATUS, "dev: up to date");
      await window.clear();
    },
  },
  {
    name: "a click on the line above the spec pushes it, and the line says how it stands then",
    run: async (window) => {
      await window.replace('"version": "', "1.0", "1.1");
      await window.save('"version": "1.1"');
      await window.see(LENS, /in sandbox dev .* changed here/);
      await window.see(STATUS, "dev: changed here");
      await window.click(LENS_LINK, "Push");
      await window.see(MESSAGE, "Pushing the spec");
      await window.see(MESSAGE, "Updated");
      await window.see(LENS, /in sandbox dev .* up to date/);
      await window.see(STATUS, "dev: up to date");
      await window.unfold("Updated");
      await window.picture("push");
      await window.clear();
    },
  },
  {
    name: "the text of the service stands beside the one here",
    run: async (window) => {
      await window.replace('"limitValue": "', "100", "250");
      await window.save('"limitValue": "250"');
      await window.replace('"version": "', "1.1", "1.2");
      await window.save('"version": "1.2"');
      await window.see(LENS, "changed here");
      await window.click(LENS_LINK, "Diff");
      await window.see(".tab.active", `${FILE}: on the service ↔ here`);
      await window.see(MESSAGE, /Differs from .* in 2 places/);
      await window.clear();
      await window.size(420);
      for (const [side, version, limit] of [["original", "1.1", "100"], ["modified", "1.2", "250"]]) {
        await window.see(`${DIFF} .${side} .view-line`, `"version": "${version}"`);
        await window.see(`${DIFF} .${side} .view-line`, `"limitValue": "${limit}"`);
      }
      await window.picture("diff");
    },
  },
];
