// Many plans at once: an overview of all, each opens to its whole result, and what is taken away is of all.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { axe, browser, choose, failFor, failWhen, hurry, newPage, open, scratch, serve, server, site, waitForFocus, withWorker, workbook } from "./support.js";

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
      if (message.names?.[0] === "board-2.xlsx") return this.dispatchEvent(new MessageEvent("message", { data: { type: "failed", id: message.id, message: "a fault was injected" } }));
      return post.call(this, message, transfer);
    };
  });
  await page.goto(server.url);
  await choose(page, [...boards, workbook("sample.xlsx"), workbook("capacity.xlsx")]);
  await page.locator("#many-heading").waitFor();
  assert.match(await page.locator("#trouble").textContent(), /board-2\.xlsx: The checker itself stopped: a fault was injected/);
  assert.equal((await rows(page)).length, 4);
});

/** The page with a worker that fails in some way, and with waits of other lengths. */
async function failing(t, extra, waits = {}, before = () => {}) {
  const changed = await serve(() => withWorker(extra), t);
  const page = await newPage(t, browser);
  await page.addInitScript(hurry, waits);
  await before(page);
  await page.goto(changed.url);
  return page;
}

const copy = (name, of) => scratch(name, fs.readFileSync(workbook(of)));
const trouble = (page) => page.locator("#trouble").innerText();
/** Which file came to which line. */
const files = async (page) => (await rows(page)).map((it) => `${it[5]}: ${it[0]}`);
/** Reading a file of this name takes so long, until `window.near` is set. */
const far = (name, wait) => (page) =>
  page.addInitScript(([name, wait]) => {
    const read = Blob.prototype.arrayBuffer;
    const { setTimeout } = window;
    Blob.prototype.arrayBuffer = async function () {
      if (this.name === name && !window.near) await new Promise((later) => setTimeout(later, wait));
      return read.call(this);
    };
  }, [name, wait]);
const late = () => [copy("late.xlsx", "board-1.xlsx"), ...boards.slice(1), workbook("sample.xlsx"), copy("other.xlsx", "sample.xlsx")];
const inTheirPlaces = ["late.xlsx: Exampleshire 1 2022-23: planning", "board-2.xlsx: Exampleshire 2 2022-23: planning", "board-3.xlsx: Exampleshire 3 2022-23: planning", "sample.xlsx: Sefton 2022-23: planning", "other.xlsx: Sefton 2022-23: planning"];

test("a file that takes longer to be read than a worker may be silent is checked, under its own name", async (t) => {
  const page = await failing(t, "", { 60000: 3000 }, far("late.xlsx", 7000));
  await choose(page, late());
  await page.locator("#many-heading").waitFor();
  assert.deepEqual(await files(page), inTheirPlaces);
  assert.equal(await page.locator("#trouble").count(), 0);
});

test("a file that is not there after two minutes is named, never comes under another's name, and can be tried again", async (t) => {
  // One worker, which has another file by the time that the late one comes.
  const slow = failWhen(`event.data.names?.includes("board-3.xlsx")`, "const end = Date.now() + 4000; while (Date.now() < end); return answer(event);");
  const page = await failing(t, slow, { 120000: 1500 }, async (page) => {
    await far("late.xlsx", 3000)(page);
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { value: 1 }));
  });
  await choose(page, late());
  await page.locator("#many-heading").waitFor();
  assert.deepEqual(await files(page), inTheirPlaces.slice(1));
  assert.match(await trouble(page), /^The file was not checked\s+late\.xlsx: your browser was still reading this file after two minutes\./);
  await page.evaluate(() => (window.near = true));
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("#many-heading", { hasText: "5 workbooks" }).waitFor();
  assert.deepEqual(await files(page), inTheirPlaces);
  assert.equal(await page.locator("#trouble").count(), 0);
});

test("a worker that never comes back costs its file and no other", async (t) => {
  const page = await failing(t, failFor("late.xlsx", "for (;;);"), { 60000: 4000 });
  await choose(page, late());
  await page.locator("#many-heading").waitFor();
  assert.deepEqual(await files(page), inTheirPlaces.slice(1));
  assert.match(await trouble(page), /late\.xlsx: The checker itself stopped: it gave no sign of life for a minute\./);
});

