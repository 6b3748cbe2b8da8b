// VS Code's window, as a person uses it: keys, the mouse, and what is on screen. Each deed waits until it has come about.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How long something may take to come about, in milliseconds. */
const PATIENCE = 60_000;

/** How wide the window is: as wide as a README shows a picture. */
const WIDTH = 960;

/** Letters that are easy to read where they are installed, and without what only a browser has in the status bar. */
const STYLE = `
  .monaco-workbench.linux { font-family: Inter, sans-serif }
  [id="status.forwardedPorts"], [id="status.workbench.keyboardLayout"] { display: none !important }
`;

const INPUT = ".quick-input-widget input";
const PANEL = ".part.panel";
export const CHOICE = ".quick-input-list .monaco-list-row";
export const LENS = ".codelens-decoration";
export const LENS_LINK = ".codelens-decoration a";
export const MESSAGE = ".notifications-toasts .notification-list-item";
export const STATUS = ".statusbar-item";
export const MENU_ROW = ".action-widget .monaco-list-row";
const BULB_WITH_FIX = ".codicon-lightbulb-autofix";

/** See above. */
export class Workbench {
  constructor(page, spec, pictures) {
    Object.assign(this, { page, spec, pictures });
    /** Where the mouse points at nothing. */
    this.aside = [0, 0];
    page.setDefaultTimeout(PATIENCE);
  }

  /** Opens a folder. */
  async start(url, workspace) {
    await this.size(680);
    await this.page.goto(`${url}/?folder=${encodeURIComponent(workspace)}`);
    await this.page.addStyleTag({ content: STYLE });
    await this.see(".explorer-folders-view .monaco-list-row", "connectionSpec.json");
  }

  /** Makes the window as high as this. */
  async size(height) {
    this.aside = [WIDTH / 2, height - 2];
    await this.page.setViewportSize({ width: WIDTH, height });
    await this.page.mouse.move(...this.aside);
  }

  /** The first thing on screen with these words. */
  find(selector, text) {
    return this.page.locator(selector, { hasText: text }).filter({ visible: true }).first();
  }

  /** Waits until it is shown, and gives back all that it says. */
  async see(selector, text) {
    const thing = this.find(selector, text);
    await thing.waitFor();
    return (await thing.innerText()).replaceAll("\u00a0", " ");
  }

  /** Waits until no such thing is shown. */
  async gone(selector, text) {
    await this.find(selector, text).waitFor({ state: "hidden" });
  }

  /** Clicks it. */
  async click(selector, text) {
    await this.find(selector, text).click();
    await this.page.mouse.move(...this.aside);
  }

  /** Lets the mouse rest on a word of a line. */
  async point(line, word) {
    await this.find(".view-line", line).locator("span > span", { hasText: word }).first().hover();
  }

  /** Presses keys, one after the other. */
  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  /** Opens a file, with nothing beside its editor. */
  async open(name) {
    await this.press("Control+P");
    await this.page.locator(INPUT).fill(name);
    await this.click(CHOICE, name);
    await this.see(".tab.active", name);
    await this.press("Control+B");
    await this.gone(".part.sidebar", "");
  }

  /** Runs a command from the palette. */
  async run(title) {
    await this.press("F1");
    await this.page.locator(INPUT).fill(`>${title}`);
    await this.click(CHOICE, title);
    await this.gone(".quick-input-widget", "");
  }

  /** Puts the cursor between two texts that stand side by side in the saved file. */
  async goTo(before, after = "") {
    const at = this.text.indexOf(before + after);
    assert(at >= 0, `${before}${after} is not in the file`);
    const lines = this.text.slice(0, at + before.length).split("\n");
    const [line, column] = [lines.length, lines.at(-1).length + 1];
    await this.press("Control+G");
    await this.page.locator(INPUT).fill(`:${line}:${column}`);
    await this.press("Enter");
    await this.see(STATUS, `Ln ${line}, Col ${column}`);
  }

  /** Replaces a text of the saved file that stands once on a line, by typing. */
  async replace(before, old, typed) {
    await this.goTo(before, old);
    await this.press(...[...old].map(() => "Shift+ArrowRight"));
    await this.see(STATUS, `(${old.length} selected)`);
    await this.type(typed);
  }

  /**
   * Takes a fix of what is wrong between two texts that stand side by side, and saves. VS Code asks by itself what it can do
   * about a text, and drops what it is asked for until it knows.
   */
  async mend(before, after, fix, fixed) {
    await this.goTo(before, after);
    await this.see(BULB_WITH_FIX, "");
    await this.press("Control+Period");
    await this.click(MENU_ROW, fix);
    await this.save(fixed);
    await this.gone(BULB_WITH_FIX, "");
  }

  /** Saves the file once it is changed, and waits until it has a text. */
  async save(text) {
    await this.see(".tab.active.dirty", "");
    await this.press("Control+S");
    const end = Date.now() + PATIENCE;
    while (!this.text.includes(text)) {
      assert(Date.now() < end, `${text} is not in the saved file`);
      await new Promise((next) => setTimeout(next, 50));
    }
    await this.gone(".tab.active.dirty", "");
  }

  /** The text of the saved file. */
  get text() {
    return readFileSync(this.spec, "utf8");
  }

  /** Scrolls some lines down. */
  async scroll(lines) {
    await this.press(...Array(lines).fill("Control+ArrowDown"));
  }

  /** Makes the panel below the editor higher. */
  async heighten(by) {
    const { x, y } = await this.page.locator(PANEL).boundingBox();
    await this.page.mouse.move(x + 20, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + 20, y - by);
    await this.page.mouse.up();
    await this.page.mouse.move(...this.aside);
  }

  /** Closes the panel. */
  async closePanel() {
    await this.page.locator(PANEL).locator(".codicon-panel-close").click();
    await this.gone(PANEL, "");
    await this.press("Control+1");
  }

  /** Shows a message in full, which is cut to one line at first. */
  async unfold(text) {
    const message = this.find(MESSAGE, text);
    await message.hover();
    await message.locator(".codicon-notifications-expand").click();
    await this.page.mouse.move(...this.aside);
    await message.locator(".codicon-notifications-collapse").waitFor({ state: "attached" });
  }

  /** Closes all messages. */
  async clear() {
    await this.run("Notifications: Clear All Notifications");
    await this.gone(MESSAGE, "");
  }

  /** Keeps a picture. */
  async picture(name) {
    await this.page.screenshot({ path: join(this.pictures, `vscode-${name}.png`), animations: "disabled" });
  }
}
