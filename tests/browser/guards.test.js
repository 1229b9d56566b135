// Each part of the page's policy stops something: with it the attempt comes to nothing, and without it, all else
// being equal, the same attempt gets through. A guard that stopped nothing would not be missed.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { bothBrowsers, newTab, settle, until } from "./both.js";
import { site } from "./support.js";

const browsers = bothBrowsers();
const shipped = fs.readFileSync(site, "utf8");
const [, policy] = shipped.match(/Content-Security-Policy" content="([^"]*)"/);

const home = "http://plancheck.test/";
const away = "http://elsewhere.test/";

const without = (directive) => (policy) => policy.split("; ").filter((it) => !it.startsWith(`${directive} `)).join("; ");
const widened = (directive, sources) => (policy) => policy.replace(new RegExp(`${directive} [^;]*`), `${directive} ${sources}`);
const added = (directive, source) => (policy) => policy.replace(`${directive} `, `${directive} ${source} `);

/** What is tried in the page, and the path by which the listener then hears of it. */
const heard = (at) => ({ heard: at });
const guards = [
  { guard: "default-src", taken: without("default-src"), ...heard(`${away}frame`), attempt: (away) => add("iframe", { src: `${away}frame` }) },
  { guard: "connect-src", taken: widened("connect-src", "*"), ...heard(`${away}fetch`), attempt: (away) => void fetch(`${away}fetch`).catch(() => {}) },
  { guard: "connect-src, for a beacon", taken: widened("connect-src", "*"), ...heard(`${away}beacon`), attempt: (away) => void navigator.sendBeacon(`${away}beacon`, "plan") },
  {
    guard: "connect-src, in a worker made as the page makes its own",
    taken: widened("connect-src", "*"),
    ...heard(`${away}worker-fetch`),
    attempt: (away) => void new Worker(URL.createObjectURL(new Blob([`fetch("${away}worker-fetch").catch(() => {})`]))),
  },
  { guard: "script-src, for a script of another address", taken: added("script-src", "*"), ...heard(`${away}script`), attempt: (away) => add("script", { src: `${away}script` }) },
  {
    guard: "script-src, for a script in a worker",
    taken: added("script-src", "*"),
    ...heard(`${away}import`),
    attempt: (away) => void new Worker(URL.createObjectURL(new Blob([`importScripts("${away}import")`]))),
  },
  { guard: "script-src, for a script in the page", taken: widened("script-src", "'unsafe-inline' 'wasm-unsafe-eval'"), attempt: () => add("script", { textContent: "globalThis.ran = true" }), came: () => globalThis.ran === true },
  { guard: "style-src, for a style of another address", taken: widened("style-src", "*"), ...heard(`${away}style`), attempt: (away) => add("link", { rel: "stylesheet", href: `${away}style` }) },
  {
    guard: "style-src, for a style in the page",
    taken: widened("style-src", "'unsafe-inline'"),
    attempt: () => add("style", { textContent: ":root { --ran: yes }" }),
    came: () => getComputedStyle(document.documentElement).getPropertyValue("--ran") === "yes",
  },
  { guard: "worker-src", taken: widened("worker-src", "*"), ...heard(`${home}worker`), attempt: () => void new Worker("/worker") },
  { guard: "img-src", taken: widened("img-src", "*"), ...heard(`${away}image`), attempt: (away) => add("img", { src: `${away}image` }) },
  { guard: "form-action", taken: without("form-action"), ...heard(`${away}form`), attempt: (away) => add("form", { action: `${away}form`, method: "post" }).submit() },
  { guard: "base-uri", taken: without("base-uri"), attempt: (away) => add("base", { href: away }), came: (away) => document.baseURI === away },
];

/** The page without its programs: what the policy lets through does not depend on them, and they take time. */
const light = shipped.replace(/(<script type="application\/base64"[^>]*>)[^<]*/g, "$1");

/** Opens a page at an address. Gives what the page stands in: its frame, where the page there has one for it. */
async function visit(t, { browser, world }, address) {
  const tab = await newTab(t, browser);
  await tab.goto(address);
  const at = (await (await tab.$("#checker"))?.contentFrame()) ?? tab.mainFrame();
  await at.evaluate(() => {
    globalThis.add = (name, fields) => {
      const added = Object.assign(document.createElement(name), fields);
      document.head.append(added);
      return added;
    };
  });
  world.strays.length = 0;
  return at;
}

/** Opens a page under a policy. */
function open(t, it, page, policy) {
  it.world.pages[home] = page.replace(/(Content-Security-Policy" content=")[^"]*/, (_, before) => before + policy);
  return visit(t, it, home);
}

/** The shipped page, wherever it may stand. */
const places = [
  { name: "on a server", address: home, pages: { [home]: shipped } },
  { name: "as a file", address: pathToFileURL(site).href, pages: {} },
  {
    name: "in a sandbox that allows scripts only",
    address: `${home}around`,
    pages: { [home]: shipped, [`${home}around`]: `<!DOCTYPE html><link rel="icon" href="data:,"><iframe id="checker" sandbox="allow-scripts" src="${home}"></iframe>` },
  },
];

/** Tries, and leaves what a browser throws at once to be judged by what came of it. */
const attempt = (at, it) => at.evaluate(`try { (${it.attempt})(${JSON.stringify(away)}); } catch {} undefined;`);

test("every directive of the policy is looked at", () => {
  const looked = new Set(guards.map((it) => it.guard.split(",")[0]));
  assert.deepEqual([...looked].sort(), policy.split("; ").map((it) => it.split(" ")[0]).sort());
});

for (const it of browsers) {
  for (const { name, address, pages } of places) {
    test(`${it.name}, ${name}: under the whole policy nothing comes of any attempt`, async (t) => {
      Object.assign(it.world.pages, pages);
      const at = await visit(t, it, address);
      const before = await at.evaluate(() => location.href);
      for (const guard of guards) await attempt(at, guard);
      await settle();
      for (const { guard, came } of guards) if (came) assert.equal(await at.evaluate(came, away), false, guard);
      assert.deepEqual(it.world.strays, []);
      assert.equal(await at.evaluate(() => location.href), before);
    });
  }

  for (const guard of guards) {
    test(`${it.name}: without ${guard.guard} its attempt gets through`, async (t) => {
      const changed = guard.taken(policy);
      assert.notEqual(changed, policy);
      const at = await open(t, it, light, changed);
      await attempt(at, guard);
      const came = guard.came ? () => at.evaluate(guard.came, away) : () => it.world.strays.some((it) => it.endsWith(` ${guard.heard}`));
      await until(guard.guard, came);
    });
  }
}
