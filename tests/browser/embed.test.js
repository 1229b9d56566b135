// In a frame of another page, in Chromium and in Firefox: what crosses, what does not before the reader says so, and
// what the reader is told.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import zlib from "node:zlib";
import { another, bothBrowsers, newTab } from "./both.js";
import { root, site, workbook } from "./support.js";
import { choose, has, press } from "./walk.js";

const browsers = bothBrowsers();
const example = fs.readFileSync(path.join(root, "web/examples/frame.html"), "utf8");
const guide = fs.readFileSync(path.join(root, "docs/embedding.md"), "utf8");
const shipped = fs.readFileSync(site);
const home = "http://plancheck.test/framed/";

/** The checker in the frame of a tab. */
const framed = async (tab, id = "checker") => (await tab.waitForSelector(`#${id}`)).contentFrame();

/** A page around the checker; the example, unless another is given. */
async function open(t, it, page = example, { checker = shipped, browser = it.browser } = {}) {
  Object.assign(it.world.pages, { [home]: page, [`${home}plancheck.html`]: checker });
  const tab = await newTab(t, browser);
  await tab.goto(home);
  const frame = await framed(tab);
  await has(frame, "button", "Choose a workbook");
  return { tab, frame };
}

const connected = (tab) => tab.waitForFunction(() => heard.some((it) => it.type === "connected"));
const heard = (tab, type) => tab.evaluate((type) => heard.filter((it) => it.type === type), type);
const paper = (frame) => frame.$eval("body", (it) => getComputedStyle(it).backgroundColor);
const told = (frame) => frame.$$eval(".pc-embedded", (all) => all.map((it) => it.innerText).join());
const boxed = (sandbox) => (html) => html.replace(/ sandbox="[^"]*"/, sandbox);
/** A page that shows the frame and says nothing to it. */
const silent = (sandbox) => `<!DOCTYPE html><link rel="icon" href="data:,"><iframe id="checker" src="plancheck.html"${sandbox} width="1200" height="800"></iframe>`;
const readable = /of the same site and the frame is not sandboxed: its scripts can read all that is shown here\./;

/** What lets the page around the frame read along, and what does not. */
const frames = [
  ["a sandboxed frame", ' sandbox="allow-scripts allow-downloads allow-modals"', false],
  ["a frame of the same site", "", true],
  ["a sandbox that leaves the frame its origin", ' sandbox="allow-scripts allow-same-origin"', true],
];

