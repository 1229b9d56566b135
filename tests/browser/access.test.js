// Accessibility of every state: axe, reflow, colours, print.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as support from "./support.js";
import { browser, server } from "./support.js";

const states = {
  start: async () => {},
  working: async (page) => {
    await support.drop(page, support.workbook("big.xlsx"));
    await page.getByRole("button", { name: "Cancel this check" }).waitFor();
  },
  cancelled: async (page) => {
    await states.working(page);
    await page.getByRole("button", { name: "Cancel this check" }).click();
    await support.waitForFocus(page, "workbook");
  },
  result: async (page) => {
    await page.getByRole("button", { name: "Try it with a sample plan" }).click();
    await support.waitForFocus(page, "document-0-heading");
    await openAll(page);
  },
  "both workbooks": async (page) => {
    await support.drop(page, [support.workbook("sample.xlsx"), support.workbook("capacity.xlsx")]);
    await support.waitForFocus(page, "document-0-heading");
    await openAll(page);
  },
  error: async (page) => {
    await support.drop(page, support.scratch("notes.xlsx", "Not a workbook."));
    await support.waitForFocus(page, "trouble");
  },
  privacy: async (page) => {
    await page.getByRole("link", { name: "Privacy" }).click();
    await support.waitForFocus(page, "statement-heading");
  },
  "accessibility statement": async (page) => {
    await page.getByRole("link", { name: "Accessibility statement" }).click();
    await support.waitForFocus(page, "statement-heading");
  },
  "findings as a table": async (page) => {
    await states.result(page);
    await page.getByLabel("As a table").first().check();
    await page.locator(".pc-findings-table").first().waitFor();
  },
  "about this copy": async (page) => {
    await page.getByRole("link", { name: "About this copy" }).click();
    await page.getByText("Tried just now").waitFor();
  },
  "error above a result": async (page) => {
    await states.result(page);
    await states.error(page);
  },
};
const openAll = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));

// What axe could not tell is allowed only for a reason.
const unclear = [
  // Text in a scroller that is partly out of sight at this width, or whose background axe cannot see past
  // another element; the same text is judged at the widths where it is in sight. Marked cells have a background
  // of stripes, which are as pale as the plain one. A text of one letter or sign says nothing by its colour.
  /^color-contrast: .*: (bgOverlap|elmPartiallyObscured|elmPartiallyObscuring|outsideViewport|bgImage|shortTextContent|bgGradient)$/,
  // The signs = and ≠ alone, which axe takes for pictures; the words beside them are judged.
  /^color-contrast: .*\.pc-ours > span\[aria-hidden="true"\]: nonBmp$/,
  // The arrow of the column that is sorted by, in the colour of the words beside it; aria-sort says it too.
  /^color-contrast: .*\.pc-sorter__sign\[aria-hidden="true"\]: nonBmp$/,
];
// With forced colours the browser paints its own, which axe cannot see: it compares those the page asked for.
const unclearForced = [...unclear, /^color-contrast: .*: equalRatio$/];

const looks = {
  "wide and light": {},
  dark: { colorScheme: "dark" },
  // 1280 CSS pixels at 400 %.
  "320 pixels wide": { viewport: { width: 320, height: 640 } },
  "320 pixels wide and dark": { viewport: { width: 320, height: 640 }, colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
};
for (const [look, options] of Object.entries(looks)) {
  for (const [state, reach] of Object.entries(states)) {
    test(`axe finds nothing wrong: ${state}, ${look}`, async (t) => {
      const page = await support.open(t, browser, server.url, options);
      await reach(page);
      const { violations, incomplete } = await support.axe(page);
      assert.deepEqual(violations, []);
      const unexplained = incomplete.filter((it) => !(options.forcedColors ? unclearForced : unclear).some((reason) => reason.test(it)));
      assert.deepEqual(unexplained, []);
      if (incomplete.length > 0) t.diagnostic(`${incomplete.length} left to the eye`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0, "the page itself does not scroll sideways");
        });
  }
}

test("axe finds nothing wrong on any sheet, through any lens", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, [support.workbook("sample.xlsx"), support.workbook("capacity.xlsx")]);
  await support.waitForFocus(page, "document-0-heading");
  await page.getByRole("tab").nth(10).waitFor();
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    const panel = page.locator(`#${await tab.getAttribute("aria-controls")}`);
    await panel.locator(".pc-grid td").first().waitFor();
    for (const lens of ["What was found", "What was checked", "Totals against inputs"]) {
      await panel.locator("xpath=..").getByLabel(lens).check();
      const { violations, incomplete } = await support.axe(page, ".pc-sheets");
      assert.deepEqual(violations, [], `${await tab.textContent()}, ${lens}`);
      assert.deepEqual(incomplete.filter((it) => !unclear.some((reason) => reason.test(it))), []);
    }
  }
});

test("the page is marked up as a document: one h1, headings in steps, British English", async (t) => {
  const page = await support.open(t, browser, server.url);
  await states.result(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "en-GB");
  assert.equal(await page.locator("h1:visible").count(), 1);
  const levels = await page.locator(":is(h1, h2, h3, h4, h5, h6):visible").evaluateAll((all) => all.map((it) => Number(it.tagName[1])));
  levels.reduce((last, level) => {
    assert.ok(level <= last + 1, `h${level} follows h${last}`);
    return level;
  });
  for (const table of await page.locator("table").all()) {
    assert.equal(await table.locator("caption").count(), 1);
    assert.equal(await table.locator("th:not([scope])").count(), 0);
  }
  for (const region of await page.locator(".pc-scroll").all()) {
    assert.equal(await region.getAttribute("tabindex"), "0");
    for (const name of (await region.getAttribute("aria-labelledby")).split(" ")) {
      assert.equal(await page.locator(`#${name}`).count(), 1, name);
    }
  }
});

test("text is in Arial, and no font is loaded", async (t) => {
  const page = await support.open(t, browser, server.url);
  await states.result(page);
  const families = await page.evaluate(() => [...new Set([...document.querySelectorAll("body *")].map((it) => getComputedStyle(it).fontFamily))]);
  assert.deepEqual(families, ["arial, sans-serif"]);
  assert.equal(await page.evaluate(() => document.fonts.size), 0);
});

test("targets are at least 24 pixels each way", async (t) => {
  const page = await support.open(t, browser, server.url, { viewport: { width: 320, height: 640 } });
  await states.result(page);
  const sizes = await page.locator("main button, main summary, .pc-cell-link, .pc-code, footer a").evaluateAll((all) => all.map((it) => [it.textContent, it.offsetWidth, it.offsetHeight]));
  assert.ok(sizes.length >= 4);
  for (const [name, width, height] of sizes) assert.ok(width >= 24 && height >= 24, `${name}: ${width} by ${height}`);
});

test("on paper everything is open, nothing is cut off, and the controls are gone", async (t) => {
  const page = await support.open(t, browser, server.url, { viewport: { width: 700, height: 1000 } });
  await page.getByRole("button", { name: "Try it with a sample plan" }).click();
  await support.waitForFocus(page, "document-0-heading");
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("details:not([open])").count(), 0);
  assert.equal(await page.locator(".pc-chooser").isVisible(), false);
  const cut = await page.locator(".pc-scroll").evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth + 4).length);
  assert.equal(cut, 0);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("details[open]").count(), 0, "what the reader had closed is closed again");
});
