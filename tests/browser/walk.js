// What a reader does with the page, in any browser and wherever the page stands: `at` is its frame.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { until } from "./both.js";
import { workbook } from "./support.js";

/** Presses what has this text, with the mouse, as a reader does. */
export async function press(at, selector, text) {
  const find = (selector, text) => [...document.querySelectorAll(selector)].find((it) => it.checkVisibility() && it.textContent.includes(text));
  const found = await at.waitForFunction(find, {}, selector, text);
  await found.click();
}

/** Chooses a file of this computer, as the button's dialog would. */
export async function choose(at, file, selector = "#workbook-input") {
  const input = await at.waitForSelector(selector);
  await input.uploadFile(file);
}

/** Drops a file on the page. */
export function drop(at, name, bytes) {
  const dropped = (name, base64) => {
    const carried = new DataTransfer();
    carried.items.add(new File([Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))], name));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }));
    }
  };
  return at.evaluate(dropped, name, bytes.toString("base64"));
}

/**
 * The element of a page as if it were a frame: what is looked for is looked for in its shadow root, by the functions
 * that run in the page, too.
 */
export async function inElement(tab) {
  await tab.evaluate(() => {
    const { shadowRoot } = document.querySelector("plan-checker");
    for (const name of ["querySelector", "querySelectorAll", "getElementById"]) document[name] = (sought) => shadowRoot[name](sought);
  });
  const within = (selector) => `plan-checker >>> ${selector}`;
  return {
    evaluate: (...it) => tab.evaluate(...it),
    waitForFunction: (...it) => tab.waitForFunction(...it),
    waitForSelector: (selector) => tab.waitForSelector(within(selector)),
    $: (selector) => tab.$(within(selector)),
    $eval: (selector, ...it) => tab.$eval(within(selector), ...it),
    $$eval: (selector, ...it) => tab.$$eval(within(selector), ...it),
  };
}

export const has = (at, selector, text = "") =>
  at.waitForFunction((selector, text) => [...document.querySelectorAll(selector)].some((it) => it.textContent.includes(text)), {}, selector, text);

/** Opens the sheet of this name and waits for its cells. */
export async function openSheet(at, name) {
  await press(at, "[role=tab]", name);
  await at.waitForFunction((name) => document.querySelector("[role=tab][aria-selected=true]")?.textContent.startsWith(name), {}, name);
  await at.waitForSelector(".pc-grid td.pc-cell");
}

/** Chooses an entry of the list with this label. Gives how many findings are then shown. */
export async function narrow(at, label, option) {
  const chosen = (label, option) => {
    const list = [...document.querySelectorAll("label")].find((it) => it.textContent.trim() === label).control;
    list.value = [...list.options].find((it) => it.textContent.includes(option)).value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  await at.evaluate(chosen, label, option);
  // The page draws once the change has been handled.
  return at.evaluate(() => new Promise((drawn) => setTimeout(() => drawn(document.querySelectorAll(".pc-card__source").length))));
}

/** Has the page laid out for paper, looks at it, and lets it return to the screen. */
export async function onPaper(at, look) {
  await at.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await at.waitForSelector(".pc-pack");
  const seen = await at.evaluate(look);
  await at.evaluate(() => dispatchEvent(new Event("afterprint")));
  await at.waitForFunction(() => !document.querySelector(".pc-pack"));
  return seen;
}

/** Presses a button and gives what is saved, by its name and bytes. */
export async function save(at, downloads, button) {
  await press(at, "button", button);
  const ready = () => {
    const names = fs.readdirSync(downloads);
    const waits = names.some((it) => /\.(part|crdownload|tmp)$/.test(it));
    return !waits && names.find((it) => fs.statSync(path.join(downloads, it)).size > 0);
  };
  const name = await until(`“${button}” to be saved`, ready);
  const bytes = fs.readFileSync(path.join(downloads, name));
  fs.rmSync(path.join(downloads, name));
  return { name, bytes };
}

/** Saves everything that there is to save, and gives it by what it is. */
export async function saveAll(at, downloads) {
  return {
    csv: await save(at, downloads, "Findings as a table (CSV)"),
    json: await save(at, downloads, "Full report (JSON)"),
    copy: await save(at, downloads, "Annotated copy"),
  };
}

/** Everything but saving, from the first file to the pack on paper. */
export async function walk(at) {
  await choose(at, workbook("big.xlsx"));
  await press(at, "button", "Cancel this check");
  await has(at, "[role=status], [role=alert], main", "cancelled");
  assert.equal(await at.$(".pc-document"), null);

  await press(at, "button", "Try it with a sample plan");
  await has(at, ".pc-document", "Sefton");
  await at.evaluate(() => document.querySelector(".pc-document").setAttribute("data-earlier", ""));

  await drop(at, "sample.xlsx", fs.readFileSync(workbook("sample.xlsx")));
  await at.waitForFunction(() => document.querySelector(".pc-document:not([data-earlier])") && !document.querySelector("[data-earlier]"));
  await has(at, ".pc-ledger article", "£14,168,050");

  await openSheet(at, "4. Income");
  await has(at, ".pc-grid td[id$='-C9']", "£4,823,370");

  const every = await at.$$eval(".pc-card__source", (all) => all.length);
  const few = await narrow(at, "State", "Not met");
  assert.ok(few > 0 && few < every, `${few} of ${every} findings are not met`);
  assert.equal(await narrow(at, "State", "Every state"), every);

  await at.evaluate(() => {
    globalThis.printed = 0;
    globalThis.print = () => void globalThis.printed++;
  });
  await press(at, "button", "Print or save as PDF");
  assert.equal(await at.evaluate(() => globalThis.printed), 1, "the browser is asked to print, once");
  // In a frame the browser may do nothing, and say nothing to the page.
  const said = await at.$eval(".pc-take-away [role=status]", (it) => it.textContent);
  assert.match(said, (await at.evaluate(() => parent !== window)) ? /^If nothing was printed, the page around this one does not allow it/ : /^$/);

  const pack = await onPaper(at, () => document.querySelector(".pc-pack").textContent);
  assert.ok(pack.includes("For the assurance panel") && pack.includes("£14,168,050"));
}

/** What is kept of the visit; a store that the frame may not have keeps nothing. */
export const kept = (at) =>
  at.evaluate(async () => {
    const look = async (count) => {
      try {
        return await count();
      } catch (error) {
        // A page of no origin may have no store, and is told so.
        if (error.name === "SecurityError") return 0;
        throw error;
      }
    };
    return {
      cookies: await look(() => document.cookie.length),
      local: await look(() => localStorage.length),
      session: await look(() => sessionStorage.length),
      databases: await look(async () => (await indexedDB.databases()).length),
      // These two are for addresses that are encrypted, for files, and for this computer's own.
      caches: await look(async () => (await globalThis.caches?.keys())?.length ?? 0),
      workers: await look(async () => (await navigator.serviceWorker?.getRegistrations())?.length ?? 0),
    };
  });

export const nothing = { cookies: 0, local: 0, session: 0, databases: 0, caches: 0, workers: 0 };