for (const it of browsers) {
  for (const [what, sandbox, seen] of frames) {
    test(`${it.name}: ${what} tells counts, states and codes, and the report when it is shared`, async (t) => {
      const { tab, frame } = await open(t, it, boxed(sandbox)(example));
      await connected(tab);
      await choose(tab, workbook("sample.xlsx"), "#workbook");
      await tab.waitForFunction(() => heard.some((it) => it.type === "result"));
      await frame.waitForSelector(".pc-document");
      const [result] = await heard(tab, "result");
      const [document] = result.documents;
      assert.deepEqual(Object.keys(document).sort(), ["counts", "kind", "rules", "verdict"]);
      assert.equal(document.verdict, "not-met");
      assert.equal(document.counts.notMet, 2);
      assert.deepEqual(document.rules.filter((it) => it.state === "not-met").map((it) => it.rule), ["WB12", "CV02"]);
      assert.ok(document.rules.every((it) => Object.keys(it).sort().join() === "rule,state" && /^[A-Z]{2}\d\d$/.test(it.rule)));
      const everything = JSON.stringify(await tab.evaluate(() => heard));
      assert.ok(!/Sefton|14168050|51055373|£|sheet/i.test(everything), "nothing that the plan says has crossed");
      assert.equal(await tab.$eval("#told", (it) => it.textContent), "2 checks not met, 0 could not be made");

      await press(frame, "button", "Share with this page");
      await tab.waitForFunction(() => heard.some((it) => it.type === "report"));
      const [{ report }] = await heard(tab, "report");
      assert.equal(report.documents[0].board, "Sefton");
      assert.equal(report.documents[0].conditions.find((it) => it.rule === "EX02").planned, "14168050");
      await has(frame, ".pc-take-away [role=status]", "The full report was shared with plancheck.test");
    });

    test(`${it.name}: of ${what} the page around it can read ${seen ? "everything, and the reader is told" : "nothing"}, connected or not`, async (t) => {
      const read = () => globalThis.document.getElementById("checker").contentDocument?.body.textContent ?? null;
      const { tab, frame } = await open(t, it, silent(sandbox));
      assert.equal((await tab.evaluate(read)) !== null, seen);
      if (seen) assert.match(await told(frame), readable);
      else assert.equal(await told(frame), "", "a page that can read nothing and is told nothing is not worth a word");

      const again = await open(t, it, boxed(sandbox)(example));
      await connected(again.tab);
      assert.equal((await again.tab.evaluate(read)) !== null, seen);
      await has(again.frame, ".pc-embedded", "inside another page (plancheck.test)");
      const said = await told(again.frame);
      assert.equal(readable.test(said), seen);
      assert.equal(/nothing that your plan says/.test(said), !seen);
      // What the reader drops is checked as ever, and told no further than any other.
      assert.ok(!(await again.frame.$$eval("button", (all) => all.some((it) => it.textContent === "Share with this page"))));
    });
  }

  test(`${it.name}: only the page around it can connect, and only once`, async (t) => {
    const stranger = `<iframe id="stranger" srcdoc="<script>const { port1, port2 } = new MessageChannel(); port1.onmessage = ({ data }) => parent.postMessage({ overheard: data }, '*'); setInterval(() => parent.frames[0].postMessage({ plancheck: 1, type: 'connect' }, '*', [new MessageChannel().port2]), 50); parent.frames[0].postMessage({ plancheck: 1, type: 'connect' }, '*', [port2]);</script>"></iframe>`;
    // The example itself waits until the stranger has tried.
    const page = example
      .replace("</iframe>", `</iframe>${stranger}`)
      .replace('frame.contentWindow.postMessage({ plancheck', 'window.overheard = []; addEventListener("message", ({ data }) => data?.overheard && overheard.push(data)); setTimeout(() => frame.contentWindow.postMessage({ plancheck')
      .replace('"*", [channel.port2]);', '"*", [channel.port2]), 1500);');
    const { tab, frame } = await open(t, it, page);
    await connected(tab);
    await choose(tab, workbook("sample.xlsx"), "#workbook");
    await tab.waitForFunction(() => heard.some((it) => it.type === "result"));
    assert.deepEqual(await tab.evaluate(() => overheard), []);
    // A second connection of the same page is not answered either.
    const answers = await tab.evaluate(async () => {
      const { port1, port2 } = new MessageChannel();
      const answers = [];
      port1.onmessage = ({ data }) => answers.push(data);
      document.getElementById("checker").contentWindow.postMessage({ plancheck: 1, type: "connect" }, "*", [port2]);
      await new Promise((later) => setTimeout(later, 500));
      return answers;
    });
    assert.deepEqual(answers, []);
    await frame.waitForSelector(".pc-document");
  });

  test(`${it.name}: the example takes the words of its own frame only`, async (t) => {
    const liar = `<iframe id="liar" srcdoc="<script>parent.postMessage({ plancheck: 1, type: 'ready', protocol: 1, version: '6.6.6' }, '*')</script>"></iframe>`;
    const { tab } = await open(t, it, example.replace("</script>", `addEventListener("message", ({ data }) => data.version === "6.6.6" && (window.lied = true));</script>${liar}`));
    await connected(tab);
    await tab.waitForFunction(() => window.lied);
    assert.equal((await heard(tab, "ready")).length, 1);
    assert.doesNotMatch(JSON.stringify(await tab.evaluate(() => heard)), /6\.6\.6/);
  });

  test(`${it.name}: scheme and wording follow the page around it, and what cannot be followed is refused`, async (t) => {
    const { tab, frame } = await open(t, it);
    await connected(tab);
    const light = await paper(frame);
    await tab.evaluate(() => port.postMessage({ type: "theme", scheme: "dark" }));
    await frame.waitForSelector(":root[data-theme=dark]");
    assert.notEqual(await paper(frame), light);
    await tab.evaluate(() => port.postMessage({ type: "theme", scheme: "light" }));
    await frame.waitForSelector(":root[data-theme=light]");
    assert.equal(await paper(frame), light);

    await tab.evaluate(() => port.postMessage({ type: "wording", reader: "assurer" }));
    await press(frame, "button", "Try it with a sample plan");
    await frame.waitForSelector(".pc-document");
    const chosen = () => [...document.querySelectorAll("label")].find((it) => it.textContent.includes("The assurer: what to ask")).control.checked;
    assert.ok(await frame.evaluate(chosen));

    await tab.evaluate(() => port.postMessage({ type: "check", files: [], allocations: "x".repeat(2_000_001) }));
    await tab.waitForFunction(() => heard.some((it) => it.type === "refused"));
    assert.match((await heard(tab, "refused"))[0].why, /allocations must not have more than 2 MB/);
    const refused = [{}, { type: "theme", scheme: "pink" }, { type: "check" }, { type: "check", files: [{ name: "x.xlsx", bytes: "text" }] }, { type: "check", files: [{}] }, "words", null];
    for (const message of refused) await tab.evaluate((message) => port.postMessage(message), message);
    await tab.waitForFunction((count) => heard.filter((it) => it.type === "refused").length === count, {}, refused.length + 1);

    await tab.evaluate(() => port.postMessage({ type: "check", files: [{ name: "notes.xlsx", bytes: new TextEncoder().encode("no workbook") }] }));
    await tab.waitForFunction(() => heard.some((it) => it.type === "notChecked"));
    assert.deepEqual((await heard(tab, "notChecked")).map((it) => it.files), [1]);

    // A name of any length is handed over, and does not become the page's.
    await tab.evaluate(() => port.postMessage({ type: "check", files: [{ name: "x".repeat(10_000), bytes: new TextEncoder().encode("no workbook") }] }));
    await has(frame, "#trouble", "x…: ");
    assert.ok((await frame.$eval("#trouble", (it) => it.textContent)).length < 1000);
    assert.ok(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });

  test(`${it.name}: a browser that likes it dark is overruled by a page that is light, and the other way round`, async (t) => {
    const settings = { Chromium: ["--blink-settings=preferredColorScheme=0"], Firefox: { "layout.css.prefers-color-scheme.content-override": 0 } };
    const { tab, frame } = await open(t, it, example, { browser: await another(t, it, settings) });
    await connected(tab);
    assert.ok(await frame.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches));
    const dark = await paper(frame);
    await tab.evaluate(() => port.postMessage({ type: "theme", scheme: "light" }));
    await frame.waitForSelector(":root[data-theme=light]");
    assert.notEqual(await paper(frame), dark);
    await tab.evaluate(() => port.postMessage({ type: "theme", scheme: "auto" }));
    await frame.waitForSelector(":root[data-theme=auto]");
    assert.equal(await paper(frame), dark);
  });

  test(`${it.name}: frames without an address work too: one whose page stands in an attribute, and one from a Blob`, async (t) => {
    it.world.pages[home] = "<!DOCTYPE html><link rel=icon href=data:,><title>x</title>";
    const tab = await newTab(t, it.browser);
    await tab.goto(home);
    for (const how of ["srcdoc", "blob"]) {
      await tab.evaluate((how, html) => {
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-scripts";
        frame.id = how;
        frame.width = 1000;
        if (how === "srcdoc") frame.srcdoc = html;
        else frame.src = URL.createObjectURL(new Blob([html], { type: "text/html" }));
        document.body.append(frame);
      }, how, shipped.toString());
      const frame = await framed(tab, how);
      await press(frame, "button", "Try it with a sample plan");
      await frame.waitForSelector(".pc-document");
    }
  });

  test(`${it.name}: with every header of the table in docs/embedding.md a framed check works`, async (t) => {
    const headers = Object.fromEntries([...guide.matchAll(/^\| `([A-Z][A-Za-z-]+)` \| (.+?) \| .*\|$/gm)].map(([, name, values]) => [name, values.match(/`([^`]+)`/g).at(-1).replaceAll("`", "")]));
    const expected = ["Content-Type", "Cache-Control", "X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Content-Encoding"];
    assert.deepEqual(Object.keys(headers), expected);
    assert.equal(headers["Content-Encoding"], "gzip");
    assert.equal(headers["Content-Security-Policy"], "frame-ancestors 'self'");
    const checker = { page: zlib.gzipSync(shipped), headers };
    const { tab, frame } = await open(t, it, example, { checker });
    await connected(tab);
    await choose(tab, workbook("sample.xlsx"), "#workbook");
    await frame.waitForSelector(".pc-document");
    await has(tab, "#told", "2 checks not met");

    // The header that names who may show it does keep others out.
    const stranger = "http://stranger.test/";
    it.world.pages[stranger] = `<!DOCTYPE html><link rel=icon href=data:,><iframe id="checker" src="${home}plancheck.html"></iframe>`;
    const other = await newTab(t, it.browser);
    await other.goto(stranger);
    const kept = await framed(other);
    assert.equal(await kept.evaluate(() => document.getElementById("page")).catch(() => null), null);
  });
}

test("the documentation shows the frame of the example, and says what its sandbox must not allow", () => {
  const [sandbox] = example.match(/sandbox="[^"]*"/);
  assert.ok(guide.includes(sandbox), sandbox);
  assert.match(guide, /never `allow-same-origin`/i);
});
