// A workbook that tries to run, load and send by every way a workbook has is shown, narrowed down, printed and
// saved: all it says stays text, and the listener hears nothing.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { bothBrowsers, newTab, settle } from "./both.js";
import { site, workbook } from "./support.js";
import { unescaped, unzip } from "./unzip.js";
import { drop, has, narrow, onPaper, openSheet, saveAll } from "./walk.js";

const browsers = bothBrowsers();
const file = fs.readFileSync(workbook("hostile.xlsx"));
const given = unzip(file);
/** Every hostile text of its cells. */
const texts = [...given["xl/sharedStrings.xml"].toString().matchAll(/<t[^>]*>([^<]*)</g)].map((it) => unescaped(it[1])).filter((it) => /hostile\.test|ran=1/.test(it));
/** The foot of a printed page names the file. */
const name = `=1+1"}<img src=x onerror="ran=1">@import url(http://name.hostile.test);.xlsx`;

/** What the page has that could only have been made of what the workbook says. */
function made() {
  const wrong = [];
  for (const it of document.querySelectorAll("*")) {
    const inBody = document.body.contains(it);
    if (inBody && /^(script|img|image|iframe|object|embed|base|link|meta|form|style|video|audio|source|area|use)$/.test(it.localName) && !it.matches("body > script")) wrong.push(it.outerHTML);
    for (const { name, value } of it.attributes) {
      if (name.startsWith("on") || ["srcdoc", "ping", "action", "formaction", "background", "target"].includes(name)) wrong.push(`${it.localName} ${name}=${value}`);
      if (["href", "xlink:href", "src", "srcset", "data", "poster"].includes(name) && !/^(#|data:,$)/.test(value)) wrong.push(`${it.localName} ${name}=${value}`);
      if (name === "style" && /url\(|hostile/.test(value)) wrong.push(value);
    }
  }
  // Sheets that script has made hold the foot of a printed page, and no other rule.
  for (const sheet of document.adoptedStyleSheets) {
    for (const rule of sheet.cssRules) if (!(rule instanceof CSSPageRule)) wrong.push(rule.cssText);
    if (sheet.cssRules.length !== 1) wrong.push(`${sheet.cssRules.length} rules`);
  }
  if ("ran" in globalThis) wrong.push("a script of the workbook ran");
  return wrong;
}

/** The records of a CSV file. */
function records(text) {
  const records = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    records.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") records.push([]);
    else if (end === "") break;
  }
  return records.slice(0, -1);
}

for (const it of browsers) {
  test(`${it.name}: a hostile workbook is text wherever it is shown, and nothing is asked for`, async (t) => {
    const { world, browser, downloads } = it;
    const address = pathToFileURL(site).href;
    const tab = await newTab(t, browser, downloads);
    await tab.goto(address);
    const at = tab.mainFrame();
    await at.waitForSelector("#workbook");
    await drop(at, name, file);
    await has(at, ".pc-document");
    const board = texts.find((it) => it.startsWith("</style>"));
    assert.equal(await tab.title(), `10 checks not met – ${board} 2022-23: planning – plancheck`);
    let seen = await at.$eval("#maincontent", (it) => it.textContent);
    assert.ok(seen.includes(name));
    assert.deepEqual(await at.evaluate(made), []);

    await at.waitForSelector("[role=tab]");
    const sheets = await at.$$eval("[role=tab]", (all) => all.map((it) => it.firstChild.textContent));
    for (const sheet of sheets.filter((it) => /2\. Cover|5a\.|hostile|onerror/.test(it))) {
      await openSheet(at, sheet);
      seen += await at.$eval(".pc-grid", (it) => it.textContent);
      assert.deepEqual(await at.evaluate(made), [], sheet);
    }
    assert.ok(texts.length > 15);
    for (const text of texts) assert.ok(seen.includes(text), `${text} is shown as it was written`);

    assert.ok((await narrow(at, "Sheet", "onerror")) > 0);
    assert.deepEqual(await at.evaluate(made), []);
    await narrow(at, "Sheet", "Every sheet");
    const paper = await onPaper(at, `({ text: document.querySelector(".pc-pack").textContent, made: (${made})(), feet: document.adoptedStyleSheets.length })`);
    assert.deepEqual(paper.made, []);
    assert.ok(paper.text.includes(board) && paper.feet > 0);

    const { csv, json, copy } = await saveAll(at, downloads);
    for (const { name } of [csv, json, copy]) assert.match(name, /^[a-z0-9-]+-rules-2026\.1-[a-z]+\.(csv|json|xlsx)$/);
    const rows = records(csv.bytes.toString("utf8").slice(1));
    assert.ok(rows.length > 10 && rows.every((row) => row.length === rows[0].length));
    for (const field of rows.flat()) assert.doesNotMatch(field, /^[\s\0]*[=+\-@]/);
    assert.ok(rows.flat().includes(`'${name}`) && rows.flat().some((it) => it.includes('=WEBSERVICE("//hostile.test")')));
    assert.equal(JSON.parse(json.bytes).documents[0].board, board);
    annotated(unzip(copy.bytes));

    assert.equal(tab.url(), address);
    assert.deepEqual(await at.evaluate(made), []);
    await settle();
    assert.deepEqual(world.strays, []);
    assert.equal(world.bytes(), 0, "not one byte reached the listener");
  });

  test(`${it.name}: the same texts taken for markup do reach the listener`, async (t) => {
    const { world, browser } = it;
    const tab = await newTab(t, browser);
    world.pages["http://plancheck.test/"] = `<!DOCTYPE html><link rel="icon" href="data:,"><body>${texts.join("\n")}`;
    world.strays.length = 0;
    await tab.goto("http://plancheck.test/");
    await settle();
    const said = world.strays.join("\n");
    for (const what of ["script", "source", "image", "import"]) assert.ok(said.includes(`${what}.hostile.test`), `${what} in ${said}`);
    world.strays.length = 0;
  });
}

/** What was added to a copy is text: no formula, no link, no relation that leads out of the file. */
function annotated(copy) {
  const out = (parts) => Object.entries(parts).filter(([name]) => name.endsWith(".rels")).flatMap(([, it]) => it.toString().match(/Target="[^"]*" TargetMode="External"/g) ?? []);
  assert.deepEqual(out(copy).sort(), out(given).sort(), "it leads where the workbook led");
  const formulas = (parts) => Object.entries(parts).filter(([name]) => name.startsWith("xl/worksheets/sheet")).flatMap(([, it]) => it.toString().match(/<f[ >]/g) ?? []).length;
  assert.equal(formulas(copy), formulas(given), "no formula was added");
  const added = Object.keys(copy).filter((it) => !(it in given) && /\.(xml|vml)$/.test(it));
  const words = added.map((it) => copy[it].toString()).join("\n");
  assert.ok(added.some((it) => it.startsWith("xl/worksheets/sheet")) && added.some((it) => it.includes("comments")), added.join());
  assert.ok(words.includes("hostile.test"), "the results name what was found");
  // Links of the results lead to cells of the same workbook, by their addresses and not by a relation.
  assert.deepEqual(words.match(/<(script|img|svg|iframe|a|base) .*?>|<hyperlink [^>]*r:id.*?>/g), null);
}
