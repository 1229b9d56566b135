// When the engine or the browser fails: always a plain word, never a blank page, and the next file works.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import * as support from "./support.js";
import { browser } from "./support.js";

/** The page with the worker's own script followed by another. */
async function withWorker(t, extra) {
  const html = fs.readFileSync(support.site, "utf8");
  const mark = /(<script type="text\/plain" id="engine-shim">)([^]*?)(<\/script>)/;
  assert.match(html, mark);
  return support.serve(() => html.replace(mark, (_, open, shim, close) => `${open}${shim}\n${extra}${close}`), t);
}

/** Fails as `how` says for a file of this name, and works for any other. */
const failFor = (name, how) => `{
  const answer = self.onmessage;
  self.onmessage = (event) => {
    if (event.data.names?.[0] === ${JSON.stringify(name)}) { ${how} } else return answer(event);
  };
}`;

const failures = {
  "a trap inside the engine": "return wasm_bindgen.handle({ type: 'check' }, null);",
  "an error that nobody catches": "throw new Error('lost');",
  "a worker that says it failed": "self.postMessage({ type: 'failed', id: event.data.id, message: 'unreachable' });",
  "a report that is no report": "self.postMessage({ type: 'report', id: event.data.id, json: '{' });",
};
for (const [what, how] of Object.entries(failures)) {
  test(`${what}: said plainly, nothing lost, and the next file works`, async (t) => {
    const server = await withWorker(t, failFor("bad.xlsx", how));
    const page = await support.open(t, browser, server.url);
    await support.drop(page, support.workbook("sample.xlsx"));
    await support.fresh(page);
    await support.mark(page);
    await support.drop(page, support.scratch("bad.xlsx", "x"));
    await support.waitForFocus(page, "trouble");
    assert.match(await page.locator("#trouble").textContent(), /The checker itself stopped.+not in your workbook/s);
    assert.equal(await page.locator(".pc-document[data-mark]").count(), 1, "the earlier result still stands");
    await support.drop(page, support.workbook("sample.xlsx"));
    await support.fresh(page);
    assert.equal(await page.locator("#trouble").count(), 0);
    assert.equal((await support.condition(page, "EX02")).Planned, "£14,168,050");
  });
}

test("a workbook that asks for too much memory is said to, nothing is lost, and the next file works", async (t) => {
  // As the engine ends when its allocator has no more to give: a trap, and no panic before it.
  const trap = `const fault = () => { throw new WebAssembly.RuntimeError("unreachable"); }; wasm_bindgen.handle = fault; return answer(event);`;
  const server = await withWorker(t, failFor("bad.xlsx", trap));
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await support.mark(page);
  await support.drop(page, support.scratch("bad.xlsx", "x"));
  await support.waitForFocus(page, "trouble");
  assert.match(await page.locator("#trouble").textContent(), /takes more than 384 MB of memory/);
  assert.equal(await page.locator(".pc-document[data-mark]").count(), 1, "the earlier result still stands");
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
});

test("looking at the sheets of the last result while another file is checked loses neither", async (t) => {
  // A check that takes its time.
  const server = await withWorker(t, failFor("slow.xlsx", "const end = Date.now() + 2500; while (Date.now() < end); return answer(event);"));
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await page.getByRole("tab", { name: /^4\. Income/ }).waitFor();
  await support.mark(page);
  await support.drop(page, support.scratch("slow.xlsx", fs.readFileSync(support.workbook("capacity.xlsx"))));
  await page.getByRole("button", { name: "Cancel this check" }).waitFor();
  await page.getByRole("tab", { name: /^6\. Metrics/ }).click();
  await support.fresh(page);
  await page.getByRole("tab", { name: /^3\.1/ }).click();
  await page.locator(".pc-grid td", { hasText: "5,927" }).first().waitFor();
  assert.equal(await page.getByText("cannot be shown").count(), 0);

  // And the last result's own, where the check comes to nothing.
  await support.mark(page);
  await support.drop(page, support.scratch("slow.xlsx", "no workbook"));
  await page.getByRole("button", { name: "Cancel this check" }).waitFor();
  await page.getByRole("tab", { name: /^5\.0/ }).click();
  await page.getByRole("button", { name: "Cancel this check" }).click();
  await page.locator(".pc-grid td", { hasText: "24,531,170" }).first().waitFor();
});

