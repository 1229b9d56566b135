// When the engine or the browser fails: always a plain word, never a blank page, and the next file works.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { bothBrowsers, newTab } from "./both.js";
import * as support from "./support.js";
import { browser, failFor } from "./support.js";
import { drop, has } from "./walk.js";

const browsers = bothBrowsers();

/** The page with the worker's own script followed by another. */
const withWorker = (t, extra) => support.serve(() => support.withWorker(extra), t);

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

test("an engine that stops while it warms up is replaced once, and nobody is told of it", async (t) => {
  const server = await withWorker(t, `wasm_bindgen.checkNow = () => { throw new WebAssembly.RuntimeError("divide by zero"); };`);
  const page = await support.newPage(t, browser);
  await page.addInitScript(() => {
    window.hired = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...more) {
      if (message.type === "engine") window.hired += 1;
      return post.call(this, message, ...more);
    };
  });
  await page.goto(server.url);
  await page.waitForFunction(() => window.hired === 2);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  assert.equal(await page.locator("#trouble").count(), 0);
  assert.equal(await page.evaluate(() => window.hired), 2);
});

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

test("a workbook that really takes all the memory there is for one costs its own check and no other", async (t) => {
  const page = await support.open(t, browser, support.server.url);
  page.setDefaultTimeout(60_000);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await support.mark(page);
  await support.drop(page, support.workbook("heavy.xlsx"));
  await support.waitForFocus(page, "trouble");
  assert.match(await page.locator("#trouble").textContent(), /heavy\.xlsx: The file is too large: reading it takes more than 256 MB of memory/);
  assert.equal(await page.locator(".pc-document[data-mark]").count(), 1, "the earlier result still stands");
  assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
  // Among others it is named, and they are shown.
  await support.drop(page, [support.workbook("heavy.xlsx"), support.workbook("capacity.xlsx"), support.workbook("sample.xlsx")]);
  await page.locator("#many-heading", { hasText: "2 workbooks checked" }).waitFor();
  assert.match(await page.locator("#trouble").innerText(), /^The file was not checked\s+heavy\.xlsx: The file is too large/);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  assert.equal(await page.locator("#trouble").count(), 0);
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

/** A page that knows its worker's failure, with the sample's result on it. */
async function withResult(t, server, before = () => {}) {
  const page = await support.newPage(t, browser);
  await before(page);
  await page.goto(server.url);
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await support.mark(page);
  return page;
}

const text = (page) => page.locator("#trouble").innerText();

/** Workers from this one on, counted from one, are never given the engine, or are said to have failed. */
const without = (from, how) => (page) =>
  page.addInitScript(([from, how]) => {
    let hired = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...more) {
      if (message.type === "engine" && ++hired >= from && window.broken !== false) {
        if (how === "error") setTimeout(() => this.dispatchEvent(new ErrorEvent("error", { message: "blocked", cancelable: true })));
        return;
      }
      return post.call(this, message, ...more);
    };
  }, [from, how]);

for (const how of ["silence", "error"]) {
  test(`a second worker that cannot be started (${how}): said plainly, the earlier result stands, and another attempt works`, async (t) => {
    const server = await withWorker(t, failFor("bad.xlsx", "self.postMessage({ type: 'failed', id: event.data.id, message: 'a fault' });"));
    const page = await withResult(t, server, async (page) => {
      await page.addInitScript(support.hurry, { 60000: 3000 });
      await without(2, how)(page);
    });
    await support.drop(page, support.scratch("bad.xlsx", "x"));
    await support.waitForFocus(page, "trouble");
    await support.drop(page, support.workbook("capacity.xlsx"));
    await page.locator("#trouble", { hasText: how === "error" ? "could not be started" : "no sign of life" }).waitFor();
    assert.equal(await page.locator(".pc-document[data-mark]").count(), 1, "the earlier result still stands");
    assert.equal((await support.condition(page, "EX02")).Planned, "£14,168,050");
    await page.evaluate(() => (window.broken = false));
    await page.getByRole("button", { name: "Try again" }).click();
    await support.fresh(page);
    assert.equal(await page.locator("#trouble").count(), 0);
    assert.match(await page.locator(".pc-document").textContent(), /capacity\.xlsx/);
  });
}

test("what comes to nothing is tried again with a button, by the keyboard too, and what is hopeless is not", async (t) => {
  const server = await withWorker(t, "");
  const page = await withResult(t, server, (page) =>
    page.addInitScript(() => {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message, ...more) {
        if (message.names?.includes("capacity.xlsx") && !window.failed) {
          window.failed = true;
          return void setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: { type: "failed", id: message.id, message: "a fault" } })));
        }
        return post.call(this, message, ...more);
      };
    }),
  );
  await support.drop(page, support.workbook("capacity.xlsx"));
  await support.waitForFocus(page, "trouble");
  assert.match(await text(page), /capacity\.xlsx: The checker itself stopped: a fault\./);
  const again = page.getByRole("button", { name: "Try again" });
  assert.equal(await again.evaluate((it) => document.getElementById(it.getAttribute("aria-describedby")).textContent), "The file was not checked");
  assert.deepEqual((await support.axe(page, "#trouble")).violations, []);
  await page.keyboard.press("Tab");
  assert.equal(await support.focused(page), "again");
  await page.keyboard.press("Enter");
  await support.waitForFocus(page, "document-0-heading");
  assert.match(await page.locator(".pc-document").textContent(), /capacity\.xlsx/);
  assert.equal(await page.locator("#trouble").count(), 0);

  await support.drop(page, support.scratch("notes.xlsx", "no workbook"));
  await support.waitForFocus(page, "trouble");
  assert.equal(await again.count(), 0);
});

