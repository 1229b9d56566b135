// What the reader takes away, and how findings are chosen and worded.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import * as support from "./support.js";
import { browser, server } from "./support.js";

async function checked(t, file = "sample.xlsx") {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook(file));
  await support.fresh(page);
  return page;
}

/** Presses a button and gives what is saved: its name and its bytes. */
async function saved(page, name) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: fs.readFileSync(await file.path()) };
}

const named = /^sefton-2022-23-planning-\d{4}-\d{2}-\d{2}-rules-2026\.1-/;

test("nothing is saved unasked", async (t) => {
  const page = await support.open(t, browser, server.url);
  let downloads = 0;
  page.on("download", () => downloads++);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await page.waitForTimeout(500);
  assert.equal(downloads, 0);
});

test("the full report is the one that the engine wrote", async (t) => {
  const page = await checked(t);
  const { name, bytes } = await saved(page, "Full report (JSON)");
  assert.match(name, named);
  assert.ok(name.endsWith("report.json"));
  const report = JSON.parse(bytes.toString("utf8"));
  assert.equal(report.documents[0].board, "Sefton");
  assert.equal(bytes.toString("utf8"), JSON.stringify(report, null, 2) + "\n");
});

test("findings are saved as a table that a spreadsheet opens safely", async (t) => {
  const page = await checked(t);
  const { name, bytes } = await saved(page, "Findings as a table (CSV)");
  assert.match(name, named);
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = bytes.toString("utf8").split("\r\n");
  assert.match(lines[0], /file,board,year,rule,name,class,state,requirement,sheet,range,message/);
  assert.ok(lines.some((it) => it.includes("CV02") && it.includes("not-met") && it.includes("C20")));
});

test("an annotated copy is a workbook that says the same when it is checked", async (t) => {
  const page = await checked(t);
  const { name, bytes } = await saved(page, "Annotated copy of sample.xlsx");
  assert.match(name, named);
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  await support.mark(page);
  await support.drop(page, support.scratch("copy.xlsx", bytes));
  await support.fresh(page);
  assert.equal(await page.title(), "2 checks not met – Sefton 2022-23: planning – plancheck");
  assert.ok(await page.getByRole("tab", { name: "plancheck results" }).isVisible());
});

test("findings are filtered and sorted, and their number is announced", async (t) => {
  const page = await checked(t);
  const cards = page.locator(".pc-card__source");
  const all = await cards.count();
  const status = page.locator(".pc-findings-count");
  assert.equal(await status.textContent(), `${all} findings`);
  await page.getByLabel("State", { exact: true }).selectOption("Not met");
  const few = await cards.count();
  assert.ok(few > 0 && few < all);
  assert.equal(await status.textContent(), `${few} of ${all} findings`);
  await page.getByLabel("State", { exact: true }).selectOption("");
  await page.getByLabel("Sorted").selectOption("Worst first");
  assert.match(await page.locator(".pc-sheet-heading").first().textContent(), /^Not met, /);
  await page.getByLabel("Sheet", { exact: true }).selectOption("2. Cover");
  assert.ok((await cards.count()) < all);
});

test("findings as a table are sorted by its headings, and each leads to its card and back", async (t) => {
  const page = await checked(t);
  const count = await page.locator(".pc-card__source").count();
  await page.getByLabel("As a table").check();
  const rows = page.locator(".pc-findings-table tbody tr");
  assert.equal(await rows.count(), count);
  assert.equal(await page.locator(".pc-card__source").count(), 0);
  const rules = () => rows.locator("td:first-child").allTextContents();
  const heading = page.getByRole("columnheader", { name: "Rule" });
  await heading.getByRole("button").press("Enter");
  assert.equal(await heading.getAttribute("aria-sort"), "ascending");
  const up = await rules();
  assert.deepEqual(up, [...up].sort());
  await heading.getByRole("button").press("Enter");
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  assert.deepEqual(await rules(), up.reverse());
  assert.equal(await page.locator("th[aria-sort=none]").count(), 3);
  await page.getByRole("columnheader", { name: "State" }).getByRole("button").click();
  assert.match(await rows.first().textContent(), /Not met/);
  assert.equal(await page.getByLabel("Sorted").inputValue(), "Worst first");
  await page.getByLabel("State", { exact: true }).selectOption("Not met");
  const few = await rows.count();
  assert.ok(few > 0 && few < count);

  const line = rows.filter({ hasText: "CV02" });
  const title = await line.getByRole("link").first().textContent();
  await line.getByRole("link").first().press("Enter");
  await page.waitForFunction((title) => document.activeElement.textContent === title && document.activeElement.matches(".pc-card__title"), title);
  await page.goBack();
  await page.waitForFunction((title) => document.activeElement.textContent === title && document.activeElement.closest(".pc-findings-table"), title);
  assert.deepEqual((await support.axe(page)).violations, []);
});

test("findings are worded for the plan writer or for the assurer", async (t) => {
  const page = await checked(t);
  const finding = page.locator("article").filter({ has: page.locator(".pc-card__bearing", { hasText: "CV02" }) });
  const advice = finding.locator(".pc-card__label").first();
  assert.equal(await advice.textContent(), "What to do");
  await page.getByLabel("The assurer: what to ask").check();
  assert.equal(await advice.textContent(), "What to ask");
  assert.match(await finding.locator("p", { hasText: /^Ask / }).textContent(), /has signed the plan off, and when\.$/);
});

test("every picture has a sentence and a table, and no figure of it is lost on a phone", async (t) => {
  const page = await checked(t);
  const pictures = page.locator(".pc-picture");
  assert.equal(await pictures.count(), 8);
  for (const picture of await pictures.all()) {
    assert.ok((await picture.locator(".pc-picture__summary").textContent()).length > 20);
    assert.equal(await picture.locator(".pc-picture__drawing").getAttribute("aria-hidden"), "true");
    assert.ok((await picture.locator("table tbody tr").count()) > 0);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  const wide = await pictures.evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => it.id || it.textContent.slice(0, 40)));
  assert.deepEqual(wide, []);
});
