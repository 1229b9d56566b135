// The module and the element in pages of other people.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import * as support from "./support.js";
import { browser } from "./support.js";

const dist = path.dirname(support.site);
const script = (name) => fs.readFileSync(path.join(dist, name), "utf8");
const example = (name) => fs.readFileSync(path.join(support.root, "web/examples", name), "utf8");

/** An example on a server, beside what it imports. */
async function open(t, name, change = (html) => html) {
  const others = { "/plancheck.js": script("plancheck.js"), "/plan-checker.js": script("plan-checker.js") };
  const server = await support.serve(() => change(example(name)), t, others);
  const page = await support.newPage(t, browser);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(server.url);
  return { page, server, faults };
}

/** Runs a function in a page with the module; it gets the bytes of a workbook. */
async function withModule(t, act, file = "sample.xlsx") {
  const { page, server } = await open(t, "module.html");
  const base64 = fs.readFileSync(support.workbook(file)).toString("base64");
  const before = server.requests.length;
  const said = await page.evaluate(`(async () => {
    const { check, checkAll, CheckError, version } = await import("./plancheck.js");
    const bytes = Uint8Array.from(atob("${base64}"), (it) => it.charCodeAt(0));
    return (${act})({ check, checkAll, CheckError, version, bytes });
  })()`);
  assert.equal(server.requests.length, before, "nothing is requested");
  return said;
}

