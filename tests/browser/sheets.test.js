// The workbook's own sheets on the page, on the built site in a real browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import * as support from "./support.js";
import { browser, server } from "./support.js";

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
  // Each finding counts on every sheet that it has a cell on, as the filter of the findings counts it.
  const counted = Object.fromEntries(tabs.map((tab) => [tab.replace(/\d+, \d+ findings?$/, ""), Number(/, (\d+) finding/.exec(tab)?.[1] ?? 0)]));
  const filter = page.getByLabel("Sheet", { exact: true }).locator("option");
  for (const option of (await filter.allTextContents()).slice(1)) {
    const [, name, many] = /^(.*) \((\d+)\)$/.exec(option);
    if (name in counted) assert.equal(counted[name], Number(many), name);
  }
});

test("a sheet that findings of other sheets have cells on counts them and steps over them", async (t) => {
  const page = await checked(t, "capacity.xlsx");
  let several = 0;
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    await page.locator(".pc-grid td").first().waitFor();
    const codes = await page.locator(".pc-code").count();
    const found = await page.locator(".pc-found").textContent();
    assert.equal(codes > 0, !found.includes("Nothing was found"), `${await tab.textContent()}: ${codes} codes, “${found}”`);
    assert.equal(codes > 0, (await tab.locator(".pc-tab__count").count()) === 1);
    several += codes > 0;
  }
  assert.ok(several > 0);
});

test("what was found across workbooks stands on the sheets of each", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, [support.workbook("sample.xlsx"), support.workbook("capacity.xlsx")]);
  await support.fresh(page);
  await page.getByRole("tab").nth(10).waitFor();
  const across = page.locator("#together-0-heading").locator("xpath=..");
  const rule = (await across.locator("article .pc-card__bearing").first().textContent()).slice(0, 4);
  for (const link of await across.locator("article").first().locator(".pc-cells .pc-cell-link:visible").all()) {
    await link.click();
    await page.waitForFunction(() => document.activeElement.tagName === "TD");
    const code = page.locator("td:focus .pc-code", { hasText: rule });
    await code.click();
    await page.waitForFunction(() => document.activeElement.id.startsWith("together-0-finding-"));
  }
});

