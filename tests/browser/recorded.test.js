// What no policy stops, a page could still do: open a window, go to another address, hand data to the browser's
// stores. Recorders stand in the place of all that, and a whole visit calls none.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { bothBrowsers, newTab, settle } from "./both.js";
import { site } from "./support.js";
import { saveAll, walk } from "./walk.js";

const browsers = bothBrowsers();
const shipped = fs.readFileSync(site);
const home = "http://plancheck.test/";

/** Runs before the page's own scripts. What is called is noted, and done no further. */
function record() {
  globalThis.called = [];
  const note = (what, detail) => void called.push(detail === undefined ? what : `${what} ${detail}`);
  const method = (owner, name, what) => {
    if (owner?.[name]) owner[name] = (...given) => note(what, given[0]);
  };
  const setter = (type, name) => {
    const found = type && Object.getOwnPropertyDescriptor(type.prototype, name);
    if (found?.set) Object.defineProperty(type.prototype, name, { ...found, set: (value) => note(`${type.name}.${name} =`, value) });
  };
  const type = (name) => {
    if (globalThis[name]) globalThis[name] = class { constructor(about) { note(`new ${name}`, about); } };
  };

  method(globalThis, "open", "open");
  method(globalThis, "fetch", "fetch");
  method(Navigator.prototype, "sendBeacon", "sendBeacon");
  method(Navigator.prototype, "share", "share");
  method(Document.prototype, "open", "document.open");
  method(Document.prototype, "write", "document.write");
  method(HTMLFormElement.prototype, "submit", "submit");
  method(HTMLFormElement.prototype, "requestSubmit", "requestSubmit");
  method(Storage.prototype, "setItem", "setItem");
  method(IDBFactory.prototype, "open", "indexedDB.open");
  method(globalThis.CacheStorage?.prototype, "open", "caches.open");
  method(globalThis.ServiceWorkerContainer?.prototype, "register", "register");
  method(globalThis.Clipboard?.prototype, "writeText", "writeText");
  for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "RTCPeerConnection", "WebTransport", "SharedWorker", "Image", "Audio", "BroadcastChannel"]) type(name);
  setter(Document, "cookie");
  for (const it of [HTMLImageElement, HTMLScriptElement, HTMLIFrameElement, HTMLMediaElement, HTMLEmbedElement]) setter(it, "src");
  setter(HTMLLinkElement, "href");
  setter(HTMLFormElement, "action");
  setter(HTMLIFrameElement, "srcdoc");

  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(address) {
      if (!String(address).startsWith("blob:")) note("new Worker", address);
      super(address);
    }
  };
  // The setters of the location cannot be replaced; what they lead to is told here before it happens.
  navigation.addEventListener("navigate", (event) => {
    const { url } = event.destination;
    // A file that is saved is a Blob of the page's own, and leads nowhere else.
    if (event.hashChange || url === location.href || url.startsWith("blob:")) return;
    note("navigate", url);
    if (event.cancelable) event.preventDefault();
  });
}

for (const it of browsers) {
  test(`${it.name}: a whole visit calls nothing that could carry a plan away`, async (t) => {
    const { world, browser, downloads } = it;
    world.pages[home] = shipped;
    const tab = await newTab(t, browser, downloads);
    await tab.evaluateOnNewDocument(record);
    await tab.goto(home);
    const at = tab.mainFrame();
    await walk(at);
    await saveAll(at, downloads);
    await settle();
    assert.deepEqual(await tab.evaluate(() => called), []);
  });

  test(`${it.name}: each recorder notes what it stands for`, async (t) => {
    const { world, browser } = it;
    world.pages[home] = shipped;
    const tab = await newTab(t, browser);
    await tab.evaluateOnNewDocument(record);
    await tab.goto(home);
    const tried = {
      "open x": () => open("x"),
      "fetch x": () => fetch("x"),
      "sendBeacon x": () => navigator.sendBeacon("x"),
      "new WebSocket ws://x": () => new WebSocket("ws://x"),
      "new XMLHttpRequest": () => new XMLHttpRequest(),
      "new RTCPeerConnection": () => new RTCPeerConnection(),
      "new Worker /x": () => new Worker("/x"),
      "setItem x": () => localStorage.setItem("x", "y"),
      "indexedDB.open x": () => indexedDB.open("x"),
      "Document.cookie = x": () => (document.cookie = "x"),
      "HTMLImageElement.src = x": () => (document.createElement("img").src = "x"),
      submit: () => document.createElement("form").submit(),
      "document.write x": () => document.write("x"),
      "navigate http://plancheck.test/href": () => (location.href = "/href"),
      "navigate http://plancheck.test/assign": () => location.assign("/assign"),
      "navigate http://plancheck.test/replace": () => location.replace("/replace"),
      "navigate http://plancheck.test/?pushed": () => history.pushState(null, "", "?pushed"),
    };
    for (const [what, how] of Object.entries(tried)) {
      await tab.evaluate(`try { void (${how})() } catch {} called.push("end")`);
      const noted = await tab.evaluate(() => new Promise((later) => setTimeout(() => later(called.splice(0)), 50)));
      assert.ok(noted.includes(what), `${what} is noted: ${noted}`);
    }
    assert.equal(tab.url(), home);
  });
}