test("the module's example shows the conditions of a workbook", async (t) => {
  const { page, faults } = await open(t, "module.html");
  await page.getByLabel("Workbooks to check").setInputFiles([support.workbook("sample.xlsx"), support.scratch("notes.xlsx", "no workbook")]);
  await page.locator("#conditions tbody tr").first().waitFor();
  assert.match(await page.locator("#said").textContent(), /sample\.xlsx: 2 checks not met; notes\.xlsx: .+/);
  const rows = await page.locator("#conditions tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((it) => it.textContent)));
  assert.equal(rows.length, 3);
  assert.ok(rows.every((it) => it[0] === "Sefton" && it[2] === "met"), JSON.stringify(rows));
  assert.deepEqual(faults, []);
});

test("a workbook checks to the same report in a worker and without one, and keeps its bytes", async (t) => {
  const said = await withModule(t, async ({ check, version, bytes }) => {
    const lines = [];
    const report = await check(bytes, "plan.xlsx", { progress: (line) => lines.push(line) });
    const same = await check(bytes.buffer, "plan.xlsx", { worker: false });
    return { board: report.documents[0].board, same: JSON.stringify(report) === JSON.stringify(same), left: bytes.byteLength, lines: lines.length, version: version(), by: report.checker.version };
  });
  assert.equal(said.board, "Sefton");
  assert.ok(said.same && said.left > 1000 && said.lines > 0, JSON.stringify(said));
  assert.equal(said.version, said.by);
});

test("a check that is stopped is rejected with its reason, and the next one runs", async (t) => {
  const said = await withModule(t, async ({ check, bytes }) => {
    const stop = new AbortController();
    const stopped = check(bytes, "plan.xlsx", { signal: stop.signal }).catch((error) => error.name);
    stop.abort();
    const late = await check(bytes, "plan.xlsx", { signal: AbortSignal.abort("late") }).catch((error) => error);
    return { stopped: await stopped, late, then: (await check(bytes, "plan.xlsx")).documents.length };
  });
  assert.deepEqual(said, { stopped: "AbortError", late: "late", then: 1 });
});

test("what cannot be used is said: a table of allocations, and bytes that are none", async (t) => {
  const said = await withModule(t, async ({ check, CheckError, bytes }) => {
    const fault = (promise) => promise.then(() => "none", (error) => `${error instanceof CheckError} ${error.message}`);
    const table = "board,year\nSefton,2022-23\n";
    return [await fault(check(bytes, "plan.xlsx", { allocations: table })), await fault(check(bytes, "plan.xlsx", { allocations: table, worker: false })), await fault(check("text", "plan.xlsx"))];
  });
  assert.match(said[0], /^true .+/);
  assert.equal(said[1], said[0]);
  assert.match(said[2], /^false bytes must be/);
});

test("a table of allocations that is too large is refused with its size and the limit, in a worker and without one", async (t) => {
  const said = await withModule(t, async ({ check, CheckError, bytes }) => {
    const fault = (allocations, worker) => check(bytes, "plan.xlsx", { allocations, worker }).then(() => "none", (error) => `${error instanceof CheckError} ${error.message}`);
    // The second has fewer characters than the limit, and more bytes.
    return Promise.all(["x".repeat(3_000_001), "£".repeat(1_100_000)].flatMap((it) => [fault(it, true), fault(it, false)]));
  });
  const size = (size) => `true the table of allocations is too large: it has ${size} MB, and the most that is read is 2 MB`;
  assert.deepEqual(said, [size("3.1"), size("3.1"), size("2.2"), size("2.2")]);
});

test("a name of ten thousand letters is cut", async (t) => {
  const said = await withModule(t, async ({ check, bytes }) => (await check(bytes, `${"x".repeat(10_000)}.xlsx`)).documents[0].file.length);
  assert.equal(said, 255);
});

test("the module also runs in Node, for tests and bundlers", () => {
  const program = `
    import fs from "node:fs";
    const { check } = await import(process.argv[1]);
    const report = await check(fs.readFileSync(process.argv[2]), "sample.xlsx");
    console.log(JSON.stringify(report.documents[0].counts));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", program, pathToFileURL(path.join(dist, "plancheck.js")).href, support.workbook("sample.xlsx")], { encoding: "utf8" });
  assert.equal(JSON.parse(said).notMet, 2);
});

/** What a bundler makes of a few lines that import the module: one file, with every name made short. */
async function bundled(lines, format) {
  const { outputFiles, warnings } = await build({ stdin: { contents: lines, resolveDir: dist }, bundle: true, minify: true, format, write: false, logLevel: "silent" });
  assert.deepEqual(warnings, []);
  assert.equal(outputFiles.length, 1);
  return outputFiles[0].text;
}

test("a bundler takes the module as it is, and what it makes runs in Node and in a page", async (t) => {
  const node = await bundled(`import { check } from "./plancheck.js"; globalThis.checked = check;`, "esm");
  const program = `
    import fs from "node:fs";
    await import(process.argv[1]);
    const report = await globalThis.checked(fs.readFileSync(process.argv[2]), "sample.xlsx");
    console.log(JSON.stringify(report.documents[0].counts));`;
  const file = pathToFileURL(support.scratch("bundle.mjs", node)).href;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", program, file, support.workbook("sample.xlsx")], { encoding: "utf8" });
  assert.equal(JSON.parse(said).notMet, 2);

  const page = await support.newPage(t, browser);
  const script = await bundled(`import { check, version } from "./plancheck.js"; globalThis.checked = check; globalThis.release = version();`, "iife");
  const server = await support.serve(() => `<!DOCTYPE html><link rel="icon" href="data:,"><script src="bundle.js"></script>`, t, { "/bundle.js": script });
  await page.goto(server.url);
  const requested = [...server.requests];
  const counts = await page.evaluate(async (base64) => {
    const lines = [];
    const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const report = await globalThis.checked(bytes, "sample.xlsx", { progress: (line) => lines.push(line) });
    return { notMet: report.documents[0].counts.notMet, release: globalThis.release === report.checker.version, inWorker: lines.length > 0 };
  }, fs.readFileSync(support.workbook("sample.xlsx")).toString("base64"));
  assert.deepEqual(counts, { notMet: 2, release: true, inWorker: true });
  assert.deepEqual(server.requests, requested, "nothing is requested");
});

test("the element is the whole checker, and keeps to itself", async (t) => {
  const { page, server, faults } = await open(t, "element.html");
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  assert.match(await page.locator("#told").textContent(), /is ready/);
  const requested = [...server.requests];
  await page.getByLabel("A workbook that this page already has").setInputFiles(support.workbook("sample.xlsx"));
  await page.locator(".pc-document").waitFor();
  assert.equal(await page.locator("#told").textContent(), "2 checks not met");
  assert.equal((await support.condition(page, "EX02")).Planned, "£14,168,050");
  // From a finding to its cell, with the focus in the element's own tree, and to a statement and back.
  const card = page.locator("article").filter({ has: page.locator(".pc-card__bearing", { hasText: "CV02" }) });
  assert.equal(await card.locator(".pc-card__label").first().textContent(), "What to ask");
  await card.locator(".pc-cell-link").first().click();
  await page.waitForFunction(() => document.querySelector("plan-checker").shadowRoot.activeElement?.matches("td.pc-cell"));
  await page.getByRole("link", { name: "Privacy" }).click();
  await page.getByRole("heading", { name: "Privacy", level: 1 }).waitFor();
  assert.match(await page.locator(".pc-statement").innerText(), /runs under that page’s policy/);
  await page.getByRole("link", { name: "Back to the check" }).click();
  await page.locator(".pc-document").waitFor();

  assert.equal(await page.title(), "The checker as an element");
  assert.equal(page.url(), server.url);
  assert.equal(await page.evaluate(() => history.length), 2);
  assert.deepEqual(server.requests, requested, "nothing was requested");
  assert.deepEqual(faults, []);
  const colours = await page.evaluate(() => [getComputedStyle(document.querySelector("h1")).fontFamily, getComputedStyle(document.querySelector("plan-checker").shadowRoot.querySelector("h2")).fontFamily]);
  assert.notEqual(colours[0], colours[1], "its styles are its own");

  await page.getByRole("button", { name: "Share with this page" }).click();
  await page.waitForFunction(() => document.getElementById("told").textContent === "The full report on Sefton was shared.");
});

test("the element takes files that are dropped on it, and only on it", async (t) => {
  const { page } = await open(t, "element.html");
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  const box = await page.locator("plan-checker").boundingBox();
  await page.evaluate(() => addEventListener("drop", (event) => { window.dropped = event.defaultPrevented; event.preventDefault(); }));
  await page.evaluate(() => addEventListener("dragover", (event) => event.preventDefault()));
  await support.drop(page, support.workbook("sample.xlsx"), { x: box.x + 50, y: box.y - 20 });
  assert.equal(await page.evaluate(() => window.dropped), false);
  await support.drop(page, support.workbook("sample.xlsx"), { x: box.x + 50, y: box.y + 50 });
  await page.locator(".pc-document").waitFor();
  assert.equal(await page.evaluate(() => window.dropped), true);
});

test("the element follows its scheme, and has no fault that axe finds", async (t) => {
  const { page } = await open(t, "element.html");
  await page.getByRole("button", { name: "Try it with a sample plan" }).click();
  await page.locator(".pc-document").waitFor();
  const paper = () => page.locator("plan-checker .pc-root").evaluate((it) => getComputedStyle(it).backgroundColor);
  const light = await paper();
  await page.locator("plan-checker").evaluate((it) => it.setAttribute("scheme", "dark"));
  await page.locator("plan-checker .pc-root[data-theme=dark]").waitFor();
  assert.notEqual(await paper(), light);
  assert.deepEqual((await support.axe(page)).violations, []);
});

test("a second element says that there can be only one", async (t) => {
  const { page } = await open(t, "element.html", (html) => html.replace("</main>", "<plan-checker id=second></plan-checker></main>"));
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  assert.match(await page.locator("#second").textContent(), /only one/);
});

test("the release's SHA-256 is that of its file, which is the site", () => {
  const name = fs.readdirSync(dist).find((it) => /^plancheck-.+\.html\.sha256$/.test(it));
  const sum = createHash("sha256").update(fs.readFileSync(support.site)).digest("hex");
  assert.equal(script(name), `${sum}  ${name.replace(".sha256", "")}\n`);
  assert.ok(fs.readFileSync(path.join(dist, name.replace(".sha256", ""))).equals(fs.readFileSync(support.site)));
});

test("the types say what the module takes and gives", () => {
  const folder = path.dirname(support.scratch("plancheck.d.ts", script("plancheck.d.ts")));
  const use = `
    import { check, checkAll, CheckError, version, type Report } from "./plancheck.js";
    const bytes = new Uint8Array(4);
    const report: Report = await check(bytes, "plan.xlsx", { allocations: "", progress: (line) => line.trim(), signal: AbortSignal.timeout(1), worker: false });
    const both: Report = await checkAll([{ name: "a.xlsx", bytes: bytes.buffer }]);
    const words: string[] = [version(), new CheckError("x").message, both.documents[0].verdict];
    const headroom: string | null | undefined = report.documents[0].conditions[0].headroom;
    // @ts-expect-error
    await check("text");
    // @ts-expect-error
    await check(bytes, "plan.xlsx", { workers: true });
    export { words, headroom };`;
  fs.writeFileSync(path.join(folder, "use.mts"), use);
  // A script that is no module, beside plancheck.classic.js.
  const plain = `
    /// <reference path="./plancheck.d.ts" />
    plancheck.check(new ArrayBuffer(4), "plan.xlsx").then((report: plancheck.Report) => report.documents[0].verdict);
    // @ts-expect-error
    plancheck.startWorker();`;
  fs.writeFileSync(path.join(folder, "plain.ts"), plain);
  const compiler = path.join(support.root, "tests/browser/node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom"];
  try {
    for (const files of [["--module", "nodenext", "use.mts"], ["plain.ts"]]) {
      execFileSync(process.execPath, [compiler, ...options, ...files], { cwd: folder, encoding: "utf8" });
    }
  } catch (error) {
    assert.fail(error.stdout);
  }
});
