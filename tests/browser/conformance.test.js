// The components of the NHS.UK frontend that the page uses are built as the kit builds them: compared with the
// examples that the kit itself is tested with.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import * as support from "./support.js";
import { browser, server } from "./support.js";

const kit = path.join(support.root, "web/node_modules/nhsuk-frontend/dist/nhsuk/components");
const components = ["back-link", "button", "details", "error-message", "error-summary", "fieldset", "hint", "inset-text", "label", "notification-banner", "radios", "select", "skip-link", "summary-list", "tables", "tag"];

/** What the kit's examples show of each class: its tags, what it stands in, its variants, and what it always has. */
function learn({ examples, blocks }) {
  const known = {};
  for (const html of examples) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    for (const element of parsed.querySelectorAll("[class*=nhsuk-]")) {
      for (const name of [...element.classList].filter((it) => it.startsWith("nhsuk-") && !it.includes("--"))) {
        const block = name.split("__")[0];
        if (!blocks.includes(block)) continue;
        const inside = element.parentElement.closest(`[class*="${block}"]`);
        const entry = (known[name] ??= { tags: [], inside: [], variants: [], always: null });
        entry.tags.push(element.tagName);
        entry.inside.push(...(inside ? [...inside.classList].filter((it) => it.split(/__|--/)[0] === block && !it.includes("--")) : ["nothing"]));
        entry.variants.push(...[...element.classList].filter((it) => it.startsWith(`${name}--`)));
        const attributes = Object.fromEntries([...element.attributes].map((it) => [it.name, it.value]));
        entry.always ??= attributes;
        for (const attribute of Object.keys(entry.always)) {
          if (!(attribute in attributes)) delete entry.always[attribute];
          else if (entry.always[attribute] !== attributes[attribute]) entry.always[attribute] = null;
        }
      }
    }
  }
  return known;
}

/** Where the page's components are not those of the kit. */
function compare(known) {
  const faults = new Set();
  for (const element of document.querySelectorAll("[class*=nhsuk-]")) {
    for (const name of [...element.classList].filter((it) => it in known)) {
      const { tags, inside, variants, always } = known[name];
      const block = name.split("__")[0];
      if (!tags.includes(element.tagName)) faults.add(`${name} is a ${element.tagName}, not a ${[...new Set(tags)]}`);
      const around = element.parentElement.closest(`[class*="${block}"]`);
      const stands = around ? [...around.classList].filter((it) => it.split(/__|--/)[0] === block && !it.includes("--")) : ["nothing"];
      // A block may stand in another of its kind; what is part of one stands where the kit puts it.
      if (name !== block && !stands.some((it) => inside.includes(it))) faults.add(`${name} stands in ${stands}, not in ${[...new Set(inside)]}`);
      for (const variant of [...element.classList].filter((it) => it.startsWith(`${name}--`))) {
        if (!variants.includes(variant)) faults.add(`${name} has no variant ${variant}`);
      }
      for (const [attribute, value] of Object.entries(always)) {
        // What is the kit's scripts' or what differs from use to use.
        if (/^(class|data-|id$|href$|name$|value$|for$|style$)/.test(attribute)) continue;
        if (!element.hasAttribute(attribute)) faults.add(`${name} has no ${attribute}`);
        else if (value !== null && !/^aria-(labelledby|describedby|controls)$/.test(attribute) && element.getAttribute(attribute) !== value) faults.add(`${name} has ${attribute}="${element.getAttribute(attribute)}", not "${value}"`);
      }
    }
  }
  return [...faults].sort();
}

// Where we depart from the kit, and why.
const departures = [
  // The kit lets its user choose the level; the result of a workbook stands under the workbook's own h2.
  "nhsuk-notification-banner__title is a H3, not a H2",
];

test("the components are those of the kit, in a result, with an error, and on a statement", async (t) => {
  const examples = components.flatMap((name) => JSON.parse(fs.readFileSync(path.join(kit, name, "fixtures.json"), "utf8")).fixtures.map((it) => it.html));
  assert.ok(examples.length > 100, `${examples.length} examples`);
  const page = await support.open(t, browser, server.url);
  const blocks = components.map((it) => `nhsuk-${it.replace("tables", "table")}`);
  const known = await page.evaluate(learn, { examples, blocks });
  for (const name of ["nhsuk-button", "nhsuk-details__summary", "nhsuk-table__cell", "nhsuk-tag", "nhsuk-error-summary", "nhsuk-radios__input"]) {
    assert.ok(known[name], name);
  }
  const faults = async () => (await page.evaluate(compare, known)).filter((it) => !departures.includes(it));
  // The comparison can fail.
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<p class="nhsuk-tag nhsuk-tag--striped" id="wrong"></p>'));
  assert.deepEqual(await faults(), ["nhsuk-tag has no variant nhsuk-tag--striped", "nhsuk-tag is a P, not a STRONG"]);
  await page.evaluate(() => document.getElementById("wrong").remove());
  assert.deepEqual(await faults(), []);
  await support.drop(page, [support.workbook("sample.xlsx"), support.workbook("capacity.xlsx")]);
  await support.fresh(page);
  await page.locator(".pc-grid").first().waitFor();
  assert.deepEqual(await faults(), []);
  await support.drop(page, support.scratch("notes.xlsx", "Not a workbook."));
  await support.waitForFocus(page, "trouble");
  assert.deepEqual(await faults(), []);
  await page.getByRole("link", { name: "Privacy" }).click();
  await page.getByRole("heading", { name: "Privacy", level: 1 }).waitFor();
  assert.deepEqual(await faults(), []);
});
