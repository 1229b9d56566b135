// What a planning lead does with the page, on the built site in a real browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import * as support from "./support.js";
import { browser, server } from "./support.js";

const open = (t) => support.open(t, browser, server.url);

/** What everybody who drops this plan must read. */
async function expectSefton(page) {
  const adult = await support.condition(page, "EX02");
  assert.equal(adult.state, "Met");
  assert.equal(adult.Required, "£13,584,091");
  assert.equal(adult.Planned, "£14,168,050");
  assert.equal(adult.Headroom, "£583,959 (4.3%)");
  const hospital = await support.condition(page, "EX03");
  assert.equal(hospital.state, "Met");
  assert.equal(hospital.Required, "£7,512,176");
  assert.equal(hospital.Planned, "£10,812,746");
  assert.deepEqual(await support.balances(page), [
    ["DFG", "£4,823,370", "£4,823,370", "£0"],
    ["Minimum NHS Contribution", "£26,435,346", "£26,435,346", "£0"],
    ["iBCF", "£15,725,903", "£15,725,903", "£0"],
    ["Additional LA Contribution", "£252,100", "£252,100", "£0"],
    ["Additional NHS Contribution", "£3,818,654", "£3,818,654", "£0"],
    ["Total", "£51,055,373", "£51,055,373", "£0"],
  ]);
}

for (const file of [support.workbook("sample.xlsx"), ...support.sefton]) {
  test(`dropping ${path.basename(file)} anywhere shows its conditions and balances`, async (t) => {
    const page = await open(t);
    await support.drop(page, file, { x: 20, y: 20 });
    await support.fresh(page);
    await expectSefton(page);
    assert.equal(await page.locator("dt", { hasText: "File" }).locator("+ dd").textContent(), path.basename(file));
  });
}

test("choosing the file with the button shows the same", async (t) => {
  const page = await open(t);
  await support.choose(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await expectSefton(page);
});

test("the sample plan shows the same, without any file", async (t) => {
  const page = await open(t);
  await page.getByRole("button", { name: "Try it with a sample plan" }).click();
  await support.fresh(page);
  await expectSefton(page);
  const facts = await page.locator(".pc-summary").innerText();
  assert.match(facts, /sample-2022-23-planning\.xlsx/);
  assert.match(facts, /Integrated care board\s+NHS Cheshire and Merseyside ICB/);
  // By the clock of this computer.
  assert.match(facts, /Last saved\s+2[567] September 2022 at \d+:\d5/);
});

test("a worked sum opens to its lines, each with its cell, and ends in the figure shown", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  const { card } = await support.condition(page, "EX02");
  const rows = card.locator(".pc-sum tbody tr");
  assert.equal(await rows.first().isVisible(), false);
  await card.locator("summary", { hasText: "How £14,168,050 is made up" }).click();
  assert.equal(await rows.first().isVisible(), true);
  const lines = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const amount = (text) => Number(text.replace(/[£,]/g, "").replace("−", "-"));
  assert.ok(lines.length > 2);
  for (const [label, cell] of lines.slice(0, -1)) {
    assert.notEqual(label, "");
    assert.match(cell, / [A-Z]{1,3}[0-9]+$/);
  }
  assert.equal(lines.at(-1)[2], "£14,168,050");
  assert.equal(lines.slice(0, -1).reduce((sum, line) => sum + amount(line[2]), 0), 14_168_050);
});

test("focus goes to the result, and the title says what it is", async (t) => {
  const page = await open(t);
  assert.equal(await page.title(), "Check a Better Care Fund plan – plancheck");
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.waitForFocus(page, "document-0-heading");
  assert.equal(await page.title(), "2 checks not met – Sefton 2022-23: planning – plancheck");
  assert.equal(await page.locator("#document-0-heading").textContent(), "Sefton 2022-23: planning");
  const counts = await page.locator(".pc-counts li").allTextContents();
  assert.equal(counts.length, 5);
  assert.match(counts[0], /^2\s+Not met$/);
});

test("the verdict names what is not met, and leads there", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  const names = page.locator(".pc-banner__not-met a");
  assert.deepEqual(await names.allTextContents(), ["WB12 Own checklist agrees", "CV02 Signed off or dated"]);
  await names.first().click();
  await page.waitForFunction(() => document.activeElement.closest(".pc-card")?.textContent.includes("WB12"));
  await page.goBack();
  await page.waitForFunction(() => document.activeElement.textContent === "WB12 Own checklist agrees");
  const contents = page.locator(".pc-contents a");
  for (const href of await contents.evaluateAll((all) => all.map((it) => it.getAttribute("href")))) {
    assert.equal(await page.locator(`[id="${href.slice(1)}"]`).count(), 1, href);
  }
  await contents.filter({ hasText: "What was not checked" }).click();
  await page.waitForFunction(() => document.activeElement.textContent === "What was not checked");
});

