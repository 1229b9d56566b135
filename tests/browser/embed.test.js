// In a frame of another page: what crosses, and what does not before the reader says so.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import * as support from "./support.js";
import { browser } from "./support.js";

const example = fs.readFileSync(path.join(support.root, "web/examples/frame.html"), "utf8");

/** The example with the checker in its frame; `change` may alter the example's own page. */
async function open(t, change = (html) => html, options = {}) {
  const pages = { "/plancheck.html": fs.readFileSync(support.site, "utf8") };
  const server = await support.serve(() => change(example), t, pages);
  const page = await support.newPage(t, browser, options);
  await page.goto(server.url);
  return { page, frame: page.frameLocator("#checker") };
}

const connected = (page) => page.waitForFunction(() => heard.some((it) => it.type === "connected"));
const paper = (frame) => frame.locator("body").evaluate((it) => getComputedStyle(it).backgroundColor);
const heard = (page, type) => page.evaluate((type) => heard.filter((it) => it.type === type), type);

const unboxed = (html) => html.replace(/ sandbox="[^"]*"/, "");
for (const [what, change] of [["a sandboxed frame", (html) => html], ["a frame of the same site", unboxed]]) {
  test(`${what} tells counts, states and codes, and the report when it is shared`, async (t) => {
    const { page, frame } = await open(t, change);
    await connected(page);
    await page.getByLabel("A workbook that this page already has").setInputFiles(support.workbook("sample.xlsx"));
    await page.waitForFunction(() => heard.some((it) => it.type === "result"));
    await frame.locator(".pc-document").waitFor();
    const [result] = await heard(page, "result");
    const [document] = result.documents;
    assert.deepEqual(Object.keys(document).sort(), ["counts", "kind", "rules", "verdict"]);
    assert.equal(document.verdict, "not-met");
    assert.equal(document.counts.notMet, 2);
    assert.deepEqual(document.rules.filter((it) => it.state === "not-met").map((it) => it.rule), ["WB12", "CV02"]);
    assert.ok(document.rules.every((it) => Object.keys(it).sort().join() === "rule,state" && /^[A-Z]{2}\d\d$/.test(it.rule)));
    const everything = JSON.stringify(await page.evaluate(() => heard));
    assert.ok(!/Sefton|14168050|51055373|£|sheet/i.test(everything), "nothing that the plan says has crossed");
    assert.equal(await page.locator("#told").textContent(), "2 checks not met, 0 could not be made");

    await frame.getByRole("button", { name: "Share with this page" }).click();
    await page.waitForFunction(() => heard.some((it) => it.type === "report"));
    const [{ report }] = await heard(page, "report");
    assert.equal(report.documents[0].board, "Sefton");
    assert.equal(report.documents[0].conditions.find((it) => it.rule === "EX02").planned, "14168050");
    assert.match(await frame.locator(".pc-take-away [role=status]").textContent(), /^The full report was shared with 127\.0\.0\.1:\d+$/);
  });
}

test("the reader is told of the page around the checker, and what it is told", async (t) => {
  const { page, frame } = await open(t);
  await connected(page);
  assert.match(await frame.locator(".pc-embedded").innerText(), /inside another page \(127\.0\.0\.1:\d+\)/);
  // What the reader drops is checked as ever, and told no further than any other.
  assert.equal(await frame.getByRole("button", { name: "Share with this page" }).count(), 0);
});

