// Page object of the workbench. Every action waits for its effect.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** How long an action may take, in milliseconds. */
const TIMEOUT = 60_000;

/** How long a click may take to show its effect before it is repeated. */
const CLICK_TIMEOUT = 10_000;

/** The width of an image in a README. */
const WIDTH = 960;

/** A readable font, and a status bar without the items that only the browser has. */
const STYLE = `
  .monaco-workbench.linux { font-family: Inter, sans-serif }
  [id="status.forwardedPorts"], [id="status.workbench.keyboardLayout"] { display: none !important }
`;

const QUICK_INPUT = ".quick-input-widget input";
const PANEL = ".part.panel";
const LIGHT_BULB = ".codicon-lightbulb-autofix";
export const QUICK_PICK_ITEM = ".quick-input-list .monaco-list-row";
export const CODE_LENS = ".codelens-decoration";
const CODE_LENS_LINK = ".codelens-decoration a";
export const NOTIFICATION = ".notifications-toasts .notification-list-item";
export const STATUS_BAR_ITEM = ".statusbar-item";
export const CODE_ACTION = ".action-widget .monaco-list-row";

export class Workbench {
  constructor(page, spec, screenshots) {
    Object.assign(this, { page, spec, screenshots });
    /** A position where the mouse hovers over nothing. */
    this.idlePosition = [0, 0];
    page.setDefaultTimeout(TIMEOUT);
  }

  async start(url, workspace) {
    await this.setHeight(680);
    await this.page.goto(`${url}/?folder=${encodeURIComponent(workspace)}`);
    await this.page.addStyleTag({ content: STYLE });
    await this.waitFor(".explorer-folders-view .monaco-list-row", "connectionSpec.json");
  }

  async setHeight(height) {
    this.idlePosition = [WIDTH / 2, height - 2];
    await this.page.setViewportSize({ width: WIDTH, height });
    await this.page.mouse.move(...this.idlePosition);
  }

  /** The first visible element with the text. */
  find(selector, text) {
    return this.page.locator(selector, { hasText: text }).filter({ visible: true }).first();
  }

  /** Waits for an element with the text and returns its full text. */
  async waitFor(selector, text) {
    const element = this.find(selector, text);
    await element.waitFor();
    return (await element.innerText()).replaceAll("\u00a0", " ");
  }

  async waitForNone(selector, text) {
    await this.find(selector, text).waitFor({ state: "hidden" });
  }

  /** `position`: relative to the element; by default its center. */
  async click(selector, text, position) {
    await this.find(selector, text).click({ position });
    await this.page.mouse.move(...this.idlePosition);
  }

  /** Clicks a code lens until its effect is visible: a click during a refresh of the lenses is lost. */
  async clickCodeLens(title, effect, text) {
    await this.click(CODE_LENS_LINK, title);
    try {
      await this.find(effect, text).waitFor({ timeout: CLICK_TIMEOUT });
    } catch {
      await this.click(CODE_LENS_LINK, title);
      await this.waitFor(effect, text);
    }
  }

  async hoverWord(line, word) {
    await this.find(".view-line", line).locator("span > span", { hasText: word }).first().hover();
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  /** Shows a file of the workspace in the editor, with the focus. */
  async show(name) {
    await this.press("Control+P");
    await this.page.locator(QUICK_INPUT).fill(name);
    await this.click(QUICK_PICK_ITEM, name);
    await this.waitFor(`.monaco-editor.focused[data-uri$="/${name}"]`, "");
  }

  /** Shows a file and closes the side bar. */
  async open(name) {
    await this.show(name);
    await this.press("Control+B");
    await this.waitForNone(".part.sidebar", "");
  }

  /** Runs a command from the Command Palette. */
  async runCommand(title) {
    await this.press("F1");
    await this.page.locator(QUICK_INPUT).fill(`>${title}`);
    await this.click(QUICK_PICK_ITEM, title);
    await this.waitForNone(".quick-input-widget", "");
  }

  /** Moves the cursor between two adjacent texts of the saved file. */
  async goTo(before, after = "") {
    const offset = this.text.indexOf(before + after);
    assert(offset >= 0, `${before}${after} is not in the file`);
    const lines = this.text.slice(0, offset + before.length).split("\n");
    const [line, column] = [lines.length, lines.at(-1).length + 1];
    await this.press("Control+G");
    await this.page.locator(QUICK_INPUT).fill(`:${line}:${column}`);
    await this.press("Enter");
    await this.waitFor(STATUS_BAR_ITEM, `Ln ${line}, Col ${column}`);
  }

  /** Replaces the text after `before` by typing. */
  async replace(before, old, typed) {
    await this.goTo(before, old);
    await this.press(...[...old].map(() => "Shift+ArrowRight"));
    await this.waitFor(STATUS_BAR_ITEM, `(${old.length} selected)`);
    await this.type(typed);
  }

  /**
   * Applies a fix at the position between two adjacent texts, and saves. The menu is only opened once the light bulb is shown:
   * VS Code drops a request for code actions while it computes them for the light bulb.
   */
  async applyFix(before, after, title, expected) {
    await this.goTo(before, after);
    await this.waitFor(LIGHT_BULB, "");
    await this.press("Control+Period");
    await this.click(CODE_ACTION, title);
    await this.save(expected);
    await this.waitForNone(LIGHT_BULB, "");
  }

  /** Saves the modified file and waits until it contains a text. */
  async save(expected) {
    await this.waitFor(".tab.active.dirty", "");
    await this.press("Control+S");
    const deadline = Date.now() + TIMEOUT;
    while (!this.text.includes(expected)) {
      assert(Date.now() < deadline, `${expected} is not in the saved file`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.waitForNone(".tab.active.dirty", "");
  }

  /** The saved text. */
  get text() {
    return this.textOf(basename(this.spec));
  }

  /** The saved text of a file beside the spec. */
  textOf(name) {
    return readFileSync(join(dirname(this.spec), name), "utf8");
  }

  async scrollDown(lines) {
    await this.press(...Array(lines).fill("Control+ArrowDown"));
  }

  async growPanel(pixels) {
    const { x, y } = await this.page.locator(PANEL).boundingBox();
    await this.page.mouse.move(x + 20, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + 20, y - pixels);
    await this.page.mouse.up();
    await this.page.mouse.move(...this.idlePosition);
  }

  async closePanel() {
    await this.page.locator(PANEL).locator(".codicon-panel-close").click();
    await this.waitForNone(PANEL, "");
    await this.press("Control+1");
  }

  /** Expands a notification, which is collapsed to one line at first. */
  async expandNotification(text) {
    const notification = this.find(NOTIFICATION, text);
    await notification.hover();
    await notification.locator(".codicon-notifications-expand").click();
    await this.page.mouse.move(...this.idlePosition);
    await notification.locator(".codicon-notifications-collapse").waitFor({ state: "attached" });
  }

  async clearNotifications() {
    await this.runCommand("Notifications: Clear All Notifications");
    await this.waitForNone(NOTIFICATION, "");
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(this.screenshots, `vscode-${name}.png`), animations: "disabled" });
  }
}