test("findings that are sorted otherwise stand under other headings, each with all that belong to it", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await page.getByLabel("Sheet", { exact: true }).selectOption({ label: "6. Metrics (5)" });
  const headings = () => page.locator(".pc-sheet-heading").allTextContents();
  assert.deepEqual(await headings(), ["6. Metrics, 5 findings"]);
  await page.getByLabel("Sorted").selectOption("Worst first");
  assert.deepEqual(await headings(), ["Needs judgement, 5 findings"]);
});

test("of thousands of sources the first are listed and drawn, and the others counted", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sources.xlsx"));
  await support.fresh(page);
  const rows = await page.locator(".pc-balances tbody tr").count();
  assert.equal(rows, 101, "a hundred sources, and the total");
  assert.match(await page.locator(".pc-document").innerText(), /[1-9]\d* sources are not listed here\. The report as JSON has all of them\./);
  assert.match(await page.locator(".pc-pictures").innerText(), /The first 100 of 1\d\d are drawn\./);
});

test("of very many lines behind a sum, and of very many cells, the rest comes when it is asked for", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("long.xlsx"));
  await support.fresh(page);
  const sum = page.locator(".pc-sum").first();
  await sum.locator("summary").click();
  const lines = () => sum.locator("tbody tr");
  const left = async () => Number((await sum.getByText(/more lines are not shown here/).innerText()).match(/^([\d,]+) more/)[1].replace(",", ""));
  // 200 lines, what is said of the others, and the result, which is there however many lines are not.
  assert.equal(await lines().count(), 202);
  assert.match(await lines().last().innerText(), /income less planned expenditure/);
  const before = await left();
  assert.ok(before > 200, `${before} lines`);
  await sum.getByRole("button", { name: "Show more lines" }).click();
  await page.waitForFunction(() => document.activeElement.matches("th[scope=row]"));
  assert.equal(await lines().evaluateAll((all) => all.findIndex((it) => it.contains(document.activeElement))), 200, "the first that was not there before");
  assert.equal(await lines().count(), 402);
  assert.equal(await left(), before - 200);
  while (await sum.getByRole("button").count()) await sum.getByRole("button").click();
  assert.equal(await lines().count(), before + 201, "every line, and the result");
  assert.equal(await page.evaluate(() => new Set([...document.querySelectorAll("[id]")].map((it) => it.id)).size), await page.locator("[id]").count(), "no id stands twice");

  await support.drop(page, support.workbook("no-providers.xlsx"));
  await support.fresh(page);
  const where = page.locator("article", { has: page.locator(".pc-card__bearing", { hasText: /^WB12/ }) }).locator(".pc-cells");
  const links = where.locator("a");
  await page.locator(".pc-banner a", { hasText: "WB12" }).click();
  await links.first().waitFor();
  assert.equal(await links.count(), 200);
  await where.getByRole("button", { name: "Show more cells" }).click();
  await page.waitForFunction(() => document.activeElement.matches(".pc-cells li"));
  assert.equal(await links.count(), 400);
  assert.equal(await where.locator("li").evaluateAll((all) => all.findIndex((it) => it === document.activeElement)), 2, "those that were not there before");
  assert.match(await where.innerText(), /2,101 more cells are not shown here\./);
});

test("paper says how many lines of a sum and how many findings it leaves out", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("no-providers.xlsx"));
  await support.fresh(page);
  const all = Number((await page.locator(".pc-findings-count").textContent()).match(/^[\d,]+/)[0].replace(",", ""));
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const pack = page.locator(".pc-pack");
  const sum = pack.locator(".pc-sum tbody", { hasText: "income less planned expenditure" }).first();
  assert.equal(await sum.locator("tr").count(), 2002, "lines, what is said of the others, and the result");
  assert.match(await sum.innerText(), /[1-9]\d* more lines are not printed here\. The full report \(JSON\) has them all\./);
  const requirement = pack.locator(".pc-enquiry", { has: page.locator(".pc-enquiry__title", { hasText: /^PR7/ }) });
  const printed = await requirement.locator(".pc-card__source").count();
  assert.equal(printed, 300);
  const left = Number((await requirement.innerText()).match(/([\d,]+) more findings are not printed here/)[1].replace(",", ""));
  const elsewhere = (await pack.locator(".pc-card__source").count()) - printed;
  assert.equal(printed + left + elsewhere, all, "none is passed over in silence");
});

