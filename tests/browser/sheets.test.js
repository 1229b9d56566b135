// The workbook's own sheets on the page, on the built site in a real browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as support from "./support.js";

let browser, server;
before(async () => {
  browser = await support.launch();
  server = await support.serve();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** The page with a checked workbook and its sheets. */
async function checked(t, file = "sample.xlsx", options = {}) {
  const page = await support.open(t, browser, server.url, options);
  await support.drop(page, support.workbook(file));
  await support.fresh(page);
  await page.getByRole("tab").first().waitFor();
  return page;
}

const cell = (page, at) => page.locator(`.pc-grid td[id$="-${at}"]`);

test("there is a tab for each sheet, with how much was found on it", async (t) => {
  const page = await checked(t);
  const tabs = await page.getByRole("tab").evaluateAll((tabs) => tabs.map((tab) => tab.textContent));
  assert.equal(tabs.length, 9);
  assert.match(tabs[1], /^2\. Cover\d+, \d+ findings?$/);
  assert.equal(tabs[0], "1. Guidance");
  const counted = tabs.map((tab) => Number(/, (\d+) finding/.exec(tab)?.[1] ?? 0)).reduce((a, b) => a + b);
  assert.equal(counted, await page.locator(".pc-document article[class*=pc-card] .pc-card__source").count());
});

test("a sheet shows what Excel shows: amounts, percentages, merged cells, fills and its letters and numbers", async (t) => {
  const page = await checked(t);
  await page.getByRole("tab", { name: "4. Income" }).click();
  await cell(page, "C9").waitFor();
  assert.equal((await cell(page, "C9").textContent()).trim(), "£4,823,370");
  assert.deepEqual(await page.locator(".pc-grid thead th").evaluateAll((it) => it.slice(0, 3).map((it) => it.textContent)), ["A", "B", "C"]);
  assert.equal(await page.locator(".pc-grid tbody th").first().textContent(), "1");
  await page.getByRole("tab", { name: "6. Metrics" }).click();
  await cell(page, "D20").waitFor();
  assert.equal((await cell(page, "D20").textContent()).trim(), "92.5%");
  const fills = await page.locator(".pc-grid td").evaluateAll((cells) => new Set(cells.map((it) => getComputedStyle(it).backgroundColor)).size);
  assert.ok(fills > 2, `${fills} fills`);
});

test("a finding leads to its cell, the cell back to the finding, and so does Back", async (t) => {
  const page = await checked(t);
  const finding = page.locator("article").filter({ has: page.locator(".pc-card__bearing", { hasText: "CV02" }) });
  const link = finding.getByRole("link", { name: "C20", exact: true });
  await link.click();
  await page.waitForFunction(() => document.activeElement.id.endsWith("-C20"));
  const marked = cell(page, "C20");
  assert.match(await marked.textContent(), /CV02 Not met: /);
  assert.match(await marked.getAttribute("class"), /pc-cell--not-met/);
  assert.equal(await marked.evaluate((it) => { const box = it.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }), true);
  await page.goBack();
  await page.waitForFunction((id) => document.activeElement.id === id, await link.getAttribute("id"));
  await page.goForward();
  await page.waitForFunction(() => document.activeElement.id.endsWith("-C20"));
  await marked.getByRole("link").click();
  await page.waitForFunction(() => document.activeElement.className.includes("pc-card__title"));
  assert.equal(await page.evaluate(() => document.activeElement.closest("article").querySelector(".pc-card__bearing").textContent.startsWith("CV02")), true);
  assert.equal(page.url(), server.url, "nothing of the workbook is in the address");
});

test("a finding that is filtered out comes back when its cell is followed", async (t) => {
  const page = await checked(t);
  await page.getByLabel("Sheet", { exact: true }).selectOption("5a. Expenditure");
  const finding = page.locator("article").filter({ has: page.locator(".pc-card__bearing", { hasText: "CV02" }) });
  assert.equal(await finding.count(), 0);
  await page.getByRole("tab", { name: "2. Cover" }).click();
  await cell(page, "C20").getByRole("link").click();
  await page.waitForFunction(() => document.activeElement.className.includes("pc-card__title"));
  assert.equal(await page.evaluate(() => document.activeElement.closest("article").querySelector(".pc-card__bearing").textContent.startsWith("CV02")), true);
  assert.equal(await page.getByLabel("Sheet", { exact: true }).inputValue(), "", "the filter says what it does");
});

test("both workbooks are walked from finding to cell and back with the keyboard alone", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, [support.workbook("sample.xlsx"), support.workbook("capacity.xlsx")]);
  await support.waitForFocus(page, "document-0-heading");
  await page.getByRole("tab").nth(10).waitFor();
  const active = () => page.evaluate(() => ({ id: document.activeElement.id, name: document.activeElement.tagName, of: document.activeElement.className, text: document.activeElement.textContent }));
  const tabTo = async (sort) => {
    for (let press = 0; press < 400; press++) {
      await page.keyboard.press("Tab");
      const now = await active();
      if (sort(now)) return now;
    }
    throw new Error("never reached with Tab");
  };
  for (const workbook of [0, 1]) {
    await page.locator(`#document-${workbook}-heading`).focus();
    const card = `document-${workbook}-finding-`;
    // Past the conditions, to the cells of a finding.
    let link;
    do link = await tabTo((it) => it.of.includes("pc-cell-link"));
    while (!(await page.evaluate((card) => document.activeElement.closest("article")?.querySelector(".pc-card__title").id.startsWith(card), card)));
    const title = await page.evaluate(() => document.activeElement.closest("article").querySelector(".pc-card__title").id);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.tagName === "TD");
    const at = await active();
    assert.ok(at.id.startsWith(`document-${workbook}-`) && at.id.endsWith(`-${link.text.split(":")[0]}`), `${link.text} leads to ${at.id}`);
    const code = await tabTo((it) => it.of.includes("pc-code"));
    assert.match(code.text, /^[A-Z]{2}\d\d /);
    await page.keyboard.press("Enter");
    await page.waitForFunction((card) => document.activeElement.id.startsWith(card), card);
    await page.goBack();
    await page.waitForFunction((id) => document.activeElement.id === id, at.id);
    await page.goBack();
    await page.waitForFunction((id) => document.activeElement.id === id, link.id);
    assert.ok(title);
  }
});

