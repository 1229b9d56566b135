// The shipped file in Chromium and in Firefox, wherever it may stand: as a file, on a server, in frames.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { bothBrowsers, firefox, newTab, settle } from "./both.js";
import { root, scratch, site, workbook } from "./support.js";
import { choose, has, kept, nothing, press, saveAll, walk } from "./walk.js";

const browsers = bothBrowsers();
const shipped = fs.readFileSync(site);

const around = (sandbox) =>
  `<!DOCTYPE html><link rel="icon" href="data:,"><title>around</title>
   <iframe id="checker" ${sandbox} width="1200" height="800" src="http://plancheck.test/frame.html"></iframe>`;

/** Where the page stands, and whether files can be saved there. */
const places = [
  { name: "as a file, without any server", url: pathToFileURL(site).href, saves: true },
  { name: "on a server", url: "http://plancheck.test/", page: shipped, saves: true },
  { name: "in a frame of the same site", url: "http://plancheck.test/same", page: around(""), framed: true, saves: true },
  { name: "in a sandbox that allows scripts only", url: "http://plancheck.test/scripts", page: around('sandbox="allow-scripts"'), framed: true, saves: false },
  {
    name: "in a sandbox that allows downloads too",
    url: "http://plancheck.test/downloads",
    page: around('sandbox="allow-scripts allow-downloads allow-modals"'),
    framed: true,
    saves: true,
  },
];

