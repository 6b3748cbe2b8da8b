// An author fixes the demo spec, pushes it, and compares it with the remote version.
import assert from "node:assert/strict";
import { DEMO_FILE } from "../workspace.mjs";
import { CODE_ACTION, CODE_LENS, NOTIFICATION, QUICK_PICK_ITEM, STATUS_BAR_ITEM } from "./workbench.mjs";

const PROBLEM = ".markers-panel .monaco-list-row";
const CODE_ACTION_MENU = ".action-widget";
const SUGGESTIONS = ".suggest-widget.visible";
const SUGGESTION_DETAILS = ".suggest-details";
const HOVER = ".monaco-hover";
const DIFF_EDITOR = ".monaco-diff-editor";

export const STEPS = [
  {
    name: "problems are underlined and listed, and a quick fix fixes one",
    run: async (workbench) => {
      await workbench.open(DEMO_FILE);
      await workbench.waitFor(CODE_LENS, "6 problems");
      await workbench.waitFor(".squiggly-error", "");
      await workbench.press("Control+Shift+M");
      await workbench.waitFor(PROBLEM, DEMO_FILE);
      await workbench.growPanel(45);
      for (const code of ["syntax-error", "required-not-declared", "unknown-key"]) {
        await workbench.waitFor(PROBLEM, code);
      }
      // On the message: in the middle of a row is the link to the documentation.
      await workbench.click(PROBLEM, "undeclared-placeholder", { x: 90, y: 8 });
      await workbench.waitFor(STATUS_BAR_ITEM, "(9 selected)");
      await workbench.press("Control+1");
      await workbench.scrollDown(3);
      await workbench.press("Control+Period");
      await workbench.waitFor(CODE_ACTION_MENU, "Declare `shopid`");
      await workbench.screenshot("problems");
      await workbench.click(CODE_ACTION, /Replace .*`\$\{shopId\}`/);
      await workbench.waitForNone(PROBLEM, "undeclared-placeholder");
      await workbench.save("/v1/shops/${shopId}/orders");
      await workbench.closePanel();
      await workbench.setHeight(560);
    },
  },
  {
    name: "a quote opens the completion list, and accepting a key inserts the missing comma",
    run: async (workbench) => {
      await workbench.goTo('"limitValue": "100"');
      await workbench.press("Enter");
      await workbench.type('"');
      await workbench.waitFor(SUGGESTIONS, "offSetName");
      await workbench.press("Control+Space");
      await workbench.waitFor(SUGGESTION_DETAILS, "string, ");
      // Down and up again: beside the first item the details are cut off.
      await workbench.press("ArrowDown");
      await workbench.waitFor(SUGGESTION_DETAILS, "JSON path");
      await workbench.press("ArrowUp");
      await workbench.waitFor(SUGGESTION_DETAILS, "records to skip");
      await workbench.screenshot("completion");
      await workbench.press("Enter");
      await workbench.waitForNone(SUGGESTIONS, "");
      await workbench.waitFor(".view-line", '"limitValue": "100",');
      await workbench.type("offset");
      await workbench.press("Escape");
      await workbench.save('"limitValue": "100",\n        "offSetName": "offset"\n');
    },
  },
  {
    name: "the hover of a placeholder shows where its value comes from",
    run: async (workbench) => {
      await workbench.goTo("/v1/shops/${", "shopId");
      await workbench.hoverWord('"path": "/v1/shops/', "shopId");
      await workbench.waitFor(HOVER, /required, line 62.*The shop to read orders from/s);
      await workbench.screenshot("hover");
      await workbench.press("Escape");
      await workbench.waitForNone(HOVER, "The shop to read orders from");
    },
  },
  {
    name: "the remaining problems are fixed one by one or all at once",
    run: async (workbench) => {
      await workbench.applyFix('"required": ["api', "key", /Replace .*`apiKey`/, '"required": ["apiKey"]');
      await workbench.runCommand("Fix All");
      await workbench.save('"host": "https://api.acme.example"');
      await workbench.goTo('"version"');
      await workbench.waitFor(CODE_LENS, "no problems");
    },
  },
  {
    name: "the status bar item offers a push and then shows the sync status",
    run: async (workbench) => {
      await workbench.click(`${STATUS_BAR_ITEM} a`, "dev: not compared yet");
      await workbench.waitFor(QUICK_PICK_ITEM, "Compare with Remote");
      await workbench.click(QUICK_PICK_ITEM, "Push");
      await workbench.waitFor(NOTIFICATION, "Pushing");
      const message = await workbench.waitFor(NOTIFICATION, "Created");
      assert.match(message, /Registered in .*not Adobe's service/s);
      await workbench.waitFor(STATUS_BAR_ITEM, "dev: up to date");
      await workbench.clearNotifications();
    },
  },
  {
    name: "the code lens pushes and then shows the sync status",
    run: async (workbench) => {
      await workbench.replace('"version": "', "1.0", "1.1");
      await workbench.save('"version": "1.1"');
      await workbench.waitFor(CODE_LENS, /Local changes · sandbox dev/);
      await workbench.waitFor(STATUS_BAR_ITEM, "dev: local changes");
      await workbench.clickCodeLens("Push", NOTIFICATION, "Pushing");
      await workbench.waitFor(NOTIFICATION, "Updated");
      await workbench.waitFor(CODE_LENS, /Up to date · sandbox dev/);
      await workbench.waitFor(STATUS_BAR_ITEM, "dev: up to date");
      await workbench.expandNotification("Updated");
      await workbench.screenshot("push");
      await workbench.clearNotifications();
    },
  },
  {
    name: "the diff editor shows the remote and the local version",
    run: async (workbench) => {
      await workbench.replace('"limitValue": "', "100", "250");
      await workbench.save('"limitValue": "250"');
      await workbench.replace('"version": "', "1.1", "1.2");
      await workbench.save('"version": "1.2"');
      await workbench.waitFor(CODE_LENS, "Local changes");
      await workbench.clickCodeLens("Diff", ".tab.active", `${DEMO_FILE} (Remote ↔ Local)`);
      await workbench.waitFor(NOTIFICATION, /Compared with .*limitValue/s);
      await workbench.clearNotifications();
      await workbench.setHeight(420);
      for (const [side, version, limit] of [["original", "1.1", "100"], ["modified", "1.2", "250"]]) {
        await workbench.waitFor(`${DIFF_EDITOR} .${side} .view-line`, `"version": "${version}"`);
        await workbench.waitFor(`${DIFF_EDITOR} .${side} .view-line`, `"limitValue": "${limit}"`);
      }
      await workbench.screenshot("diff");
    },
  },
];