test("next and previous go from finding to finding on a sheet", async (t) => {
  const page = await checked(t);
  await page.getByRole("tab", { name: "2. Cover" }).click();
  const line = page.locator(".pc-found__line");
  assert.match(await line.textContent(), /^\d+ findings on this sheet$/);
  const seen = [];
  for (const name of ["Next finding", "Next finding", "Previous finding"]) {
    const before = await support.focused(page);
    await page.getByRole("button", { name }).click();
    await page.waitForFunction((before) => document.activeElement.tagName === "TD" && document.activeElement.id !== before, before);
    seen.push(await support.focused(page));
  }
  assert.equal(seen[0], seen[2]);
  assert.notEqual(seen[0], seen[1]);
  assert.match(await line.textContent(), /^Findings? 1 (to \d+ )?of \d+ on this sheet$/);
});

test("tabs answer the arrow keys", async (t) => {
  const page = await checked(t);
  // The first sheet with something on it is open.
  assert.match(await page.getByRole("tab", { selected: true }).textContent(), /^2\. Cover/);
  await page.getByRole("tab", { selected: true }).focus();
  await page.keyboard.press("Home");
  assert.equal(await page.getByRole("tab").first().getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getByRole("tab").nth(1).getAttribute("aria-selected"), "true");
  await page.keyboard.press("End");
  assert.equal(await page.getByRole("tab").last().getAttribute("aria-selected"), "true");
});

test("what was checked, and totals against inputs", async (t) => {
  const page = await checked(t);
  await page.getByRole("tab", { name: "4. Income" }).click();
  await cell(page, "C9").waitFor();
  await page.getByLabel("What was checked").check();
  assert.match(await cell(page, "C9").getAttribute("class"), /pc-cell--read/);
  assert.match(await cell(page, "B1").getAttribute("class"), /pc-cell--unread/);
  await page.getByLabel("Totals against inputs").check();
  const ours = await page.locator(".pc-ours").allTextContents();
  assert.ok(ours.length > 4);
  assert.ok(ours.some((it) => it.includes("£51,055,373")), ours.join(" | "));
  assert.equal(await page.locator(".pc-ours--differs").count(), 0);
});

test("of a long sheet only what is near is drawn, the rest says what it is, and its last row can be reached", async (t) => {
  const page = await checked(t, "long.xlsx");
  await page.getByRole("tab", { name: "5a. Expenditure" }).click();
  await cell(page, "O49").waitFor();
  const drawn = await page.locator(".pc-grid tbody tr th").count();
  assert.ok(drawn < 400, `${drawn} rows are drawn`);
  assert.match(await page.locator(".pc-grid__more").last().textContent(), /^Show rows \d+ to \d+$/);
  await page.locator(".pc-grid").evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await page.waitForFunction(() => document.querySelectorAll(".pc-grid tbody:last-of-type th").length > 0);
});

test("a hidden sheet is shown as hidden", async (t) => {
  const page = await checked(t, "hidden.xlsx");
  const tab = page.getByRole("tab", { name: "6. Metrics (hidden)" });
  await tab.click();
  await page.locator(".pc-grid").waitFor();
  assert.ok((await page.locator(".pc-grid td").count()) > 10);
});

test("sheets are still there after a check that was cancelled", async (t) => {
  const page = await checked(t);
  await support.drop(page, support.workbook("big.xlsx"));
  await page.getByRole("button", { name: "Cancel this check" }).click();
  await page.getByRole("tab", { name: "4. Income" }).click();
  await cell(page, "C9").waitFor();
  assert.equal((await cell(page, "C9").textContent()).trim(), "£4,823,370");
});