for (const it of browsers) {
  for (const { name, url, page, framed, saves } of places) {
    test(`${it.name}, ${name}: a whole visit, and nothing is sent or kept`, async (t) => {
      const { world, browser, downloads } = it;
      world.strays.length = 0;
      if (page) world.pages[url] = page;
      if (framed) world.pages["http://plancheck.test/frame.html"] = shipped;
      const bytes = world.bytes();
      const tab = await newTab(t, browser, downloads);
      await tab.goto(url);
      const at = framed ? await (await tab.waitForSelector("#checker")).contentFrame() : tab.mainFrame();
      const address = await at.evaluate(() => location.href);

      await walk(at);
      if (saves) {
        const { csv, json, copy } = await saveAll(at, downloads);
        assert.ok(csv.name.endsWith("-findings.csv") && csv.bytes.includes("CV02"));
        assert.equal(JSON.parse(json.bytes).documents[0].board, "Sefton");
        assert.ok(copy.name.endsWith("-annotated.xlsx") && copy.bytes.subarray(0, 2).toString() === "PK");
      } else {
        await press(at, "button", "Full report (JSON)");
        await has(at, ".pc-take-away [role=status]", "the page around this one does not allow it");
        await settle();
        assert.deepEqual(fs.readdirSync(downloads), [], "this sandbox lets nothing be saved");
        assert.ok(await at.$(".pc-document"), "and the result stands");
      }

      assert.deepEqual(await kept(at), nothing);
      assert.equal(await at.evaluate(() => location.href), address);
      await settle();
      assert.deepEqual(world.strays, []);
      assert.equal(world.bytes(), bytes, "not one byte reached the listener");
    });
  }

  test(`${it.name}: the examples work`, async (t) => {
    const { world, browser } = it;
    const dist = (name) => fs.readFileSync(path.join(path.dirname(site), name));
    const example = (name) => fs.readFileSync(path.join(root, "web/examples", name));
    for (const name of ["frame.html", "module.html", "element.html"]) world.pages[`http://plancheck.test/examples/${name}`] = example(name);
    for (const name of ["plancheck.js", "plan-checker.js"]) world.pages[`http://plancheck.test/examples/${name}`] = dist(name);
    world.pages["http://plancheck.test/examples/plancheck.html"] = shipped;
    world.strays.length = 0;

    const tab = await newTab(t, browser);
    await tab.goto("http://plancheck.test/examples/frame.html");
    await has(tab, "#told", "ready");
    await choose(tab, workbook("sample.xlsx"), "#workbook");
    await has(tab, "#told", "2 checks not met");

    await tab.goto("http://plancheck.test/examples/module.html");
    await choose(tab, workbook("sample.xlsx"), "#workbook");
    await has(tab, "#conditions td", "Sefton");

    await tab.goto("http://plancheck.test/examples/element.html");
    await tab.waitForFunction(() => document.querySelector("plan-checker")?.shadowRoot?.querySelector("#workbook-input"));
    const input = await tab.evaluateHandle(() => document.querySelector("plan-checker").shadowRoot.querySelector("#workbook-input"));
    await input.uploadFile(workbook("sample.xlsx"));
    await tab.waitForFunction(() => document.querySelector("plan-checker").shadowRoot.querySelector(".pc-document")?.textContent.includes("Sefton"));
    assert.deepEqual(world.strays, []);
  });

  test(`${it.name}: a plain script tag gives a page the module under one name, also in a page on a disk`, async (t) => {
    const { world, browser } = it;
    const script = fs.readFileSync(path.join(path.dirname(site), "plancheck.classic.js"));
    const page = `<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><script>globalThis.before = Object.keys(globalThis);</script><script src="plancheck.classic.js"></script>`;
    Object.assign(world.pages, { "http://plancheck.test/plain/": page, "http://plancheck.test/plain/plancheck.classic.js": script });
    const file = scratch("page.html", page);
    fs.writeFileSync(path.join(path.dirname(file), "plancheck.classic.js"), script);
    world.strays.length = 0;
    for (const address of ["http://plancheck.test/plain/", pathToFileURL(file).href]) {
      const tab = await newTab(t, browser);
      await tab.goto(address);
      const said = await tab.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
        const { check, checkAll, CheckError, version } = globalThis.plancheck;
        const lines = [];
        const report = await check(bytes, "sample.xlsx", { progress: (line) => lines.push(line) });
        const same = await checkAll([{ name: "sample.xlsx", bytes }], { worker: false });
        const fault = await check(bytes, "sample.xlsx", { allocations: "x" }).catch((error) => error instanceof CheckError);
        const added = Object.keys(globalThis).filter((it) => !globalThis.before.includes(it) && it !== "before");
        return { notMet: report.documents[0].counts.notMet, same: JSON.stringify(report) === JSON.stringify(same), fault, inWorker: lines.length > 0, release: version() === report.checker.version, added };
      }, fs.readFileSync(workbook("sample.xlsx")).toString("base64"));
      assert.deepEqual(said, { notMet: 2, same: true, fault: true, inWorker: true, release: true, added: ["plancheck"] });
    }
    assert.deepEqual(world.strays, []);
  });

  test(`${it.name}: a listener that is reached does notice, whatever the address`, async (t) => {
    const { world, browser } = it;
    world.pages["http://plancheck.test/plain"] = "<!DOCTYPE html><link rel=icon href=data:,>";
    const tab = await newTab(t, browser);
    await tab.goto("http://plancheck.test/plain");
    world.strays.length = 0;
    const addresses = ["http://elsewhere.test/name", "https://elsewhere.test/secure", "http://192.0.2.1/number", "http://localhost/here", "http://127.0.0.1/loop"];
    await tab.evaluate((all) => Promise.allSettled(all.map((address) => fetch(address, { mode: "no-cors" }))), addresses);
    const said = world.strays.join("\n");
    for (const address of addresses) assert.ok(said.includes(new URL(address).host), `${address} in ${said}`);
  });
}

test("Firefox holds files apart, as it does for readers, and the driver alone would not", async (t) => {
  const reached = async (browser) => {
    const tab = await newTab(t, browser);
    const file = scratch("opener.html", "<!DOCTYPE html><iframe src=neighbour.html></iframe>");
    fs.writeFileSync(path.join(path.dirname(file), "neighbour.html"), "<p>neighbour");
    await tab.goto(pathToFileURL(file).href);
    return tab.evaluate(() => {
      try {
        return document.querySelector("iframe").contentDocument?.body.textContent ?? "held apart";
      } catch {
        return "held apart";
      }
    });
  };
  assert.equal(await reached(browsers.find((it) => it.name === "Firefox").browser), "held apart");
  const loose = await firefox({});
  try {
    assert.equal(await reached(loose), "neighbour");
  } finally {
    await loose.close();
  }
});