test("of very many findings the rest comes when it is asked for, and the focus goes to it", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("many.xlsx"));
  await support.fresh(page);
  const cards = page.locator("article:has(.pc-card__source)");
  assert.equal(await cards.count(), 100);
  const heading = page.locator(".pc-sheet-heading", { hasText: "5a. Expenditure" });
  const all = Number((await heading.textContent()).match(/, ([\d,]+) findings/)[1].replace(",", ""));
  assert.ok(all > 100, `${all} findings`);
  await page.getByRole("button", { name: "Show more findings" }).click();
  await page.waitForFunction(() => document.activeElement.classList.contains("pc-card__title"));
  const nth = await cards.evaluateAll((all) => all.findIndex((it) => it.contains(document.activeElement)));
  assert.equal(nth, 100, "the first that was not there before");
});

test("a finding says what is wrong, what to do, where, and whence the rule comes", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  const finding = page.locator("article").filter({ has: page.locator(".pc-card__bearing", { hasText: "CV02" }) });
  assert.equal(await finding.locator(".pc-tag").textContent(), "Not met");
  assert.match(await finding.textContent(), /What to do.+Where2\. Cover, C20 .+Source: .+/s);
  const sheet = page.locator(".pc-sheet-heading").first();
  assert.match(await sheet.textContent(), /^2\. Cover, \d+ findings$/);
});

test("every check is listed with its state", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await page.getByText(/^All \d+ checks/).click();
  const rules = await page.locator("table", { hasText: "All checks" }).locator("tbody tr").evaluateAll((rows) => rows.map((row) => [row.cells[0].textContent, row.cells[2].textContent]));
  for (const rule of ["WB01", "CV02", "IN01", "EX01", "EX02", "EX03", "EX12", "MT02"]) {
    assert.ok(rules.some(([code]) => code === rule), `${rule} is missing`);
  }
  assert.deepEqual(rules.filter(([, state]) => state === "Not met"), [["WB12", "Not met"], ["CV02", "Not met"]]);
});

test("the same file is checked again, dropped or chosen", async (t) => {
  const page = await open(t);
  for (const give of [support.drop, support.drop, support.choose, support.choose]) {
    await support.mark(page);
    await give(page, support.workbook("sample.xlsx"));
    await support.fresh(page);
    assert.equal(await page.locator(".pc-document").count(), 1);
  }
  await expectSefton(page);
});

test("several files at once are each shown, in their order", async (t) => {
  const page = await open(t);
  const copy = support.scratch("second.xlsx", fs.readFileSync(support.workbook("sample.xlsx")));
  await support.drop(page, [support.workbook("sample.xlsx"), copy]);
  await support.fresh(page);
  const files = await page.locator("dt", { hasText: "File" }).locator("+ dd").allTextContents();
  assert.deepEqual(files, ["sample.xlsx", "second.xlsx"]);
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((it) => it.id));
  assert.equal(new Set(ids).size, ids.length, "every id is used once");
  assert.equal(await page.title(), "2 workbooks checked – plancheck");
});

test("a check can be cancelled, and the next one works", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await support.drop(page, support.workbook("big.xlsx"));
  const cancel = page.getByRole("button", { name: "Cancel this check" });
  await cancel.waitFor();
  assert.notEqual(await page.locator("#status").textContent(), "");
  assert.equal(await page.title(), "Checking – plancheck");
  await cancel.click();
  await support.waitForFocus(page, "workbook");
  assert.equal(await page.locator("#status").textContent(), "Check cancelled.");
  assert.equal(await cancel.count(), 0);
  await expectSefton(page);

  await support.mark(page);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  assert.equal(await page.locator("#status").textContent(), "");
  assert.equal(await page.locator(".pc-document").count(), 1);
});