test("a check that is running when other files are given ends there, however long they take to read", async (t) => {
  const server = await withWorker(t, failFor("slow.xlsx", "const end = Date.now() + 1500; while (Date.now() < end); return answer(event);"));
  const page = await support.open(t, browser, server.url);
  await page.evaluate(() => {
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
      if (this.name === "late.xlsx") await new Promise((later) => setTimeout(later, 4000));
      return read.call(this);
    };
  });
  await support.drop(page, support.scratch("slow.xlsx", fs.readFileSync(support.workbook("capacity.xlsx"))));
  await page.getByRole("button", { name: "Cancel this check" }).waitFor();
  await support.drop(page, support.scratch("late.xlsx", fs.readFileSync(support.workbook("sample.xlsx"))));
  await page.waitForTimeout(3000);
  assert.equal(await page.locator(".pc-document").count(), 0, "the first report does not come under the second file's name");
  await support.fresh(page);
  assert.match(await page.locator(".pc-document").textContent(), /late\.xlsx/);
  assert.equal((await support.condition(page, "EX02")).Planned, "£14,168,050");
});

test("a worker that falls silent is given up after a minute, and the next file works", async (t) => {
  const server = await withWorker(t, failFor("bad.xlsx", ""));
  const page = await support.newPage(t, browser);
  await page.clock.install();
  await page.goto(server.url);
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  await support.drop(page, support.scratch("bad.xlsx", "x"));
  await page.clock.runFor(1_000);
  await page.getByRole("button", { name: "Cancel this check" }).waitFor();
  await page.clock.runFor(61_000);
  await page.locator("#trouble").waitFor();
  assert.match(await page.locator("#trouble").textContent(), /no sign of life/);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
});

test("an engine that cannot be started is said when a file is given", async (t) => {
  const html = fs.readFileSync(support.site, "utf8");
  const server = await support.serve(() => html.replace(/(id="engine-wasm">)[^<]*/, "$1AGFzbQ=="), t);
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.waitForFocus(page, "trouble");
  assert.match(await page.locator("#trouble").textContent(), /The checker itself stopped/);
});

/** Opens a page that cannot start, and gives what it says. */
async function refused(t, { html, script, headers, options } = {}) {
  const server = await support.serve(html, t, {}, headers);
  const page = await support.newPage(t, browser, options);
  if (script) await page.addInitScript(script);
  await page.goto(server.url);
  await page.getByRole("heading", { name: "The checker cannot run here" }).waitFor();
  assert.equal(await page.locator("#page").isVisible(), false);
  return { page, said: await page.locator("#cannot-start-reason").innerText(), ask: await page.locator("#cannot-start-ask").innerText() };
}

const built = () => fs.readFileSync(support.site, "utf8");
const inPolicy = "default-src 'none'; style-src 'unsafe-inline'; ";
for (const [what, how, reason, line] of [
  ["WebAssembly", { script: "delete globalThis.WebAssembly;" }, /needs WebAssembly, which is switched off/, /EnhanceSecurityModeBypassListDomains/],
  ["workers", { script: "delete globalThis.Worker;" }, /needs background workers/, /up-to-date/],
  ["the instructions of today's programs", { html: () => built().replace(/(id="app-wasm">)[^<]*/, "$1AGFzbQEAAAABBAFgAAADAgEACgYBBADd3Qs=") }, /too old/, /not in Internet Explorer mode/],
  // Without the policy, which would not let another script run.
  ["the language of today's scripts", { html: () => built().replace(/<meta http-equiv[^>]*>/, "").replace("<script>let wasm_bindgen", "<script>let = =>; let wasm_bindgen") }, /too old/, /not in Internet Explorer mode/],
  ["a script as it was released", { html: () => built().replace("<script>let wasm_bindgen", "<script>/* changed */let wasm_bindgen") }, /not as it was released/, /file anew/],
  ["leave to compile, which the server's policy withholds", { headers: { "Content-Security-Policy": `${inPolicy}script-src 'unsafe-inline'; worker-src blob:` } }, /policy of the server .+ forbids WebAssembly/, /script-src 'wasm-unsafe-eval'/],
  ["leave to start workers, which the server's policy withholds", { headers: { "Content-Security-Policy": `${inPolicy}script-src 'unsafe-inline' 'wasm-unsafe-eval'` } }, /policy of the server .+ forbids background workers/, /worker-src blob:/],
  ["a page's own program", { html: () => built().replace(/(id="app-wasm">)[^<]*/, "$1AGFzbQEAAAA=") }, /could not be started/, /file anew/],
]) {
  test(`a browser without ${what} is told so, with a line for the IT team`, async (t) => {
    const { page, said, ask } = await refused(t, how);
    assert.match(said, reason);
    assert.match(ask, line);
    assert.deepEqual((await support.axe(page)).violations, []);
  });
}

test("without JavaScript the page says what it needs", async (t) => {
  const { said } = await refused(t, { options: { javaScriptEnabled: false } });
  assert.match(said, /needs JavaScript/);
});

test("where a server's policy takes no script of the page, the page says what it needs", async (t) => {
  const { said, ask } = await refused(t, { headers: { "Content-Security-Policy": "script-src 'self'" } });
  assert.match(said, /switched off or blocked/);
  assert.match(ask, /must allow what the one in the page allows/);
});
