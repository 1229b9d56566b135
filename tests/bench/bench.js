// Measures in one headless Chromium, on the same bytes: the checker, and what people would read a workbook with
// instead. Told where things are by its environment; says what it measured as one JSON on standard output.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const here = path.dirname(new URL(import.meta.url).pathname);
const { PLANCHECK_DIST: dist, PLANCHECK_WORKBOOKS: workbooks, PLANCHECK_WHEELS: wheels, CHROME: executablePath } = process.env;
const options = { executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] };

const ALL = ["plancheck", "sheetjs", "sheetjs,dense", "exceljs", "openpyxl"];
/** How often each workbook is read by each, warm. What takes minutes is read seldom, or not at all. */
const WARM = [
  { workbook: "template", rounds: { plancheck: 15, sheetjs: 15, "sheetjs,dense": 15, exceljs: 9, openpyxl: 5 } },
  { workbook: "large", rounds: { plancheck: 5, sheetjs: 5, "sheetjs,dense": 5, exceljs: 2, openpyxl: 1 } },
  { workbook: "huge", rounds: { plancheck: 3, sheetjs: 3, "sheetjs,dense": 3, exceljs: 1 } },
];
const COLD = { workbook: "template", rounds: { plancheck: 9, sheetjs: 9, "sheetjs,dense": 9, exceljs: 5, openpyxl: 3 } };

const folders = { "/xlsx/": "node_modules/xlsx/dist/", "/exceljs/": "node_modules/exceljs/dist/", "/pyodide/": "node_modules/pyodide/" };
const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

function found(url) {
  if (url === "/") return path.join(dist, "index.html");
  if (url === "/plancheck.js") return path.join(dist, "plancheck.js");
  if (url.startsWith("/workbooks/")) return path.join(workbooks, path.basename(url));
  if (url.startsWith("/wheels/")) return path.join(wheels, path.basename(url));
  for (const [from, to] of Object.entries(folders)) if (url.startsWith(from)) return path.join(here, to, path.basename(url));
  return path.join(here, path.basename(url));
}