const zip = () => fs.readFileSync(support.workbook("sample.xlsx"));
const broken = {
  "a workbook that is cut off": ["cut.xlsx", () => zip().subarray(0, 9_000)],
  "a text file with a workbook's name": ["notes.xlsx", () => Buffer.from("Not a workbook at all.\n")],
  "an empty file": ["empty.xlsx", () => Buffer.alloc(0)],
};
for (const [what, [name, bytes]] of Object.entries(broken)) {
  test(`${what} gives a message, loses nothing, and the next file works`, async (t) => {
    const page = await open(t);
    await support.drop(page, support.workbook("sample.xlsx"));
    await support.fresh(page);
    await support.mark(page);
    await support.drop(page, support.scratch(name, bytes()));
    await support.waitForFocus(page, "trouble");
    const message = await page.locator("#trouble").innerText();
    assert.match(message, new RegExp(`^The file was not checked\\s+${name}: .{20,}\\n+.{20,}`));
    assert.equal(await page.title(), "File not checked, other results below – plancheck");
    const button = page.getByRole("button", { name: "Choose a workbook" });
    assert.match(await page.locator(".nhsuk-form-group--error .nhsuk-error-message").innerText(), new RegExp(`^Error:\\s+${name}: `));
    assert.ok((await button.getAttribute("aria-describedby")).includes("workbook-error"));
    assert.equal(await page.locator(".pc-document[data-mark]").count(), 1, "the earlier result still stands");
    await expectSefton(page);

    await support.drop(page, support.workbook("sample.xlsx"));
    await support.fresh(page);
    assert.equal(await page.locator("#trouble").count(), 0);
    await expectSefton(page);
  });
}

test("a good file beside a broken one is shown, and the broken one named", async (t) => {
  const page = await open(t);
  await support.drop(page, [support.scratch("notes.xlsx", "Not a workbook."), support.workbook("sample.xlsx")]);
  await support.fresh(page);
  assert.match(await page.locator("#trouble").textContent(), /notes\.xlsx: /);
  await expectSefton(page);
});

test("a dropped folder is explained", async (t) => {
  const page = await open(t);
  await support.drop(page, path.dirname(support.scratch("one.xlsx", "x")));
  await support.waitForFocus(page, "trouble");
  assert.match(await page.locator("#trouble").textContent(), /That was a folder/);
});

test("dropping what is no file leaves the page where it is and says so", async (t) => {
  const page = await open(t);
  const debug = await page.context().newCDPSession(page);
  const data = { items: [{ mimeType: "text/plain", data: "some words" }], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await debug.send("Input.dispatchDragEvent", { type, x: 640, y: 700, data });
  }
  // Only what the page says it accepts is dropped on it; text is not, and nothing may change.
  assert.equal(page.url(), server.url);
  assert.equal(await page.locator("#trouble").count(), 0);
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();

  await page.evaluate(() => window.dispatchEvent(new DragEvent("drop", { dataTransfer: new DataTransfer(), cancelable: true })));
  await support.waitForFocus(page, "trouble");
  assert.match(await page.locator("#trouble").textContent(), /There was no file in what you dropped/);
});

test("dragging files over the page is shown and announced, and so is leaving", async (t) => {
  const page = await open(t);
  const debug = await page.context().newCDPSession(page);
  const data = { items: [], files: [support.workbook("sample.xlsx")], dragOperationsMask: 1 };
  await debug.send("Input.dispatchDragEvent", { type: "dragEnter", x: 640, y: 700, data });
  await debug.send("Input.dispatchDragEvent", { type: "dragOver", x: 640, y: 700, data });
  await page.locator(".pc-chooser--dragging").waitFor();
  assert.match(await page.locator("[aria-live=assertive]").textContent(), /^Entered drop zone/);
  // From one element to the next is no leaving.
  await debug.send("Input.dispatchDragEvent", { type: "dragOver", x: 640, y: 300, data });
  await page.waitForFunction(() => document.querySelector(".pc-chooser--dragging"));
  assert.match(await page.locator("[aria-live=assertive]").textContent(), /^Entered drop zone/);
  // The debugger's own "dragCancel" says nothing to the page; a reader's pointer does.
  await page.evaluate(() => document.elementFromPoint(640, 300).dispatchEvent(new DragEvent("dragleave", { bubbles: true })));
  await page.locator(".pc-chooser--dragging").waitFor({ state: "detached" });
  assert.equal(await page.locator("[aria-live=assertive]").textContent(), "Left drop zone");
});

