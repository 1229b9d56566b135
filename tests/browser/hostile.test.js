// A workbook that tries to run, load and send by every way a workbook has is shown, narrowed down, printed and
// saved: all it says stays text, and the listener hears nothing.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { bothBrowsers, newTab, settle } from "./both.js";
import { root, site, workbook } from "./support.js";
import { unescaped, unzip } from "./unzip.js";
import { drop, has, inElement, narrow, onPaper, openSheet, saveAll } from "./walk.js";

const browsers = bothBrowsers();
const file = fs.readFileSync(workbook("hostile.xlsx"));
const given = unzip(file);
/** Every hostile text of its cells. */
const texts = [...given["xl/sharedStrings.xml"].toString().matchAll(/<t[^>]*>([^<]*)</g)].map((it) => unescaped(it[1])).filter((it) => /hostile\.test|ran=1/.test(it));
/** What would turn round what stands behind it is not shown, nor is what we put round a text of another direction. */
const shown = (text) => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
/** The foot of a printed page names the file. */
const name = `=1+1"}\u202e<img src=x onerror="ran=1">@import url(http://name.hostile.test);.xlsx`;

/** What the page has that could only have been made of what the workbook says. */
function made() {
  const wrong = [];
  for (const it of document.querySelectorAll("*")) {
    const inBody = document.body.contains(it) || it.getRootNode() !== document;
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

/** Sentences in which a text stands that would turn the rest round, and those of them that are not in order: a letter
 * of ours stands before an earlier one of its line. */
function turned(letters) {
  const wrong = [];
  let count = 0;
  for (const it of document.querySelectorAll(".pc-card__sentence")) {
    if (!it.checkVisibility() || !new RegExp(letters).test(it.textContent)) continue;
    count++;
    const within = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
    let last = { top: -Infinity, left: -Infinity };
    for (let node = within.nextNode(); node; node = within.nextNode()) {
      for (let at = 0; at < node.data.length; at++) {
        if (!/[!-~]/.test(node.data[at])) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { top, left } = range.getBoundingClientRect();
        if (top < last.top + 4 && left < last.left) {
          wrong.push(it.textContent);
          at = node.data.length;
        }
        last = { top, left };
      }
    }
  }
  return { count, wrong };
}

const dist = (name) => fs.readFileSync(path.join(path.dirname(site), name));
const example = (name) => fs.readFileSync(path.join(root, "web/examples", name), "utf8");
const home = "http://plancheck.test/hostile/";

/** Where the checker stands: how it comes there and is given the file. */
const places = {
  "on a page of its own": async (tab) => {
    await tab.goto(pathToFileURL(site).href);
    await tab.waitForSelector("#workbook");
    await drop(tab.mainFrame(), name, file);
    return tab.mainFrame();
  },
  "in a sandboxed frame": async (tab, world) => {
    Object.assign(world.pages, { [home]: example("frame.html"), [`${home}plancheck.html`]: fs.readFileSync(site) });
    await tab.goto(home);
    const at = await (await tab.waitForSelector("#checker")).contentFrame();
    await at.waitForSelector("#workbook");
    await drop(at, name, file);
    return at;
  },
  "in the element": async (tab, world) => {
    Object.assign(world.pages, { [home]: example("element.html"), [`${home}plancheck.js`]: dist("plancheck.js"), [`${home}plan-checker.js`]: dist("plan-checker.js") });
    await tab.goto(home);
    await tab.waitForSelector("plan-checker >>> #workbook");
    const give = (name, base64) => document.querySelector("plan-checker").check([{ name, bytes: Uint8Array.from(atob(base64), (it) => it.charCodeAt(0)) }]);
    await tab.evaluate(give, name, file.toString("base64"));
    return inElement(tab);
  },
};

for (const it of browsers) {
  for (const [place, enter] of Object.entries(places)) {
    test(`${it.name}, ${place}: a hostile workbook is text wherever it is shown, and nothing is asked for`, async (t) => {
      const { world, browser, downloads } = it;
      world.strays.length = 0;
      const bytes = world.bytes();
      const tab = await newTab(t, browser, downloads);
      const at = await enter(tab, world);
      const address = tab.url();
      await has(at, ".pc-document");
      const board = texts.find((it) => it.startsWith("</style>"));
      const around = { "in the element": "The checker as an element" }[place];
      assert.equal(await at.evaluate(() => document.title), around ?? `10 checks not met – ${board} 2022-23: planning – plancheck`);
      let seen = await at.$eval("#maincontent", (it) => it.textContent);
      assert.ok(shown(seen).includes(shown(name)));
      assert.deepEqual(await at.evaluate(made), []);

      for (const letters of ["override\\.hostile", "[\\u0590-\\u05ff]"]) {
        const { count, wrong } = await at.evaluate(turned, letters);
        assert.ok(count > 0, `a sentence quotes ${letters}`);
        assert.deepEqual(wrong, []);
      }

      await at.waitForSelector("[role=tab]");
      const sheets = await at.$$eval("[role=tab]", (all) => all.map((it) => it.firstChild.textContent));
      for (const sheet of sheets.filter((it) => /2\. Cover|5a\.|hostile|onerror/.test(it))) {
        await openSheet(at, sheet);
        seen += await at.$eval(".pc-grid", (it) => it.textContent);
        assert.deepEqual(await at.evaluate(made), [], sheet);
      }
      assert.ok(/£<img src=x onerror=ran=1 alt=format\.hostile\.test>[\d,]+/.test(seen), "a format is shown as it was written, with its figure");
      assert.ok(texts.length > 15);
      for (const text of texts) assert.ok(shown(seen).includes(shown(text)), `${text} is shown as it was written`);

      assert.ok((await narrow(at, "Sheet", "onerror")) > 0);
      assert.deepEqual(await at.evaluate(made), []);
      await narrow(at, "Sheet", "Every sheet");
      const paper = await onPaper(at, `({ text: document.querySelector(".pc-pack").textContent, made: (${made})(), feet: document.adoptedStyleSheets.length })`);
      assert.deepEqual(paper.made, []);
      // As a part of another page it has no pages of its own, and no feet of them.
      assert.ok(paper.text.includes(board) && paper.feet > 0 === (place !== "in the element"));

      const { csv, json, copy } = await saveAll(at, downloads);
      for (const { name } of [csv, json, copy]) assert.match(name, /^[a-z0-9-]+-rules-2026\.1-[a-z]+\.(csv|json|xlsx)$/);
      const rows = records(csv.bytes.toString("utf8").slice(1));
      assert.ok(rows.length > 10 && rows.every((row) => row.length === rows[0].length));
      for (const field of rows.flat()) assert.doesNotMatch(field, /^[\s\0]*[=+\-@]/);
      assert.ok(rows.flat().includes(`'${name}`) && rows.flat().some((it) => it.includes('=WEBSERVICE("//hostile.test")')));
      assert.equal(JSON.parse(json.bytes).documents[0].board, board);
      assert.equal(JSON.parse(json.bytes).documents[0].file, name);
      annotated(unzip(copy.bytes));

      assert.equal(tab.url(), address);
      assert.deepEqual(await at.evaluate(made), []);
      await at.evaluate(() => document.querySelector("#maincontent").append(Object.assign(document.createElement("a"), { href: "//made.test" })));
      assert.equal((await at.evaluate(made)).length, 1, "what would be made would be found");
      if (place === "in a sandboxed frame") assert.doesNotMatch(JSON.stringify(await tab.evaluate(() => heard)), /hostile|onerror/);
      await settle();
      assert.deepEqual(world.strays, []);
      assert.equal(world.bytes(), bytes, "not one byte reached the listener");
    });
  }

  test(`${it.name}: a text that turns round what stands behind it does so where it is not kept apart`, async (t) => {
    const tab = await newTab(t, it.browser);
    it.world.pages[home] = `<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><p class="pc-card__sentence">The amount is “\u202eoverride.hostile” and £5 short`;
    await tab.goto(home);
    const { count, wrong } = await tab.evaluate(turned, "override");
    assert.deepEqual([count, wrong.length], [1, 1]);
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