test("sheets that could not be had are asked for again with a button", async (t) => {
  const server = await withWorker(t, "");
  const page = await support.newPage(t, browser);
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...more) {
      if (message.what?.what === "sheets" && !window.failed) {
        window.failed = true;
        return void setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: { type: "failed", id: 0, message: "a fault" } })));
      }
      return post.call(this, message, ...more);
    };
  });
  await page.goto(server.url);
  await support.choose(page, support.workbook("sample.xlsx"));
  await page.getByText("The sheets cannot be shown.").waitFor();
  await page.locator(".pc-sheets").getByRole("button", { name: "Try again" }).click();
  await page.locator(".pc-grid td.pc-cell").first().waitFor();
  await support.waitForFocus(page, "sheets-of-0");
});

const trap = "wasm_bindgen.handle = () => { throw new WebAssembly.RuntimeError('a trap'); }; return answer(event);";

test("of a few files the one that stops the checker is named, and the others are shown", async (t) => {
  const server = await withWorker(t, failFor("bad.xlsx", trap));
  const page = await support.open(t, browser, server.url);
  const bad = support.scratch("bad.xlsx", fs.readFileSync(support.workbook("board-1.xlsx")));
  await support.drop(page, [support.workbook("sample.xlsx"), bad, support.workbook("capacity.xlsx")]);
  await support.waitForFocus(page, "trouble");
  assert.match(await text(page), /^The file was not checked\s+bad\.xlsx: The checker itself stopped: a trap\./);
  assert.equal(await page.locator("#many-heading").textContent(), "2 workbooks checked");
  assert.equal(await page.title(), "File not checked, other results below – plancheck");
  await page.getByRole("link", { name: "Sefton 2022-23: planning" }).click();
  await page.locator(".pc-document__heading", { hasText: "the workbooks together" }).waitFor();

  // Of two, the other is shown whole.
  await support.mark(page);
  await support.drop(page, [bad, support.workbook("sample.xlsx")]);
  await page.locator("#many-heading", { hasText: "1 workbook checked" }).waitFor();
  await support.fresh(page);
  assert.match(await text(page), /bad\.xlsx: /);
  assert.equal(await support.focused(page), "trouble");
  assert.equal((await support.condition(page, "EX02")).Planned, "£14,168,050");
  await page.locator(".pc-grid td.pc-cell").first().waitFor();
});

