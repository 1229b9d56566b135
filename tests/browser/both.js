// Chromium and Firefox, driven alike, and a listener that stands for the whole world: every name and every
// address that the browser is asked for leads to it.
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import puppeteer from "puppeteer-core";
import { quiet } from "./support.js";

/**
 * The listener. It answers as a proxy, so that no name needs to exist, and serves the pages that a test puts
 * into `pages`: a page, or `{ page, headers }`. `strays` is whatever else was said to it.
 */
async function listen() {
  const pages = {};
  const strays = [];
  const sockets = new Set();
  const stray = (what) => strays.push(what);
  const server = http.createServer((request, response) => {
    const found = pages[request.url];
    const { page, headers = {} } = found?.headers ? found : { page: found };
    request.socket.expected = page !== undefined;
    if (page === undefined) stray(`${request.method} ${request.url}`);
    response.setHeader("Content-Type", `text/${request.url.endsWith(".js") ? "javascript" : "html"}; charset=utf-8`);
    // Lets an answer be read wherever the request came from: a refusal must be the policy's doing.
    response.setHeader("Access-Control-Allow-Origin", "*");
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(page ?? "");
  });
  const refuse = (what) => (about, socket) => {
    stray(`${what} ${about.url ?? about.message}`);
    socket.destroy();
  };
  server.on("connect", refuse("CONNECT"));
  server.on("upgrade", refuse("UPGRADE"));
  server.on("clientError", (error, socket) => (socket.bytesRead > 0 ? refuse("NOISE")(error, socket) : socket.destroy()));
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    pages,
    strays,
    port: server.address().port,
    // A connection over which nothing is said tells nobody anything; browsers open some in advance.
    bytes: () => [...sockets].filter((it) => it.expected === undefined).reduce((sum, it) => sum + it.bytesRead, 0),
    close: () => (server.closeAllConnections(), new Promise((closed) => server.close(closed))),
  };
}

/** What Chromium asks by itself, whatever page is open. */
const own = ["*.google.com", "*.googleapis.com"];

const launchers = {
  Chromium: (port, _, args = []) =>
    puppeteer.launch({
      browser: "chrome",
      executablePath: process.env.CHROME ?? "/usr/bin/chromium",
      args: [
        ...quiet,
        ...args,
        `--proxy-server=127.0.0.1:${port}`,
        // Computers of its own that it asks now and then go past the listener, and lead nowhere.
        `--proxy-bypass-list=${["<-loopback>", ...own].join(";")}`,
        `--host-resolver-rules=${own.map((it) => `MAP ${it} ~NOTFOUND`).join(",")}`,
      ],
    }),
  Firefox: (port, downloadPath, preferences = {}) =>
    firefox({
      // The driver switches this off, and readers have it on: every file is an origin of its own.
      "security.fileuri.strict_origin_policy": true,
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": port,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": port,
      "network.proxy.no_proxies_on": "",
      "network.proxy.allow_hijacking_localhost": true,
      "browser.download.folderList": 2,
      "browser.download.dir": downloadPath,
      "browser.download.always_ask_before_handling_new_types": false,
      ...preferences,
    }),
};

/** Firefox with these preferences, and nothing of its own to ask its makers for. */
export function firefox(preferences) {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    // Without it a released Firefox does not let its settings be fetched from nowhere.
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" },
    extraPrefsFirefox: { "services.settings.server": "data:,#remote-settings-dummy/v1", ...preferences },
  });
}

/** Another one of the browsers, with its listener, that is set in its own way: arguments of Chromium, preferences of Firefox. */
export async function another(t, { name, world }, settings) {
  const browser = await launchers[name](world.port, os.tmpdir(), settings[name]);
  t.after(() => browser.close());
  return browser;
}

/** Starts both browsers for all the tests of a file. Each has a listener and a folder of downloads of its own. */
export function bothBrowsers() {
  const both = Object.keys(launchers).map((name) => ({ name }));
  before(async () => {
    for (const it of both) {
      it.world = await listen();
      it.downloads = fs.mkdtempSync(path.join(os.tmpdir(), "plancheck-saved-"));
      it.browser = await launchers[it.name](it.world.port, it.downloads);
    }
  });
  after(async () => {
    for (const it of both) {
      await it.browser?.close();
      await it.world?.close();
    }
  });
  return both;
}

/** A tab in a profile of its own, which ends with the test. What it saves goes to a folder. */
export async function newTab(t, browser, downloadPath) {
  const context = await browser.createBrowserContext(downloadPath && { downloadBehavior: { policy: "allow", downloadPath } });
  // A browser of the test's own may have been closed before.
  t.after(() => browser.connected && context.close());
  const tab = await context.newPage();
  await tab.setViewport({ width: 1280, height: 900 });
  tab.setDefaultTimeout(30_000);
  return tab;
}

/** Waits until something is so, and says what was waited for when it never is. */
export async function until(what, is) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((later) => setTimeout(later, 50))) {
    const found = await is();
    if (found) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Long enough for a request that was going to be made. */
export const settle = () => new Promise((later) => setTimeout(later, 500));
