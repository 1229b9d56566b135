// Starts the page. Everything it needs stands in this document as data blocks: no request is made.
// A classic script, because a page that is opened as a file runs no module scripts.
(function () {
  "use strict";

  const gate = window.plancheckGate;
  if (!gate) return;
  if (typeof wasm_bindgen !== "function") return gate.reasons.altered();

  const part = (id) => document.getElementById(id).textContent;
  const bytes = (id) => Uint8Array.from(atob(part(id)), (c) => c.charCodeAt(0));

  function failed(error) {
    // Nothing else here is refused in this way.
    if (error && error.name === "SecurityError") return gate.reasons.noBlobs();
    if (!(error instanceof WebAssembly.CompileError)) return gate.reasons.broken(error);
    // Each browser has its own words for what a policy forbids. Otherwise it does not know an instruction.
    const forbidden = /polic|CSP|disallow|refused/i.test(error.message);
    // No server has sent a policy with a file: the browser does not understand the page's own.
    return forbidden && location.protocol !== "file:" ? gate.reasons.noCompiling() : gate.reasons.tooOld();
  }

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
        (module) => worker.postMessage({ type: "engine", module, probe: true }),
        (error) => worker.dispatchEvent(new ErrorEvent("error", { message: String(error) })),
      );
      return worker;
    },
    sampleName: () => document.getElementById("sample").dataset.name,
    sample: () => bytes("sample"),
    copy() {
      const { released, build } = document.querySelector('meta[name="plancheck"]').dataset;
      return [released, build];
    },
  });

  wasm_bindgen({ module_or_path: bytes("app-wasm") })
    .then(() => {
      wasm_bindgen.start(document.getElementById("page"));
      gate.started();
    })
    .catch(failed);
})();