test("no figure is cut off, and no code or figure of a marked cell is covered, through any lens", async (t) => {
  for (const file of ["sample.xlsx", "capacity.xlsx"]) {
    const page = await checked(t, file);
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      await page.locator(".pc-grid td").first().waitFor();
      for (const lens of ["What was found", "What was checked", "Totals against inputs"]) {
        await page.getByLabel(lens).check();
        const wrong = await page.evaluate(() => {
          const wrong = [];
          for (const cell of document.querySelectorAll(".pc-grid td.pc-cell")) {
            const figure = /\d/.test(cell.textContent) && !/[a-z]/i.test(cell.textContent);
            const marked = cell.querySelector(".pc-code, .pc-ours");
            if (!figure && !marked) continue;
            const box = cell.getBoundingClientRect();
            const spills = getComputedStyle(cell).overflow === "visible" && !cell.classList.contains("pc-cell--whole") && !figure;
            const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            for (let text = walk.nextNode(); text; text = walk.nextNode()) {
              if (text.parentElement.closest(".nhsuk-u-visually-hidden")) continue;
              if (spills && text.parentElement === cell) continue;
              const range = document.createRange();
              range.selectNodeContents(text);
              for (const it of range.getClientRects()) {
                if (it.left < box.left - 1 || it.right > box.right + 1 || it.top < box.top - 2 || it.bottom > box.bottom + 2) wrong.push(`${cell.id}: ${text.data}`);
                // Broken within a figure it would be another figure at a glance.
                else if (figure && range.getClientRects().length > 1) wrong.push(`${cell.id} in several lines: ${text.data}`);
              }
            }
          }
          return wrong;
        });
        assert.deepEqual(wrong, [], `${file}, ${await tab.textContent()}, ${lens}`);
      }
    }
  }
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

test("from a cell the keyboard goes to the next finding and the previous one", async (t) => {
  const page = await checked(t);
  await page.getByRole("tab", { name: "2. Cover" }).click();
  await page.getByRole("button", { name: "Next finding" }).click();
  await page.waitForFunction(() => document.activeElement.tagName === "TD");
  const first = await support.focused(page);
  for (const [key, back] of [["n", false], ["p", true]]) {
    const before = await support.focused(page);
    await page.keyboard.press(key);
    await page.waitForFunction((before) => document.activeElement.tagName === "TD" && document.activeElement.id !== before, before);
    assert.equal((await support.focused(page)) === first, back);
  }
});

test("in a small window the code of a cell that was gone to is in sight", async (t) => {
  const page = await checked(t, "capacity.xlsx");
  const counted = page.getByRole("tab").filter({ has: page.locator(".pc-tab__count") });
  await counted.filter({ hasText: /[2-9]\d*, \d+ findings/ }).last().click();
  await page.setViewportSize({ width: 320, height: 256 });
  for (let step = 0; step < 4; step++) {
    const before = await support.focused(page);
    await page.getByRole("button", { name: "Next finding" }).click();
    await page.waitForFunction((before) => document.activeElement.tagName === "TD" && document.activeElement.id !== before, before);
    await page.waitForFunction(() => {
      const box = document.activeElement.querySelector(".pc-code").getBoundingClientRect();
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return box.left >= 0 && box.right <= innerWidth && hit?.closest(".pc-code");
    });
  }
});

test("the row that names the columns and the columns that name the lines stay in sight where there is room, and not where there is none", async (t) => {
  const page = await checked(t, "long.xlsx");
  await page.getByRole("tab", { name: "5a. Expenditure" }).click();
  const frozen = page.locator(".pc-grid__frozen");
  await frozen.waitFor();
  // How far inside the sheet's window, after it was scrolled, the naming row and a line's own name stand.
  const inSight = () =>
    page.evaluate(async () => {
      const grid = document.querySelector(".pc-grid");
      const named = () => document.getElementById(grid.querySelector(".pc-cell").id.replace(/-[A-Z]+1$/, "-C60"));
      grid.scrollIntoView();
      grid.scrollTo(0, 0);
      grid.scrollTo(0, grid.querySelector(".pc-grid__frozen").offsetTop + 100);
      while (!named()) await new Promise(requestAnimationFrame);
      grid.scrollTo(900, grid.querySelector(".pc-grid__frozen").offsetTop + 100);
      await new Promise(requestAnimationFrame);
      const box = (it) => it.getBoundingClientRect();
      return { top: box(grid.querySelector(".pc-grid__frozen td")).top - box(grid).top, left: box(named()).left - box(grid).left };
    });
  const { top, left } = await inSight();
  assert.ok(top >= 0 && top < 40, `${top} px below the top of the sheet`);
  assert.ok(left > 56 && left < 500, `${left} px right of the edge of the sheet`);
  const over = await page.evaluate(() => {
    const box = document.querySelector('[id$="-C60"]').getBoundingClientRect();
    return document.elementFromPoint(box.left + 20, box.top + box.height / 2).id;
  });
  assert.match(over, /-C60$/, "nothing lies over what stays in sight");
  await page.setViewportSize({ width: 320, height: 256 });
  const small = await inSight();
  assert.ok(small.top < 0 && small.left < 0, JSON.stringify(small));
});

test("comments are listed under their sheet, for those who cannot point at a cell", async (t) => {
  const page = await checked(t);
  assert.equal(await page.locator(".pc-notes").count(), 0);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Annotated copy of sample.xlsx" }).click();
  const copy = support.scratch("copy.xlsx", fs.readFileSync(await (await download).path()));
  await support.mark(page);
  await support.drop(page, copy);
  await support.fresh(page);
  await page.getByRole("tab", { name: "2. Cover" }).click();
  const notes = page.locator(".pc-notes");
  await notes.locator("summary").click();
  assert.match(await notes.locator("summary").textContent(), /^\d+ comments? on this sheet$/);
  const entry = notes.locator("li", { hasText: /^C20: / });
  assert.match(await entry.textContent(), /CV02/);
  await entry.getByRole("link").press("Enter");
  await page.waitForFunction(() => document.activeElement.id.endsWith("-C20"));
  await page.goBack();
  await page.waitForFunction(() => document.activeElement.textContent === "C20" && document.activeElement.closest(".pc-notes"));
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
  assert.match(await cell(page, "C9").textContent(), /^Read by a check\. £4,823,370$/);
  assert.match(await page.locator(".pc-read").textContent(), /^\d+ cells on this sheet were read by at least one check\. \d+ cells on it are filled\.$/);
  const apart = await cell(page, "C9").evaluate((it) => {
    const range = document.createRange();
    range.selectNodeContents([...it.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.includes("£")));
    return range.getBoundingClientRect().left - it.querySelector(".pc-cell__sign").getBoundingClientRect().right;
  });
  assert.ok(apart >= 0, "the sign covers nothing of the figure");
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

test("Tab leads past a long sheet, and focus stays on it when rows come", async (t) => {
  const page = await checked(t, "long.xlsx");
  await page.getByRole("tab", { name: "5a. Expenditure" }).click();
  await cell(page, "O49").waitFor();
  await page.locator(".pc-grid").focus();
  for (let press = 0; press < 200 && (await page.evaluate(() => document.activeElement.closest(".pc-grid"))); press++) {
    await page.keyboard.press("Tab");
    assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
  }
  assert.equal(await page.evaluate(() => document.activeElement.closest(".pc-grid")), null);
  const more = page.locator(".pc-grid__more").last();
  const row = /rows (\d+)/.exec(await more.textContent())[1];
  await more.focus();
  await page.waitForFunction((row) => document.activeElement.tagName === "TH" && document.activeElement.textContent === row, row);
});

test("a hidden sheet is shown as hidden", async (t) => {
  const page = await checked(t, "hidden.xlsx");
  const tab = page.getByRole("tab", { name: "6. Metrics (hidden)" });
  await tab.click();
  await page.locator(".pc-grid td").nth(10).waitFor();
});

test("sheets are still there after a check that was cancelled", async (t) => {
  const page = await checked(t);
  await support.drop(page, support.workbook("big.xlsx"));
  await page.getByRole("button", { name: "Cancel this check" }).click();
  await page.getByRole("tab", { name: "4. Income" }).click();
  await cell(page, "C9").waitFor();
  assert.equal((await cell(page, "C9").textContent()).trim(), "£4,823,370");
});
