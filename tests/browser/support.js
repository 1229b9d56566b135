// What every browser test stands on: the built site behind a server that notes each request, a browser with
// a fresh profile, and the ways a reader gives the page a file.
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const here = path.dirname(new URL(import.meta.url).pathname);
export const root = path.resolve(here, "../..");

/** The site: one file. */
export const site = process.env.PLANCHECK_SITE ?? path.join(root, "dist/index.html");

/** A workbook that `cargo xtask test` has written. */
export const workbook = (name) => path.join(process.env.PLANCHECK_WORKBOOKS ?? path.join(root, "target/browser"), name);

/** The published Sefton workbook where it is at hand; it stands outside the repository. */
export const sefton = [path.resolve(root, "../shared/fixtures/sefton-2022-23-planning.xlsx")].filter(fs.existsSync);

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Writes a file that only this test run needs. */
export function scratch(name, bytes) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plancheck-"));
  const file = path.join(folder, name);
  fs.writeFileSync(file, bytes);
  return file;
}

/**
 * A server of one page that notes what is asked of it. `html` lets a test serve a changed page; `t` is the
 * test that it ends with; `others` are further pages by their paths; `headers` are sent with each.
 */
export async function serve(html = () => fs.readFileSync(site, "utf8"), t = undefined, others = {}, headers = {}) {
  const requests = [];
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.setHeader("Content-Type", request.url.endsWith(".js") ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
    // Lets an answer be read wherever the request came from: a refusal must be the policy's doing.
    response.setHeader("Access-Control-Allow-Origin", "*");
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(request.url === "/" ? html() : (others[request.url] ?? ""));
  });
  const sockets = [];
  server.on("connection", (socket) => sockets.push(socket));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  const received = () => sockets.reduce((sum, socket) => sum + socket.bytesRead, 0);
  t?.after(close);
  return { url: `http://127.0.0.1:${server.address().port}/`, requests, received, connections: () => sockets.length, close };
}

/** The page, its worker's own script followed by another. */
export function withWorker(extra) {
  const html = fs.readFileSync(site, "utf8");
  const mark = /(<script type="text\/plain" id="engine-shim">)([^]*?)(<\/script>)/;
  if (!mark.test(html)) throw new Error("the page has no script of a worker");
  return html.replace(mark, (_, open, shim, close) => `${open}${shim}\n${extra}${close}`);
}

/** A worker that does as `how` says where `when` is so of a message, and works otherwise. */
export const failWhen = (when, how) => `{
  const answer = self.onmessage;
  self.onmessage = (event) => {
    if (${when}) { ${how} } else return answer(event);
  };
}`;

/** One that does so for a file of this name. */
export const failFor = (name, how) => failWhen(`event.data.names?.includes(${JSON.stringify(name)})`, how);

/** Makes waits of some lengths others. The clock of the driver would not do: its timers have numbers that programs
 * in wasm cannot clear them by. For the page, before anything else. */
export function hurry(waits) {
  const { setTimeout } = window;
  window.setTimeout = (act, delay, ...more) => setTimeout(act, waits[delay] ?? delay, ...more);
}

/** What keeps Chromium from doing anything of its own accord. */
export const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser that does nothing of its own accord. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: quiet });
}

/** The browser and the server of the page, for all the tests of a file. */
export let browser, server;
before(async () => {
  browser = await launch();
  server = await serve();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** A page in a profile of its own, which ends with the test. */
export async function newPage(t, browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  // Whoever listens makes the browser hand over its file dialogs. Asking for that together with the key or
  // the click that opens one is a race; asked for here, it stands before anything is pressed.
  page.on("filechooser", () => {});
  return page;
}

/** Opens the page in a profile of its own and waits until it can take a file. */
export async function open(t, browser, url, options = {}) {
  const page = await newPage(t, browser, options);
  await page.goto(url);
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  return page;
}

/** Drops files of this computer on the page, through the browser's own drag and drop. */
export async function drop(page, files, { x = 100, y = 300 } = {}) {
  const debug = await page.context().newCDPSession(page);
  const data = { items: [], files: [files].flat(), dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await debug.send("Input.dispatchDragEvent", { type, x, y, data });
  }
  await debug.detach();
}

/** Chooses files with the button. */
export async function choose(page, files) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a workbook" }).click();
  await (await chooser).setFiles(files);
}

/** Marks the results on the page, so that `fresh` can tell whether they have been replaced since. */
export const mark = (page) => page.evaluate(() => document.querySelectorAll(".pc-document").forEach((it) => (it.dataset.mark = "old")));

/** Waits for results that were not there when `mark` was called. */
export const fresh = (page) => page.locator(".pc-document:not([data-mark])").first().waitFor();

/** The id of the element that has the focus. */
export const focused = (page) => page.evaluate(() => document.activeElement.id);

/** Waits until an element has the focus. */
export const waitForFocus = (page, id) => page.waitForFunction((id) => document.activeElement.id === id, id);

/** What axe finds wrong with the page as it is now, or with a part of it, and what it could not tell. */
export async function axe(page, within = undefined) {
  // The policy would refuse a script element; this comes in through the debugger.
  await page.evaluate(axeSource);
  const results = await page.evaluate((within) => globalThis.axe.run(within ?? document, { resultTypes: ["violations", "incomplete"] }), within);
  const brief = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.any[0]?.data?.messageKey ?? node.failureSummary ?? ""}`));
  return { violations: brief(results.violations), incomplete: brief(results.incomplete) };
}

/** The figures of a condition's card by its rule, as the reader sees them. */
export async function condition(page, rule) {
  const card = page.locator(".pc-ledger article").filter({ has: page.locator(".pc-card__bearing", { hasText: rule }) });
  const pairs = await card.locator(".pc-figures__pair").evaluateAll((pairs) => pairs.map((pair) => [pair.querySelector("dt").textContent, pair.querySelector("dd").textContent]));
  return { card, state: await card.locator(".pc-tag").first().textContent(), ...Object.fromEntries(pairs) };
}

/** The rows of the balance table, each a list of its texts. */
export const balances = (page) =>
  page.locator(".pc-balances tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(0, 4).map((cell) => cell.textContent)));
