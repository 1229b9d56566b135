// The pages inside the page, and the pack on paper.
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

test("privacy and accessibility are pages of their own, and nothing is lost on the way", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  const title = await page.title();
  for (const name of ["Privacy", "Accessibility statement"]) {
    await page.getByRole("link", { name }).click();
    await support.waitForFocus(page, "statement-heading");
    assert.equal(await page.title(), `${name} – plancheck`);
    assert.equal(await page.locator("h1:visible").count(), 1);
    assert.equal(await page.locator(".pc-document").isVisible(), false);
    await page.goBack();
    await page.locator(".pc-document").waitFor();
    assert.equal(await page.title(), title);
  }
  await page.getByRole("link", { name: "Privacy" }).click();
  await page.getByRole("link", { name: "Back to the check" }).click();
  await support.waitForFocus(page, "maincontent");
  assert.equal(await page.locator(".pc-document").isVisible(), true);
});

test("a workbook dropped on a statement is checked and shown", async (t) => {
  const page = await support.newPage(t, browser);
  await page.goto(`${server.url}#accessibility`);
  await page.locator(".pc-statement").waitFor();
  assert.equal(await page.title(), "Accessibility statement – plancheck");
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.waitForFocus(page, "document-0-heading");
  assert.equal(await page.locator(".pc-statement").count(), 0);
});

test("on paper there is a pack in the order of the planning requirements, with room for the panel", async (t) => {
  const page = await support.open(t, browser, server.url, { viewport: { width: 700, height: 1000 } });
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  assert.equal(await page.locator(".pc-pack").count(), 0);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const pack = page.locator(".pc-pack");
  // It is there at once: the browser takes its picture of the page right after the event.
  assert.equal(await pack.count(), 1);
  const titles = await pack.locator(".pc-enquiry__title").allTextContents();
  assert.deepEqual(titles.map((it) => it.split(" ")[0]), ["PR1", "PR2", "PR3", "PR4", "PR5", "PR6", "PR7", "PR8", "The"]);
  const findings = await pack.locator(".pc-card__bearing").allTextContents();
  const onScreen = await page.locator(".pc-document > :not(.pc-pack) .pc-card__bearing").allTextContents();
  assert.deepEqual([...findings].sort(), [...onScreen].sort(), "no finding and no condition is left out, and none comes twice");
  assert.equal(await pack.locator(".pc-judgement").count(), 8);
  assert.deepEqual([...new Set(await pack.locator(".pc-judgement__room").allTextContents())], ["Judgement", "Reasons, and what to ask of the area", "Name and date"], "the tool fills nothing in");
  assert.equal(await pack.locator(".pc-picture").count(), 7);
  assert.equal(await pack.locator("details:not([open])").count(), 0);
  assert.equal(await pack.locator("a").count(), 0, "nothing on paper can be followed");
  assert.match(await pack.textContent(), /SHA-256 of the file: [0-9a-f]{64}/);
  const beside = await page.locator(".pc-document > :not(.pc-pack)").evaluateAll((all) => all.filter((it) => it.checkVisibility()).length);
  assert.equal(beside, 0, "the pack takes the place of the result");
  const cut = await pack.evaluate((it) => [...it.querySelectorAll("*:not(.nhsuk-u-visually-hidden)")].filter((it) => it.scrollWidth > it.clientWidth + 4 && getComputedStyle(it).overflowX !== "visible").map((it) => it.outerHTML.slice(0, 120)));
  assert.deepEqual(cut, []);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".pc-pack").count(), 0);
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  const pages = Number(pdf.match(/\/Count (\d+)/)[1]);
  assert.ok(pages >= 8 && pages <= 30, `${pages} pages`);
});
