// Starts the page. Everything it needs stands in this document as data blocks: no request is made.
// A classic script, because a page that is opened as a file runs no module scripts.
(function () {
  "use strict";

  function cannotStart(reason) {
    document.getElementById("starting").hidden = true;
    document.getElementById("cannot-start-reason").textContent = reason;
    document.getElementById("cannot-start").hidden = false;
  }

  const askIt = " If this is a managed computer, ask your IT team to allow it for this page, or try another browser.";
  if (typeof WebAssembly !== "object") {
    cannotStart("It needs WebAssembly, which is switched off here. In Microsoft Edge, enhanced security does this." + askIt);
    return;
  }
  if (typeof Worker !== "function" || typeof Blob !== "function" || !(window.URL && URL.createObjectURL)) {
    cannotStart("It needs background workers, which are missing or switched off here." + askIt);
    return;
  }

  const part = (id) => document.getElementById(id).textContent;
  const bytes = (id) => Uint8Array.from(atob(part(id)), (c) => c.charCodeAt(0));

  document.getElementById("starting").hidden = false;

  // Compiled once; every worker, also the one that takes over after a cancelled check, gets the same module.
  const engine = WebAssembly.compile(bytes("engine-wasm"));
  // The page hears of a failure through the worker that waits for the engine.
  engine.catch(() => {});
  // From a Blob, so that the policy of this page binds the worker too. One from an address would not be bound.
  const workerUrl = URL.createObjectURL(new Blob([part("engine-glue"), part("engine-shim")], { type: "text/javascript" }));

  window.plancheck = Object.freeze({
    startWorker() {
      const worker = new Worker(workerUrl);
      engine.then(
        (module) => worker.postMessage({ type: "engine", module }),
        (error) => worker.dispatchEvent(new ErrorEvent("error", { message: String(error) })),
      );
      return worker;
    },
    sampleName: () => document.getElementById("sample").dataset.name,
    sample: () => bytes("sample"),
  });

  wasm_bindgen({ module_or_path: bytes("app-wasm") }).catch((error) => {
    cannotStart("It could not be started: " + error + "." + askIt);
  });
})();
