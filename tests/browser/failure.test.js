// When the engine or the browser fails: always a plain word, never a blank page, and the next file works.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import * as support from "./support.js";

let browser;
before(async () => {
  browser = await support.launch();
});
after(async () => {
  await browser?.close();
});

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

for (const [what, script, expected] of [
  ["WebAssembly", "delete globalThis.WebAssembly;", /needs WebAssembly/],
  ["workers", "delete globalThis.Worker;", /needs background workers/],
]) {
  test(`a browser without ${what} is told so, with what to ask for`, async (t) => {
    const server = await support.serve(undefined, t);
    const page = await support.newPage(t, browser);
    await page.addInitScript(script);
    await page.goto(server.url);
    await page.getByRole("heading", { name: "This browser cannot run the checker" }).waitFor();
    const text = await page.locator("main").innerText();
    assert.match(text, expected);
    assert.match(text, /ask your IT team/);
    assert.deepEqual((await support.axe(page)).violations, []);
  });
}

test("without JavaScript the page says what it needs", async (t) => {
  const server = await support.serve(undefined, t);
  const page = await support.newPage(t, browser, { javaScriptEnabled: false });
  await page.goto(server.url);
  assert.match(await page.locator("noscript").innerText(), /needs JavaScript/);
  assert.equal(await page.locator("h1").textContent(), "Check a Better Care Fund plan");
});