test("both workbooks of a board are shown, and checked across", async (t) => {
  const page = await open(t);
  await support.drop(page, [support.workbook("sample.xlsx"), support.workbook("capacity.xlsx")]);
  await support.fresh(page);
  assert.deepEqual(await page.locator(".pc-document__heading").allTextContents(), [
    "Sefton 2022-23: planning",
    "Sefton 2022-23: capacity and demand",
    "Sefton, 2022-23: the workbooks together",
  ]);
  const months = page.getByRole("table", { name: "Months in which capacity is below demand, in people" });
  const rows = await months.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.equal(rows.length, 6);
  assert.deepEqual(rows[0], ["Pathway 0", "October 2022", "5,927", "4,601", "−1,326"]);
  assert.deepEqual(await page.locator(".pc-contents--several li a").allTextContents(), await page.locator(".pc-document__heading").allTextContents());
  const together = page.locator(".pc-document").last();
  assert.match(await together.innerText(), /capacity\.xlsx/);
  assert.match(await together.innerText(), /reports £24,531,170 of BCF related spend on intermediate care/);
  assert.equal(await page.locator(".pc-companion").count(), 0, "neither stands alone");
});

test("a workbook alone says what the other would add", async (t) => {
  const page = await open(t);
  await support.drop(page, support.workbook("capacity.xlsx"));
  await support.fresh(page);
  assert.match(await page.locator(".pc-companion p").last().innerText(), /^Checked alone\. Given together with the planning workbook of Sefton for 2022-23/);
  assert.equal(await page.locator(".pc-ledger article").count(), 0, "a capacity and demand workbook has no conditions on money");
});

test("every rule can be read without any file, and beside a finding", async (t) => {
  const page = await open(t);
  const all = page.locator("summary", { hasText: /^What is checked: all \d+ rules$/ });
  await all.click();
  const rule = page.locator(".pc-catalogue__rule").filter({ has: page.locator("summary", { hasText: "EX02 Adult social care minimum" }) });
  await rule.locator("summary").click();
  assert.match(await rule.innerText(), /What it checks\s.+\sWhy it matters\s/s);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  const about = page.locator(".pc-document details.pc-about").first();
  await about.locator("summary").click();
  assert.match(await about.innerText(), /^About rule [A-Z]{2}\d\d: .+What to do/s);
});

test("a table of published allocations is compared with the plan", async (t) => {
  const page = await open(t);
  const table = (amount) => support.scratch("allocations.csv", `board,year,stream,amount\nSefton,2022-23,DFG,${amount}\n`);
  await support.drop(page, [support.workbook("sample.xlsx"), table(4823371)]);
  await support.fresh(page);
  const card = page.locator(".pc-document article").filter({ hasText: "IN07" });
  assert.match(await card.innerText(), /£4,823,371/);

  await support.drop(page, [support.workbook("sample.xlsx"), table("a lot")]);
  await support.waitForFocus(page, "trouble");
  assert.match(await page.locator("#trouble").innerText(), /The table of allocations cannot be used/);
  await support.drop(page, table(1));
  await page.locator("#trouble", { hasText: "there is no workbook with it" }).waitFor();
});

test("everything can be done with the keyboard", async (t) => {
  const page = await open(t);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to main content");
  await page.keyboard.press("Enter");
  await support.waitForFocus(page, "maincontent");
  await page.keyboard.press("Tab");
  assert.equal(await support.focused(page), "workbook");
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(support.workbook("big.xlsx"));
  await page.getByRole("button", { name: "Cancel this check" }).waitFor();
  // Past the way to the privacy page, the note on allocations and the sample.
  for (let press = 0; press < 4; press++) await page.keyboard.press("Tab");
  assert.equal(await support.focused(page), "cancel");
  await page.keyboard.press("Enter");
  await support.waitForFocus(page, "workbook");
  for (let press = 0; press < 3; press++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await support.waitForFocus(page, "document-0-heading");

  // From the result on, every stop is a control or a scroller, none hidden, and none is a trap.
  const stops = new Set();
  for (let press = 0; press < 200; press++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const it = document.activeElement;
      if (it === document.body) return null;
      const box = it.getBoundingClientRect();
      const outlined = it.matches(":focus-visible");
      const all = [...document.querySelectorAll("*")];
      return { at: all.indexOf(it), seen: box.width > 0 && box.height >= 24, outlined, name: it.textContent.slice(0, 40) };
    });
    if (!stop) break;
    assert.ok(stop.seen && stop.outlined, `${stop.name} can be seen to have the focus`);
    assert.ok(!stops.has(stop.at), `${stop.name} comes only once`);
    stops.add(stop.at);
  }
  assert.ok(stops.size >= 5, "the worked sums and tables can be reached");

  const summary = page.locator("summary", { hasText: "How £14,168,050 is made up" });
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.equal(await summary.locator("..").getAttribute("open"), "");
});