test("only the page around it can connect, and only once", async (t) => {
  const stranger = `<iframe id="stranger" srcdoc="<script>const { port1, port2 } = new MessageChannel(); port1.onmessage = ({ data }) => parent.postMessage({ overheard: data }, '*'); setInterval(() => parent.frames[0].postMessage({ plancheck: 1, type: 'connect' }, '*', [new MessageChannel().port2]), 50); parent.frames[0].postMessage({ plancheck: 1, type: 'connect' }, '*', [port2]);</script>"></iframe>`;
  // The example itself waits until the stranger has tried.
  const { page, frame } = await open(t, (html) =>
    html
      .replace("</iframe>", `</iframe>${stranger}`)
      .replace('frame.contentWindow.postMessage({ plancheck', 'window.overheard = []; addEventListener("message", ({ data }) => data?.overheard && overheard.push(data)); setTimeout(() => frame.contentWindow.postMessage({ plancheck')
      .replace('"*", [channel.port2]);', '"*", [channel.port2]), 1500);'),
  );
  await connected(page);
  await page.getByLabel("A workbook that this page already has").setInputFiles(support.workbook("sample.xlsx"));
  await page.waitForFunction(() => heard.some((it) => it.type === "result"));
  assert.deepEqual(await page.evaluate(() => overheard), []);
  // A second connection of the same page is not answered either.
  const answers = await page.evaluate(async () => {
    const { port1, port2 } = new MessageChannel();
    const answers = [];
    port1.onmessage = ({ data }) => answers.push(data);
    frame.contentWindow.postMessage({ plancheck: 1, type: "connect" }, "*", [port2]);
    await new Promise((later) => setTimeout(later, 500));
    return answers;
  });
  assert.deepEqual(answers, []);
  await frame.locator(".pc-document").waitFor();
});

test("scheme and wording follow the page around it, and what cannot be followed is refused", async (t) => {
  const { page, frame } = await open(t);
  await connected(page);
  const light = await paper(frame);
  await page.evaluate(() => port.postMessage({ type: "theme", scheme: "dark" }));
  await frame.locator(":root[data-theme=dark]").waitFor();
  assert.notEqual(await paper(frame), light);
  await page.evaluate(() => port.postMessage({ type: "theme", scheme: "light" }));
  await frame.locator(":root[data-theme=light]").waitFor();
  assert.equal(await paper(frame), light);

  await page.evaluate(() => port.postMessage({ type: "wording", reader: "assurer" }));
  await frame.getByRole("button", { name: "Try it with a sample plan" }).click();
  await frame.locator(".pc-document").waitFor();
  assert.ok(await frame.getByLabel("The assurer: what to ask").isChecked());

  const refused = [{}, { type: "theme", scheme: "pink" }, { type: "check" }, { type: "check", files: [{ name: "x.xlsx", bytes: "text" }] }, { type: "check", files: [{}] }, "words", null];
  for (const message of refused) await page.evaluate((message) => port.postMessage(message), message);
  await page.waitForFunction((count) => heard.filter((it) => it.type === "refused").length === count, refused.length);

  await page.evaluate(() => port.postMessage({ type: "check", files: [{ name: "notes.xlsx", bytes: new TextEncoder().encode("no workbook") }] }));
  await page.waitForFunction(() => heard.some((it) => it.type === "notChecked"));
  assert.deepEqual((await heard(page, "notChecked")).map((it) => it.files), [1]);
});

test("a browser that likes it dark is overruled by a page that is light, and the other way round", async (t) => {
  const { page, frame } = await open(t, undefined, { colorScheme: "dark" });
  await connected(page);
  const dark = await paper(frame);
  await page.evaluate(() => port.postMessage({ type: "theme", scheme: "light" }));
  await frame.locator(":root[data-theme=light]").waitFor();
  assert.notEqual(await paper(frame), dark);
  await page.evaluate(() => port.postMessage({ type: "theme", scheme: "auto" }));
  await frame.locator(":root[data-theme=auto]").waitFor();
  assert.equal(await paper(frame), dark);
});

test("frames without an address work too: one whose page stands in an attribute, and one from a Blob", async (t) => {
  const server = await support.serve(() => "<!DOCTYPE html><title>x</title>", t);
  const page = await support.newPage(t, browser);
  await page.goto(server.url);
  for (const how of ["srcdoc", "blob"]) {
    await page.evaluate(([how, html]) => {
      const frame = document.createElement("iframe");
      frame.sandbox = "allow-scripts";
      frame.id = how;
      if (how === "srcdoc") frame.srcdoc = html;
      else frame.src = URL.createObjectURL(new Blob([html], { type: "text/html" }));
      document.body.append(frame);
    }, [how, fs.readFileSync(support.site, "utf8")]);
    const frame = page.frameLocator(`#${how}`);
    await frame.getByRole("button", { name: "Try it with a sample plan" }).click();
    await frame.locator(".pc-document").waitFor();
  }
});