test("a file that is too large is refused as the engine would refuse it, and is not read", async (t) => {
  const page = await support.newPage(t, browser);
  await page.addInitScript(() => {
    window.read = [];
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () {
      window.read.push(this.name);
      return read.call(this);
    };
  });
  await page.goto(support.server.url);
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  await support.drop(page, [support.scratch("large.xlsx", Buffer.alloc(22 * 1024 * 1024)), support.workbook("sample.xlsx")]);
  await support.fresh(page);
  assert.match(await text(page), /large\.xlsx: The file is too large: it has 22 MB, and the most that is read is 20\.\s+Check that this is the planning workbook\./);
  assert.deepEqual(await page.evaluate(() => window.read), ["sample.xlsx"]);

  // And a table of allocations: nothing is checked, so that no plan looks as if it had been compared.
  await support.drop(page, [support.workbook("sample.xlsx"), support.scratch("allocations.csv", Buffer.alloc(3_000_001, "x"))]);
  await page.locator("#trouble", { hasText: "allocations.csv" }).waitFor();
  assert.match(await text(page), /allocations\.csv: the table of allocations is too large: it has 3\.1 MB, and the most that is read is 2 MB\. Nothing was checked\./);
  assert.deepEqual(await page.evaluate(() => window.read), ["sample.xlsx"]);
});

test("some thousands of files are refused at once, and of many troubles the first are told", async (t) => {
  const page = await support.open(t, browser, support.server.url);
  const dropped = (count) =>
    page.evaluate((count) => {
      const carried = new DataTransfer();
      for (let nth = 1; nth <= count; nth++) carried.items.add(new File(["x"], `note-${nth}.xlsx`));
      document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried }));
    }, count);
  await dropped(3000);
  await page.locator("#trouble", { hasText: "You gave 3000 files, and no more than 1000 are checked at once." }).waitFor();
  await dropped(60);
  await page.locator("#trouble", { hasText: "60 files were not checked" }).waitFor();
  assert.equal(await page.locator("#trouble li").count(), 50);
  assert.match(await text(page), /And 10 more\./);
});

for (const it of browsers) {
  const home = "http://plancheck.test/";
  const bytes = (name) => fs.readFileSync(support.workbook(name));
  const ways = {
    "a trap inside the engine": ["return wasm_bindgen.handle({ type: 'check' }, null);", "The checker itself stopped"],
    "a loop without an end": ["for (;;);", "it gave no sign of life for a minute"],
  };
  for (const [what, [how, said]] of Object.entries(ways)) {
    test(`${it.name}: ${what} while a result is on the page: said, the result stands, and the next file works`, async (t) => {
      it.world.pages[home] = support.withWorker(failFor("bad.xlsx", how));
      const tab = await newTab(t, it.browser);
      await tab.evaluateOnNewDocument(support.hurry, { 60000: 4000 });
      await tab.goto(home);
      await has(tab, "button", "Choose a workbook");
      await drop(tab, "sample.xlsx", bytes("sample.xlsx"));
      await has(tab, ".pc-document", "Sefton");
      await tab.evaluate(() => document.querySelector(".pc-document").setAttribute("data-mark", ""));
      await drop(tab, "bad.xlsx", Buffer.from("x"));
      await has(tab, "#trouble", said);
      await has(tab, "#trouble", "bad.xlsx: ");
      assert.ok(await tab.$(".pc-document[data-mark]"), "the result still stands");
      await drop(tab, "sample.xlsx", bytes("sample.xlsx"));
      await has(tab, ".pc-document:not([data-mark])", "Sefton");
      assert.equal(await tab.$("#trouble"), null);
    });
  }
}
