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
  assert.match(await page.locator("#trouble").textContent(), /takes more than 256 MB of memory/);
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

test("a question that is never answered is given up after a minute, and the next one is answered", async (t) => {
  const server = await withWorker(t, `{
    const answer = self.onmessage;
    self.onmessage = (event) => (event.data.what?.what === "csv" ? undefined : answer(event));
  }`);
  const page = await support.newPage(t, browser);
  // A minute is made short. The clock of the driver would not do: its timers have numbers that programs in wasm
  // cannot clear them by.
  await page.addInitScript(() => {
    const { setTimeout } = window;
    window.minutes = 0;
    window.setTimeout = (act, delay, ...more) => setTimeout(delay === 60_000 ? () => (window.minutes++, act()) : act, delay === 60_000 ? 4_000 : delay, ...more);
  });
  await page.goto(server.url);
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  const status = page.locator(".pc-take-away [role=status]");
  const says = (start) => page.waitForFunction((start) => document.querySelector(".pc-take-away [role=status]").textContent.startsWith(start), start);
  await page.getByRole("button", { name: "Findings as a table (CSV)" }).click();
  await page.waitForTimeout(2_000);
  assert.equal(await status.textContent(), "");
  await says("The checker was stopped before it could answer. Try again.");
  assert.equal(await page.locator(".pc-document").count(), 1, "the result still stands");
  // Another worker has taken the place of the one that fell silent.
  await page.getByRole("button", { name: "Annotated copy" }).click();
  await says("Saved as ");
  // And nobody is given up who has nothing to answer.
  await page.waitForTimeout(5_000);
  assert.match(await status.textContent(), /^Saved as /);
  assert.equal(await page.locator("#trouble").count(), 0);
  assert.equal(await page.evaluate(() => window.minutes), 1);
});

test("an engine that cannot be started is said when a file is given", async (t) => {
  const html = fs.readFileSync(support.site, "utf8");
  const server = await support.serve(() => html.replace(/(id="engine-wasm">)[^<]*/, "$1AGFzbQ=="), t);
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.waitForFocus(page, "trouble");
  assert.match(await page.locator("#trouble").textContent(), /The checker itself stopped/);
});
