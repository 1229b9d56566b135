// Nothing leaves: judged at the sockets that would have been reached, not by what the browser says it did.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as support from "./support.js";
import { browser, server } from "./support.js";

let elsewhere;
before(async () => {
  elsewhere = await support.serve();
});
after(() => elsewhere?.close());
beforeEach(() => {
  server.requests.length = 0;
});

/** Long enough for a request that was going to be made. */
const settle = (page) => page.waitForTimeout(500);

test("the page is one request, and a whole journey makes no other", async (t) => {
  const page = await support.open(t, browser, server.url);
  assert.deepEqual(server.requests, ["GET /"]);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await support.drop(page, support.scratch("notes.xlsx", "Not a workbook."));
  await support.waitForFocus(page, "trouble");
  await support.drop(page, support.workbook("big.xlsx"));
  await page.getByRole("button", { name: "Cancel this check" }).click();
  await page.getByRole("button", { name: "Try it with a sample plan" }).click();
  await support.waitForFocus(page, "document-0-heading");
  await settle(page);
  assert.deepEqual(server.requests, ["GET /"]);
});

/** Ways to send from a page or a worker; each gives what came of it. */
const attempts = `async (target) => {
  const outcome = {};
  try { await fetch(target + "fetch", { mode: "no-cors" }); outcome.fetch = "sent"; } catch { outcome.fetch = "refused"; }
  try {
    const request = new XMLHttpRequest();
    request.open("GET", target + "xhr", false);
    request.send();
    outcome.xhr = "sent";
  } catch { outcome.xhr = "refused"; }
  outcome.socket = await new Promise((done) => {
    try {
      const socket = new WebSocket(target.replace("http", "ws"));
      socket.onopen = () => done("sent");
      socket.onerror = () => done("refused");
    } catch { done("refused"); }
  });
  outcome.events = await new Promise((done) => {
    try {
      const events = new EventSource(target + "events");
      events.onopen = () => done("sent");
      events.onerror = () => { events.close(); done("refused"); };
    } catch { done("refused"); }
  });
  if (typeof importScripts === "function") {
    try { importScripts(target + "script.js"); outcome.script = "sent"; } catch { outcome.script = "refused"; }
  }
  return outcome;
}`;

test("a listener that is reached does notice: the tests below can fail", async (t) => {
  const page = await support.newPage(t, browser);
  // A page without any policy.
  await page.goto(`${elsewhere.url}plain`);
  elsewhere.requests.length = 0;
  const outcome = await page.evaluate(`(${attempts})(${JSON.stringify(elsewhere.url)})`);
  assert.equal(outcome.fetch, "sent");
  assert.ok(elsewhere.requests.includes("GET /fetch"));
  assert.ok(elsewhere.requests.includes("GET /xhr"));
});

test("the page cannot send, by any way that a policy covers", async (t) => {
  const page = await support.open(t, browser, server.url);
  const received = elsewhere.received();
  for (const target of [elsewhere.url, server.url]) {
    const outcome = await page.evaluate(`(${attempts})(${JSON.stringify(target)})`);
    assert.deepEqual(outcome, { fetch: "refused", xhr: "refused", socket: "refused", events: "refused" });
    await page.evaluate((target) => {
      navigator.sendBeacon(`${target}beacon`, "plan");
      const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
      add("img", { src: `${target}image` });
      add("iframe", { src: `${target}frame` });
      add("script", { src: `${target}script` });
      add("link", { rel: "stylesheet", href: `${target}style` });
      add("link", { rel: "prefetch", href: `${target}prefetch` });
      const form = Object.assign(document.createElement("form"), { action: `${target}form`, method: "post" });
      document.body.append(form);
      form.submit();
    }, target);
    await settle(page);
  }
  // For frames and forms Chromium may open a connection before it asks the policy, and then says nothing
  // over it: what counts is what is said.
  assert.equal(elsewhere.received(), received, "not one byte reached the listener");
  assert.deepEqual(server.requests, ["GET /"]);
  assert.equal(page.url(), server.url);
});

test("the worker that reads the plan cannot send either", async (t) => {
  // The page's own worker, with a question put in front of what it answers to.
  const html = await (await fetch(server.url)).text();
  const probe = `
    const answer = self.onmessage;
    self.onmessage = async (event) => {
      if (event.data.type === "check") {
        const outcome = await (${attempts})(${JSON.stringify(elsewhere.url)});
        self.postMessage({ type: "failed", id: event.data.id, message: "probe " + JSON.stringify(outcome) });
      } else answer(event);
    };`;
  const mark = /(<script type="text\/plain" id="engine-shim">)([^]*?)(<\/script>)/;
  assert.match(html, mark);
  const probed = await support.serve(() => html.replace(mark, (_, open, shim, close) => open + shim + probe + close), t);
  const page = await support.open(t, browser, probed.url);
  const before = elsewhere.connections();
  await page.getByRole("button", { name: "Try it with a sample plan" }).click();
  await support.waitForFocus(page, "trouble");
  const said = await page.locator("#trouble").textContent();
  const outcome = JSON.parse(said.match(/probe (\{.*?\})/)[1]);
  assert.deepEqual(outcome, { fetch: "refused", xhr: "refused", socket: "refused", events: "refused", script: "refused" });
  await settle(page);
  assert.equal(elsewhere.connections(), before, "nothing reached the listener");
});

test("nothing is kept: no cookie, no storage of any sort", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  const kept = await page.evaluate(async () => ({
    cookies: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: (await caches.keys()).length,
  }));
  assert.deepEqual(kept, { cookies: "", local: 0, session: 0, databases: 0, workers: 0, caches: 0 });
  assert.deepEqual(await page.context().cookies(), []);
});

test("it works as a file, opened without any server", async (t) => {
  const page = await support.open(t, browser, pathToFileURL(support.site).href);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  assert.equal((await support.condition(page, "EX02")).Planned, "£14,168,050");
});

test("what a workbook says is only ever text", async (t) => {
  const page = await support.open(t, browser, server.url);
  const name = "<img src=x onerror=document.title='ran'>.xlsx";
  await support.drop(page, support.scratch(name, "Not a workbook."));
  await support.waitForFocus(page, "trouble");
  assert.ok((await page.locator("#trouble").textContent()).includes(name));
  assert.equal(await page.locator("#trouble img").count(), 0);
});