const server = http.createServer((request, response) => {
  const url = request.url.split("?")[0];
  if (url === "/bench.html") return response.setHeader("Content-Type", "text/html").end('<!doctype html><title>bench</title><script type="module" src="/page.js"></script>');
  const file = found(url);
  if (!fs.existsSync(file)) return response.writeHead(404).end();
  response.setHeader("Content-Type", types[path.extname(file)] ?? "application/octet-stream");
  response.end(fs.readFileSync(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const say = (what) => process.stderr.write(`    ${what}\n`);
const address = (workbook) => `/workbooks/${workbook}-0.xlsx`;

/** Rounds in which each contender has its turn, while it still has one. */
async function interleaved(rounds, measure) {
  const times = Object.fromEntries(Object.keys(rounds).map((it) => [it, []]));
  for (let round = 0; round < Math.max(...Object.values(rounds)); round++) {
    for (const contender of Object.keys(rounds)) if (round < rounds[contender]) times[contender].push(await measure(contender));
  }
  return times;
}

async function warm() {
  const browser = await chromium.launch(options);
  const page = await browser.newPage();
  await page.goto(`${origin}/bench.html`);
  await page.waitForFunction(() => globalThis.isReady);
  const measured = {};
  for (const contender of ALL) {
    say(`warming ${contender}`);
    for (let round = 0; round < 3; round++) await page.evaluate(([contender, file]) => globalThis.run(contender, file), [contender, address("template")]);
  }
  for (const { workbook, rounds } of WARM) {
    say(`${workbook}, warm`);
    measured[workbook] = await interleaved(rounds, (contender) => page.evaluate(([contender, file]) => globalThis.run(contender, file), [contender, address(workbook)]));
  }
  await browser.close();
  return measured;
}

/** Each in a browser of its own, so that nothing is kept from the run before. */
async function cold() {
  say("template, cold");
  return interleaved(COLD.rounds, async (contender) => {
    const browser = await chromium.launch(options);
    const page = await browser.newPage();
    await page.goto(`${origin}/bench.html?${contender}&${address(COLD.workbook)}`);
    await page.waitForFunction(() => globalThis.answer);
    const took = await page.evaluate(() => globalThis.answer);
    await browser.close();
    return took;
  });
}

const split = (cold) => {
  const of = (field) => Object.fromEntries(Object.entries(cold).map(([contender, rounds]) => [contender, rounds.map((it) => it[field])]));
  return { cold: of("answered"), loaded: of("loaded") };
};

/** What the page is asked from the moment that files are chosen: when their result is there, and how long it was busy. */
const watch = (several) => {
  document.querySelectorAll(".pc-document, .pc-many").forEach((it) => (it.dataset.mark = "old"));
  const wanted = several ? ".pc-many:not([data-mark])" : ".pc-document:not([data-mark])";
  globalThis.watched = new Promise((resolve) => {
    document.getElementById("workbook-input").addEventListener(
      "change",
      () => {
        let worst = 0;
        const start = performance.now();
        let last = start;
        // How long whatever the reader does now would wait: the longest time that the page does not come to its next task.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          const now = performance.now();
          if (document.querySelector(wanted)) return resolve({ result: now - start, waited: worst, drawing: now - last });
          worst = Math.max(worst, now - last);
          last = now;
          channel.port2.postMessage(0);
        };
        channel.port2.postMessage(0);
      },
      { capture: true, once: true },
    );
  });
};

/** Gives the page files from the disk, as its reader does, and says how long they took. */
async function give(page, names) {
  await page.evaluate(watch, names.length > 1);
  await page.locator("#workbook-input").setInputFiles(names.map((it) => path.join(workbooks, it)));
  return page.evaluate(() => globalThis.watched);
}

/** The page as readers have it: when it can be used, when the first result is there, and a later one. */
async function page() {
  say("the page, cold");
  const rounds = [];
  for (let round = 0; round < 14; round++) {
    const browser = await chromium.launch(options);
    const page = await browser.newPage();
    // Noted where it happens, not when the driver hears of it.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const button = [...document.querySelectorAll("button")].find((it) => it.textContent.includes("Choose a workbook"));
        if (button?.checkVisibility()) (globalThis.usable = performance.now()), observer.disconnect();
      }).observe(document, { childList: true, subtree: true, attributes: true });
    });
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => globalThis.usable);
    const usable = await page.evaluate(() => globalThis.usable);
    const file = "template-0.xlsx";
    // Nobody chooses a file sooner than a second after the page is there. What happens where somebody does is told too.
    const atOnce = round % 2 === 1;
    if (!atOnce) await page.waitForTimeout(1000);
    const first = await give(page, [file]);
    const later = [];
    for (let again = 0; again < 5; again++) later.push((await give(page, [file])).result);
    rounds.push({ usable, [atOnce ? "atOnce" : "first"]: first.result, later: later.sort((a, b) => a - b)[2] });
    await browser.close();
  }
  return rounds;
}

/** How long the page keeps its reader waiting while a check runs. */
async function interaction() {
  say("interaction while a check runs");
  const browser = await chromium.launch(options);
  const page = await browser.newPage();
  await page.goto(`${origin}/`);
  await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
  await give(page, ["template-0.xlsx"]);
  const rounds = [];
  for (let round = 0; round < 5; round++) rounds.push(await give(page, ["large-0.xlsx"]));
  await browser.close();
  return rounds;
}

/** The most memory that a process of pages has had, in bytes. */
async function peak(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const most = (pid) => Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
  return Math.max(...processInfo.filter((it) => it.type === "renderer").map((it) => most(it.id)));
}

/** The plans of many boards at once. */
async function batch() {
  const rounds = [];
  for (const files of [1, 10, 20, 40, 80, 153]) {
    say(`${files} plans at once`);
    const browser = await chromium.launch(options);
    const page = await browser.newPage();
    page.setDefaultTimeout(600_000);
    await page.goto(`${origin}/`);
    await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
    await page.waitForTimeout(1000);
    const given = Array.from({ length: files }, (_, number) => `board-${number}.xlsx`);
    const { result, waited } = await give(page, given);
    rounds.push({ files, result, waited, memory: await peak(browser) });
    await browser.close();
  }
  return rounds;
}

const first = await chromium.launch(options);
const browser = `Chromium ${first.version()}`;
await first.close();
console.log(JSON.stringify({ browser, warm: await warm(), ...split(await cold()), page: await page(), interaction: await interaction(), batch: await batch() }));
server.close();
