// Checks files in the page, one after another as they are named on standard input, each in a browser of its own, and
// says how each ended, after how many milliseconds, and the most memory that the page's process has had.
import fs from "node:fs";
import http from "node:http";
import readline from "node:readline";
import { chromium } from "playwright-core";

const options = { executablePath: process.env.CHROME, args: ["--no-sandbox", "--disable-gpu"] };
const site = fs.readFileSync(process.env.PLANCHECK_SITE);
const server = http.createServer((_, response) => response.setHeader("Content-Type", "text/html; charset=utf-8").end(site));
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${server.address().port}/`;

/** The most memory that any process of pages has had, in bytes. */
async function peak(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const most = (pid) => Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
  return Math.max(...processInfo.filter((it) => it.type === "renderer").map((it) => most(it.id)));
}

async function check(file) {
  const browser = await chromium.launch(options);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByRole("button", { name: "Choose a workbook" }).waitFor();
    // As long as the engine needs to be there; a reader takes longer to choose a file.
    await page.waitForTimeout(500);
    const start = performance.now();
    await page.locator("#workbook-input").setInputFiles(file);
    await page.locator(".pc-document, #trouble").first().waitFor({ timeout: 60_000 });
    const time = Math.round(performance.now() - start);
    const trouble = await page.locator("#trouble").count() ? await page.locator("#trouble").innerText() : "";
    const kinds = { "too large": "too-large", "is damaged": "damaged", "not a workbook": "not-a-workbook", "encrypted": "encrypted", "is empty": "empty", "checker itself stopped": "the checker stopped" };
    const kind = /MB of memory/.test(trouble) ? "out of memory" : Object.entries(kinds).find(([words]) => trouble.includes(words))?.[1];
    return [trouble ? kind ?? "refused" : "checked", time, await peak(browser)].join("\t");
  } finally {
    await browser.close();
  }
}

const first = await chromium.launch(options);
console.log(`Chromium ${first.version()}`);
await first.close();
for await (const file of readline.createInterface({ input: process.stdin })) {
  console.log(await check(file).catch((error) => `${String(error).split("\n")[0]}\t60000\t0`));
}
server.close();
