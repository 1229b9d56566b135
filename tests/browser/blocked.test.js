// Where the checker cannot run, in Chromium and in Firefox: a plain page with the cause and a line for the IT team,
// whatever is missing, and never a blank one.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";
import { another, bothBrowsers, newTab, until } from "./both.js";
import { axe, root, scratch, site } from "./support.js";
import { has } from "./walk.js";

const browsers = bothBrowsers();
const built = fs.readFileSync(site, "utf8");
const home = "http://plancheck.test/";
const around = `${home}around`;

/** The built page, changed; what changes nothing would test nothing. */
function changed(from, to) {
  const page = built.replace(from, to);
  assert.notEqual(page, built);
  return page;
}
// Without the policy, which would not let another script run.
const unheld = (from, to) => changed(/<meta http-equiv[^>]*>/, "").replace(from, to);
/** A program as it stands in the page. */
const packed = (base64) => zlib.gzipSync(Buffer.from(base64, "base64")).toString("base64");
const cut = (at) => {
  assert.ok(built.includes(at));
  return built.slice(0, built.indexOf(at) + at.length);
};

/** As enhanced security does it in Chromium's family. */
const noWebAssembly = { Chromium: ["--js-flags=--jitless"], Firefox: { "javascript.options.wasm": false } };
const styled = "default-src 'none'; style-src 'unsafe-inline'; ";
const policy = (sources) => ({ "Content-Security-Policy": sources });

/** What is missing, how it comes to be, what is then said, and what the IT team is asked for. */
const cases = [
  ["WebAssembly", { settings: noWebAssembly }, /needs WebAssembly, which is switched off/, /EnhanceSecurityModeBypassListDomains/],
  ["workers", { script: () => delete globalThis.Worker }, /needs background workers/, /up-to-date/],
  ["anything that Internet Explorer mode lacks", { script: () => (Object.defineProperty(document, "documentMode", { value: 11 }), delete globalThis.WebAssembly) }, /too old for it, or shows the page in Internet Explorer mode/, /not in Internet Explorer mode/],
  ["scripts of this decade", { script: () => delete HTMLScriptElement.prototype.noModule }, /too old/, /not in Internet Explorer mode/],
  ["the instructions of today's programs", { page: changed(/(id="app-wasm">)[^<]*/, `$1${packed("AGFzbQEAAAABBAFgAAADAgEACgYBBADd3Qs=")}`) }, /too old/, /not in Internet Explorer mode/],
  ["the language of today's scripts", { page: unheld("<script>let wasm_bindgen", "<script>let = =>; let wasm_bindgen") }, /too old/, /not in Internet Explorer mode/],
  ["an understanding of the page's own policy", { page: changed(" 'wasm-unsafe-eval'", ""), file: true }, /too old/, /not in Internet Explorer mode/],
  ["a script as it was released", { page: changed("<script>let wasm_bindgen", "<script>/* changed */let wasm_bindgen") }, /not as it was released/, /file anew/],
  ["a page's own program", { page: changed(/(id="app-wasm">)[^<]*/, `$1${packed("AGFzbQEAAAA=")}`) }, /could not be started/, /file anew/],
  ["the end of the file", { page: cut('<script type="text/plain" ') }, /not whole/, /file anew/],
  ["the end of the file on a disk", { page: cut('<script type="text/plain" '), file: true }, /not whole/, /file anew/],
  ["the end of a program", { page: cut('id="app-wasm">H4sI') }, /not whole/, /file anew/],
  ["the end of the last script", { page: cut("Starts the page. Everything") }, /not whole/, /file anew/],
  ["leave to compile, which the server's policy withholds", { headers: policy(`${styled}script-src 'unsafe-inline'; worker-src blob:`) }, /policy of the server .+ forbids WebAssembly/, /script-src 'wasm-unsafe-eval'/],
  ["leave to start workers, which the server's policy withholds", { headers: policy(`${styled}script-src 'unsafe-inline' 'wasm-unsafe-eval'`) }, /policy of the server .+ forbids background workers/, /worker-src blob:/],
  ["leave for any script, which the server's policy withholds", { headers: policy("script-src 'self'") }, /switched off or blocked/, /must allow what the one in the page allows/],
  ["scripts", { scriptless: true }, /needs JavaScript/, /allow JavaScript/],
];

const script = (name) => fs.readFileSync(path.join(path.dirname(site), name), "utf8");
const elements = fs.readFileSync(path.join(root, "web/examples/element.html"), "utf8");

