// The page with the workbench. It passes the suite to the extension host and performs the UI actions that the suite requests
// over HTTP.
import { createServer } from "node:http";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "./processes.mjs";

/** How long an action may take, in milliseconds. */
const ACTION_TIMEOUT = 20_000;

/** The actions, by name. Each waits for its element. */
const ACTIONS = {
  click: ({ page, selector, text }) => page.locator(selector, { hasText: text }).first().click(),
  /** Waits for an element with the text and returns its full text. */
  waitFor: async ({ page, selector, text }) => {
    const element = page.locator(selector, { hasText: text }).first();
    await element.waitFor();
    return (await element.innerText()).replaceAll("\u00a0", " ");
  },
  waitForNone: ({ page, selector, text }) => page.locator(selector, { hasText: text }).first().waitFor({ state: "detached" }),
  press: ({ page, text }) => page.keyboard.press(text),
  type: ({ page, text }) => page.keyboard.type(text),
  screenshot: ({ page, text, logs }) => page.screenshot({ path: join(logs, `${text}.png`) }).then(() => undefined),
};

export function openBridge(host, logs) {
  let browser, page;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) {
      body += chunk;
    }
    try {
      const params = JSON.parse(body);
      const result = await ACTIONS[params.action]({ page, logs, ...params });
      response.end(JSON.stringify({ result }));
    } catch (error) {
      response.end(JSON.stringify({ error: error.message }));
    }
  });

  /** Starts the HTTP server and returns its URL. */
  const listen = async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${server.address().port}`;
  };

  /** Opens the workbench and waits for the suite to finish. Returns whether it passed. */
  const run = async (url, workspace, suite, timeout) => {
    browser = await launchBrowser(host);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(ACTION_TIMEOUT);
    const finished = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const log = createWriteStream(join(logs, "host.log"));
    await page.exposeFunction("codeAutomationLog", (kind, args) => {
      log.write(`[${kind}] ${args.join(" ")}\n`);
      if (/^(ok|FAIL) /.test(args[0] ?? "")) {
        console.log(args.join(" "));
      }
    });
    const authority = new URL(url).host;
    const remote = (path) => ({ scheme: "vscode-remote", authority, path });
    // The page contains the configuration of the workbench; the suite is added before the workbench reads it.
    await page.addInitScript(
      (developmentOptions) => {
        new MutationObserver((_, observer) => {
          const meta = document.getElementById("vscode-workbench-web-configuration");
          if (meta !== null) {
            observer.disconnect();
            meta.dataset.settings = JSON.stringify({ ...JSON.parse(meta.dataset.settings), developmentOptions });
          }
        }).observe(document, { childList: true, subtree: true });
      },
      { extensions: [remote(suite)], extensionTestsPath: remote(join(suite, "index.js")) },
    );
    await page.goto(`${url}/?folder=${encodeURIComponent(workspace)}`);
    const timedOut = new Promise((resolve) => setTimeout(resolve, timeout, "timeout"));
    const code = await Promise.race([finished, timedOut]);
    if (code !== 0) {
      console.log(code === "timeout" ? `The suite timed out after ${timeout / 1000} s.` : `The suite exited with code ${code}.`);
    }
    return code === 0;
  };

  const close = async () => {
    await browser?.close();
    server.closeAllConnections();
    server.close();
  };
  return { listen, run, close };
}