test("an answer to another check than the one that runs is passed over", async (t) => {
  const stray = `{
    const answer = self.onmessage;
    self.onmessage = (event) => {
      if (event.data.type === "check") for (const id of [event.data.id - 1, event.data.id + 1]) {
        self.postMessage({ type: "checked", id, documents: [], across: [], pieces: [1, 2].map(() => [new Uint8Array(), new Uint8Array()]) });
        self.postMessage({ type: "refused", id, faults: ["line 1: stray"] });
      }
      return answer(event);
    };
  }`;
  const page = await failing(t, stray);
  await choose(page, late());
  await page.locator("#many-heading").waitFor();
  assert.deepEqual(await files(page), inTheirPlaces);
  assert.equal(await page.locator("#trouble").count(), 0);
});

test("workbooks of one board that could not be compared are named, and so is why", async (t) => {
  const page = await failing(t, failWhen("event.data.places?.length > 1", "self.postMessage({ type: 'failed', id: event.data.id, message: 'a fault' });"));
  await choose(page, given);
  await page.locator("#many-heading").waitFor();
  assert.match(await trouble(page), /sample\.xlsx and capacity\.xlsx were not compared with each other\. The checker itself stopped: a fault\./);
  assert.equal((await rows(page)).length, 5);
  await choose(page, given.filter((it) => it !== broken));
  await page.locator("#trouble", { hasText: "Some workbooks were not compared with each other" }).waitFor();
  assert.equal(await page.title(), "Workbooks not compared, other results below – plancheck");
  assert.doesNotMatch(await trouble(page), /were not checked|was not checked|of other files/);
  await page.getByRole("button", { name: "Try again" }).waitFor();
});

test("more workbooks of one board than can be held at once are not compared, and that is said", async (t) => {
  const page = await open(t, browser, server.url);
  const versions = [...Array(9).keys()].map((nth) => copy(`version-${nth}.xlsx`, "sample.xlsx"));
  await choose(page, versions);
  await page.locator("#many-heading").waitFor();
  assert.match(await trouble(page), /version-0\.xlsx, version-1\.xlsx, version-2\.xlsx and 6 more were not compared with each other\. They are 9 workbooks of one board and year, with .+ in all\. No more than 8 are compared at once, with no more than 40\.0 MB\./);
  assert.equal((await rows(page)).length, 9);
  assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
});

for (const how of ["silence", "error"]) {
  test(`a worker that cannot be replaced (${how}) ends the batch with what was found, and the files that were not checked`, async (t) => {
    const page = await failing(t, failFor("board-2.xlsx", "self.postMessage({ type: 'failed', id: event.data.id, message: 'a fault' });"), { 60000: 3000 }, (page) =>
      page.addInitScript((how) => {
        // The page's own worker is the first, the batch's the second.
        Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { value: 1 });
        let hired = 0;
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...more) {
          if (message.type !== "engine" || ++hired < 3) return post.call(this, message, ...more);
          if (how === "error") setTimeout(() => this.dispatchEvent(new ErrorEvent("error", { message: "blocked", cancelable: true })));
        };
      }, how));
    await choose(page, [...boards, workbook("sample.xlsx"), workbook("capacity.xlsx")]);
    await page.locator("#many-heading", { hasText: "1 workbook checked" }).waitFor();
    const said = await trouble(page);
    assert.match(said, /^4 files were not checked/);
    assert.match(said, /board-2\.xlsx: The checker itself stopped: a fault\./);
    for (const file of ["board-3", "sample", "capacity"]) assert.match(said, new RegExp(`${file}\\.xlsx: The checker itself stopped: it could not be started again\\.`));
    assert.deepEqual(await files(page), ["board-1.xlsx: Exampleshire 1 2022-23: planning"]);
  });
}

test("a batch whose workers are never ready says so", async (t) => {
  const page = await failing(t, "", { 60000: 2000 }, (page) =>
    page.addInitScript(() => {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message, ...more) {
        if (message.type !== "engine") return post.call(this, message, ...more);
      };
    }));
  await choose(page, given);
  await page.locator("#trouble", { hasText: "it could not be started" }).waitFor();
  await page.getByRole("button", { name: "Try again" }).waitFor();
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