/** The same for the element, which stands in a page of other people. */
const ofElement = [
  ["WebAssembly", { settings: noWebAssembly }, /It needs WebAssembly, which is switched off here/],
  ["workers", { script: () => delete globalThis.Worker }, /It needs background workers/],
  ["leave to compile, which the page's policy withholds", { headers: policy("script-src 'self' 'unsafe-inline'; worker-src blob:") }, /The policy of this page .+ 'wasm-unsafe-eval' in script-src\.$/],
  ["leave to start workers, which the page's policy withholds", { headers: policy("script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'") }, /The policy of this page .+ blob: in worker-src\.$/],
  ["its own program", { change: (text) => text.replace(/(const APP = ")[^"]*/, `$1${packed("AGFzbQEAAAA=")}`) }, /^(?!.*policy).*could not be started here/],
  ["its script, which the page's policy withholds", { headers: policy("script-src 'unsafe-inline'") }, /It needs JavaScript, and leave of this page’s policy/],
  ["the module beside it", { change: (text) => text.replace("./plancheck.js", "./elsewhere.js") }, /It needs JavaScript, and leave of this page’s policy/],
];

for (const it of browsers) {
  for (const [what, { page = built, headers = {}, script, settings, file, scriptless }, reason, line] of cases) {
    test(`${it.name}: a browser without ${what} is told so, with a line for the IT team`, async (t) => {
      it.world.pages[home] = { page, headers };
      // A frame without scripts that the test can look into: a driver cannot switch scripts off in every browser.
      it.world.pages[around] = `<!DOCTYPE html><link rel="icon" href="data:,"><iframe sandbox="allow-same-origin" width="1200" height="800" src="${home}"></iframe>`;
      it.world.strays.length = 0;
      const tab = await newTab(t, settings ? await another(t, it, settings) : it.browser);
      if (script) await tab.evaluateOnNewDocument(script);
      await tab.goto(file ? pathToFileURL(scratch("plancheck.html", page)).href : scriptless ? around : home);
      const text = (id) => tab.evaluate((id) => {
        const within = document.querySelector("iframe")?.contentDocument ?? document;
        const found = within.getElementById(id);
        return found?.checkVisibility() ? found.innerText : "";
      }, id);
      await until("what is said", async () => reason.test(await text("cannot-start-reason")));
      assert.match(await text("cannot-start-ask"), line);
      assert.match(await text("cannot-start"), /The checker cannot run here/);
      assert.equal(await text("page"), "");
      if (!scriptless) assert.deepEqual((await axe(tab)).violations, []);
      assert.deepEqual(it.world.strays, []);
    });
  }

  for (const [what, { headers = {}, script: before, settings, change = (text) => text }, reason] of ofElement) {
    test(`${it.name}: an element without ${what} says so`, async (t) => {
      const at = `${home}element/`;
      const checker = change(script("plan-checker.js"));
      Object.assign(it.world.pages, { [at]: { page: elements, headers }, [`${at}plancheck.js`]: script("plancheck.js"), [`${at}plan-checker.js`]: checker, [`${at}elsewhere.js`]: "export {};" });
      const tab = await newTab(t, settings ? await another(t, it, settings) : it.browser);
      if (before) await tab.evaluateOnNewDocument(before);
      await tab.goto(at);
      const said = () => tab.$eval("plan-checker", (it) => (it.shadowRoot?.querySelector(".pc-root") ?? it).innerText.trim());
      await until("what is said", async () => reason.test(await said()));
      assert.ok(await tab.$eval("plan-checker", (it) => it.checkVisibility()));
    });
  }

  test(`${it.name}: a policy that only reports holds nothing back, and nothing is said of it`, async (t) => {
    it.world.pages[home] = { page: built, headers: { "Content-Security-Policy-Report-Only": "script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'none'" } };
    const tab = await newTab(t, it.browser);
    await tab.evaluateOnNewDocument(() => {
      globalThis.reported = [];
      document.addEventListener("securitypolicyviolation", (event) => globalThis.reported.push(event.effectiveDirective));
    });
    await tab.goto(home);
    await tab.waitForFunction(() => globalThis.reported.includes("worker-src"));
    await has(tab, "button", "Choose a workbook");
    assert.equal(await tab.$eval("#cannot-start", (it) => it.checkVisibility()), false);
  });
}
