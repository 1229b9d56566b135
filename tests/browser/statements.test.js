// The pages inside the page, and the pack on paper.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import * as support from "./support.js";
import { browser, server } from "./support.js";

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
  // The reader comes back to where the statement was opened.
  const link = page.locator(".pc-footer").getByRole("link", { name: "Privacy" });
  await link.focus();
  const scrolled = await page.evaluate(() => window.scrollY);
  assert.ok(scrolled > 1_000);
  await page.keyboard.press("Enter");
  await support.waitForFocus(page, "statement-heading");
  await page.getByRole("link", { name: "Back to the check" }).click();
  await page.waitForFunction((scrolled) => Math.abs(window.scrollY - scrolled) < 5, scrolled);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Privacy");
  assert.equal(await page.locator(".pc-document").isVisible(), true);
});

test("Back leaves a statement that was opened after a link within the page, and a link within a statement stays there", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await page.locator(".nhsuk-skip-link").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#maincontent");
  await page.getByRole("link", { name: "Privacy" }).click();
  await support.waitForFocus(page, "statement-heading");
  await page.locator(".nhsuk-skip-link").focus();
  await page.keyboard.press("Enter");
  await support.waitForFocus(page, "maincontent");
  assert.equal(await page.locator(".pc-statement").isVisible(), true);
  await page.goBack();
  await page.locator(".pc-document").waitFor();
  assert.equal(await page.locator(".pc-statement").count(), 0);
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
  assert.equal(await pack.locator(".pc-picture").count(), 8);
  assert.equal(await pack.locator("details:not([open])").count(), 0);
  assert.equal(await pack.locator("a").count(), 0, "nothing on paper can be followed");
  assert.match(await pack.textContent(), /SHA-256 of the file: [0-9a-f]{64}/);
  const beside = await page.locator(".pc-document > :not(.pc-pack)").evaluateAll((all) => all.filter((it) => it.checkVisibility()).length);
  assert.equal(beside, 0, "the pack takes the place of the result");
  const cut = await pack.evaluate((it) => [...it.querySelectorAll("*:not(.nhsuk-u-visually-hidden)")].filter((it) => it.scrollWidth > it.clientWidth + 4 && getComputedStyle(it).overflowX !== "visible").map((it) => it.outerHTML.slice(0, 120)));
  assert.deepEqual(cut, []);
  assert.ok((await pack.locator(".pc-card__label").allTextContents()).includes("What to ask"), "the panel asks");
  assert.equal(await pack.getByText("What to do", { exact: true }).count(), 0);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".pc-pack").count(), 0);
  // What is drawn on the screen afterwards can be followed again.
  await page.emulateMedia({ media: "screen" });
  await page.getByLabel("Sorted").selectOption("Worst first");
  assert.ok((await page.locator("article[class*=pc-card]:has(.pc-card__source) .pc-cell-link").count()) > 10);
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  const pages = Number(pdf.match(/\/Count (\d+)/)[1]);
  assert.ok(pages >= 8 && pages <= 30, `${pages} pages`);
});

test("on paper both workbooks, and the two together, are packs with every figure", async (t) => {
  const page = await support.open(t, browser, server.url, { viewport: { width: 700, height: 1000 } });
  await support.drop(page, [support.workbook("sample.xlsx"), support.workbook("capacity.xlsx")]);
  await support.fresh(page);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.deepEqual(await page.locator(".pc-pack h2").allTextContents(), [
    "Sefton 2022-23: planning",
    "Sefton 2022-23: capacity and demand",
    "Sefton, 2022-23: the workbooks together",
  ]);
  const outside = await page.locator(".pc-document > :not(.pc-pack)").evaluateAll((all) => all.filter((it) => it.checkVisibility()).length);
  assert.equal(outside, 0);
  // Columns have no figures beside them, so their table is on paper, too.
  const pathway = page.locator(".pc-pack .pc-picture").filter({ hasText: "Pathway 1" });
  assert.match(await pathway.locator("table").innerText(), /October 2022/);
  for (const pack of [0, 1]) {
    const enquiry = page.locator(".pc-pack").nth(pack).locator(".pc-enquiry").filter({ has: page.locator("h3", { hasText: /^PR6/ }) });
    assert.match(await enquiry.innerText(), /More was found across the workbooks/);
  }
  const together = page.locator(".pc-pack").last();
  assert.match(await together.innerText(), /24,531,170/);
  assert.equal(await together.locator("a").count(), 0);
  assert.ok((await together.locator(".pc-judgement").count()) >= 1);
  // Each has pages with a foot of its own.
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 3);
});

