// The page with the workbench: it hands the suite to the extension host, and does in the page what the suite asks for.
import { createServer } from "node:http";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";

/** What the suite may ask for. Each waits until the thing is there. */
const DEEDS = {
  /** Clicks a thing that has these words. */
  click: ({ page, selector, text }) => page.locator(selector, { hasText: text }).first().click(),
  /** Waits until a thing with these words is shown, and gives back all that it says. */
  see: async ({ page, selector, text }) => {
    const thing = page.locator(selector, { hasText: text }).first();
    await thing.waitFor();
    return (await thing.innerText()).replaceAll("\u00a0", " ");
  },
  /** Waits until no such thing is shown. */
  gone: ({ page, selector, text }) => page.locator(selector, { hasText: text }).first().waitFor({ state: "detached" }),
  /** Presses a key. */
  press: ({ page, text }) => page.keyboard.press(text),
  /** Types a text. */
  type: ({ page, text }) => page.keyboard.type(text),
  /** Keeps a picture. */
  picture: ({ page, text, logs }) => page.screenshot({ path: join(logs, `${text}.png`) }).then(() => undefined),
};

/** See above. */
export function openPage(host, logs) {
  let browser, page;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const more of request) {
      body += more;
    }
    try {
      const asked = JSON.parse(body);
      const seen = await DEEDS[asked.deed]({ page, logs, ...asked });
      response.end(JSON.stringify({ seen }));
    } catch (error) {
      response.end(JSON.stringify({ error: error.message }));
    }
  });

  /** Begins to listen to the suite. */
  const listen = async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${server.address().port}`;
  };

  /** Opens the workbench and waits for the end of the suite: 0 when it passed. */
  const run = async (url, workspace, extension, patience) => {
    browser = await launch(host);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const all = createWriteStream(join(logs, "host.log"));
    await page.exposeFunction("codeAutomationLog", (kind, words) => {
      all.write(`[${kind}] ${words.join(" ")}\n`);
      if (/^(ok|FAIL) /.test(words[0] ?? "")) {
        console.log(words.join(" "));
      }
    });
    const authority = new URL(url).host;
    const place = (path) => ({ scheme: "vscode-remote", authority, path });
    // The page carries what the workbench is to do; the tests are added on the way.
    await page.addInitScript(
      (tests) => {
        new MutationObserver((_, observer) => {
          const meta = document.getElementById("vscode-workbench-web-configuration");
          if (meta !== null) {
            observer.disconnect();
            meta.dataset.settings = JSON.stringify({ ...JSON.parse(meta.dataset.settings), developmentOptions: tests });
          }
        }).observe(document, { childList: true, subtree: true });
      },
      { extensions: [place(join(extension, "tester"))], extensionTestsPath: place(join(extension, "tester", "suite.js")) },
    );
    await page.goto(`${url}/?folder=${encodeURIComponent(workspace)}`);
    const late = new Promise((resolve) => setTimeout(resolve, patience, "late"));
    const code = await Promise.race([ended, late]);
    if (code !== 0) {
      console.log(code === "late" ? `The suite has not ended in ${patience / 1000} s.` : `The suite ended with ${code}.`);
    }
    return code === 0 ? 0 : 1;
  };

  const close = async () => {
    await browser?.close();
    server.closeAllConnections();
    server.close();
  };
  return { listen, run, close };
}
