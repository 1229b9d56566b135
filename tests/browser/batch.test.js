// Many plans at once: an overview of all, each opens to its whole result, and what is taken away is of all.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { axe, browser, choose, newPage, open, scratch, server, site, waitForFocus, workbook } from "./support.js";

const boards = ["board-1.xlsx", "board-2.xlsx", "board-3.xlsx"].map(workbook);
const broken = scratch("broken.xlsx", "no workbook at all");
const given = [...boards, workbook("sample.xlsx"), broken, workbook("capacity.xlsx")];

async function opened(t, files = given, options = {}) {
  const page = await open(t, browser, server.url, options);
  await choose(page, files);
  await page.locator("#many-heading").waitFor();
  return page;
}

const rows = (page) => page.locator(".pc-many__table tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));

async function saved(page, label) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: label }).click();
  return fs.readFileSync(await (await download).path(), "utf8");
}

test("many plans have a line each, the broken one is named, and each opens to its whole result", async (t) => {
  const page = await opened(t);
  assert.match(await page.locator("#trouble").textContent(), /broken\.xlsx: .*not a workbook/);
  const lines = await rows(page);
  assert.deepEqual(
    lines.map((it) => it[0]),
    ["Exampleshire 1 2022-23: planning", "Exampleshire 2 2022-23: planning", "Exampleshire 3 2022-23: planning", "Sefton 2022-23: planning", "Sefton 2022-23: capacity and demand"],
  );
  assert.deepEqual(lines[3].slice(1, 5), ["Not met", "2", "0", "5"]);
  assert.equal(await page.locator(".pc-document").count(), 0, "none is shown whole before it is asked for");
  // The last is asked for before the first is drawn; both are in the report of all by their own places.
  await page.getByRole("link", { name: "Sefton 2022-23: capacity and demand" }).click();
  await waitForFocus(page, "document-0-heading");
  assert.match(await page.locator(".pc-document").first().textContent(), /CD02/);
  assert.equal(await page.locator("#together-0-heading").count(), 1, "what stands between the two of Sefton is shown with each");
  await page.getByRole("tab", { name: /3\.1|Demand/ }).first().click();
  await page.locator(".pc-grid td.pc-cell").first().waitFor();
  await page.getByRole("link", { name: "Exampleshire 2 2022-23: planning" }).click();
  await page.locator(".pc-document__heading", { hasText: "Exampleshire 2" }).waitFor();
  assert.equal(await page.locator(".pc-document").count(), 1);
  await page.getByRole("tab", { name: /5a\. Expenditure/ }).click();
  await page.locator(".pc-grid td.pc-cell").first().waitFor();
  assert.equal(await page.locator("[aria-current=true]").textContent(), "Exampleshire 2 2022-23: planning");
});

test("the report and the table are those of all, byte for byte as one check of all of them gives", async (t) => {
  const page = await opened(t);
  const { checkAll } = await import(pathToFileURL(path.join(path.dirname(site), "plancheck.js")));
  const files = given.map((file) => ({ name: path.basename(file), bytes: fs.readFileSync(file) }));
  const whole = await checkAll(files, { worker: false });
  assert.equal(whole.across.length, 1);
  assert.equal(await saved(page, "Full report (JSON)"), `${JSON.stringify(whole, null, 2)}\n`);
  const table = await saved(page, "Findings as a table (CSV)");
  const findings = [...whole.documents, ...whole.across].reduce((sum, it) => sum + it.findings.length, 0);
  assert.ok(table.startsWith("\u{feff}file,board,") && table.split("\r\n").length > findings);
  assert.ok(table.includes("sample.xlsx + capacity.xlsx"));
});

test("the lines are sorted by their headings, and say so", async (t) => {
  const page = await opened(t);
  const heading = page.getByRole("columnheader", { name: "Workbook" });
  assert.equal(await heading.getAttribute("aria-sort"), "none");
  await page.getByRole("button", { name: "Workbook", exact: true }).click();
  await page.getByRole("button", { name: "Workbook", exact: true }).click();
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  assert.deepEqual((await rows(page)).map((it) => it[0]).slice(0, 2), ["Sefton 2022-23: planning", "Sefton 2022-23: capacity and demand"]);
  await page.getByRole("button", { name: "Result", exact: true }).click();
  assert.equal((await rows(page))[0][1], "Not met");
});

test("many plans can be cancelled, and a single one is then shown as ever", async (t) => {
  const page = await open(t, browser, server.url);
  await choose(page, [...Array(5).fill(workbook("big.xlsx")), ...boards]);
  await page.getByRole("button", { name: "Cancel this check" }).click();
  await page.getByText("Check cancelled.").waitFor();
  await choose(page, workbook("sample.xlsx"));
  await page.locator(".pc-document").waitFor();
  assert.equal(await page.locator("#many-heading").count(), 0);
});

test("a worker that fails costs its file and no other", async (t) => {
  const page = await newPage(t, browser);
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, transfer) {
      // What a trap in the engine would come to.
      if (message.names?.[0] === "board-2.xlsx") return this.dispatchEvent(new MessageEvent("message", { data: { type: "failed", id: 1, message: "a fault was injected" } }));
      return post.call(this, message, transfer);
    };
  });
  await page.goto(server.url);
  await choose(page, [...boards, workbook("sample.xlsx"), workbook("capacity.xlsx")]);
  await page.locator("#many-heading").waitFor();
  assert.match(await page.locator("#trouble").textContent(), /board-2\.xlsx: The checker itself stopped: a fault was injected/);
  assert.equal((await rows(page)).length, 4);
});

test("axe finds nothing wrong with the lines, and nothing is lost on a phone", async (t) => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 320, height: 640 }]) {
    const page = await opened(t, given, { viewport });
    const { violations, incomplete } = await axe(page, "#results");
    assert.deepEqual(violations, []);
    // What is scrolled out of sight, and figures of one sign, have the colours of what stands beside them.
    assert.deepEqual(incomplete.filter((it) => !/^color-contrast: .*: (elmPartiallyObscured|shortTextContent)$/.test(it)), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "only the table scrolls sideways");
  }
});