test("about this copy: what it is, what holds it, that nothing was requested, and how to tell it is whole", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.fresh(page);
  await page.getByRole("link", { name: "About this copy" }).click();
  await page.getByRole("heading", { name: "About this copy" }).waitFor();
  const facts = await page.locator(".pc-statement .nhsuk-summary-list__row").evaluateAll((rows) => Object.fromEntries(rows.map((it) => [it.children[0].textContent, it.children[1].textContent])));
  assert.match(facts.Version, /^\d+\.\d+\.\d+$/);
  assert.equal(facts.Rules, "2026.1");
  assert.match(facts.Released, /^\d{1,2} [A-Z][a-z]+ 20\d\d$/);
  assert.match(facts.Build, /^[0-9a-f]{16}$/);
  await page.getByText("Tried just now: a request of this page was refused by your browser.").waitFor();
  const text = await page.locator(".pc-statement").innerText();
  assert.match(text, /Nothing has been requested since this page was loaded, neither by the page nor by the worker/);
  assert.match(text, /a request of the worker that reads your workbooks was refused, too\./);
  for (const part of ["default-src 'none'", "connect-src 'none'", "worker-src blob:"]) assert.ok(text.includes(part), part);
  assert.ok(text.includes(`Get-FileHash plancheck-${facts.Version}.html`));
  assert.deepEqual((await support.axe(page)).violations, []);
  await page.getByRole("link", { name: "Back to the check" }).click();
  await page.locator(".pc-document").waitFor();
});

test("a copy whose policy was taken out says that it is not held, and what was requested", async (t) => {
  // A worker that has reached out before anything else, too.
  const strayed = `importScripts(location.href.replace(/^blob:|[^/]*$/g, "") + "from-the-worker.js");`;
  const open = fs.readFileSync(support.site, "utf8").replace(/<meta http-equiv[^>]*>/, "").replace('id="engine-glue">', (it) => it + strayed);
  const unheld = await support.serve(() => open, t);
  const page = await support.open(t, browser, unheld.url);
  await page.evaluate(() => fetch("/elsewhere"));
  await page.getByRole("link", { name: "About this copy" }).click();
  await page.getByText("was not refused. Its policy is not in force").waitFor();
  await page.getByText("was not refused. Do not use this copy here.").waitFor();
  const said = await page.locator(".pc-statement").innerText();
  assert.match(said, /\/elsewhere$/m);
  assert.match(said, /\/from-the-worker\.js \(in the worker that reads your workbooks\)$/m);
  assert.doesNotMatch(said, /Nothing has been requested/);
});

test("a plan of a later round than the rules cover is said to need a newer checker, also on the page about this copy", async (t) => {
  const page = await support.open(t, browser, server.url);
  await support.drop(page, support.workbook("later.xlsx"));
  await support.fresh(page);
  const newer = /2023-25.+later than the last round that these rules cover, so a newer version of this checker is needed/;
  assert.match(await page.locator(".pc-document").innerText(), newer);
  await page.getByLabel("The assurer: what to ask").check();
  await page.locator(".pc-card__label", { hasText: "What to ask" }).first().waitFor();
  assert.match(await page.locator(".pc-document").innerText(), /Use a newer version of this checker: this round is later/);
  await page.getByRole("link", { name: "About this copy" }).click();
  await page.getByRole("heading", { name: "About this copy" }).waitFor();
  assert.match(await page.locator(".pc-statement").innerText(), newer);
  // And only as long as such a plan is open.
  await support.drop(page, support.workbook("sample.xlsx"));
  await support.waitForFocus(page, "document-0-heading");
  await page.getByRole("link", { name: "About this copy" }).click();
  await page.getByRole("heading", { name: "About this copy" }).waitFor();
  assert.doesNotMatch(await page.locator(".pc-statement").innerText(), newer);
});

test("a copy that is old says so, and one in a zip file that it will not stay", async (t) => {
  const page = await support.open(t, browser, server.url);
  assert.equal(await page.locator(".pc-notice").count(), 0);
  const later = await support.newPage(t, browser);
  await later.clock.setFixedTime(new Date("2040-01-01"));
  await later.goto(server.url);
  await later.getByText("released more than a year ago").waitFor();
  await later.locator(".pc-notice").getByRole("link").click();
  await later.locator(".pc-statement").getByText("released more than a year ago").waitFor();
  const place = "/Users/a/AppData/Local/Temp/Temp1_plancheck.zip/plancheck.html";
  const zipped = await support.serve(undefined, t, { [place]: fs.readFileSync(support.site, "utf8") });
  await page.goto(zipped.url.slice(0, -1) + place);
  await page.getByText("opened from inside a zip file").waitFor();
});
