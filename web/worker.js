// The engine's side of the Blob worker. The glue of wasm-bindgen stands above this in the same script.
// The first message brings the compiled engine; every later one is a check, or a workbook to warm up with. A trap ends up here as an
// exception: it is said, and the page throws this worker away.

// Whether the policy stops a request of this worker. It asks for nothing that is anywhere: "data:" leads nowhere.
const reachesNothing = () => fetch("data:,").then(
  () => false,
  () => true,
);

// What this worker has loaded from an address, by the browser's own record.
const requested = () => performance.getEntriesByType("resource").map((it) => it.name).filter((it) => !/^(data|blob):/.test(it));

/** Whether anything has been asked of the engine. */
let isAsked = false;

// A browser makes an engine fast only once it has run for a while. While the reader is still choosing, it runs on a
// workbook of the page's own: for a second at most, and not once something has been asked.
const warmUp = async (workbook) => {
  const end = performance.now() + 1000;
  while (!isAsked && performance.now() < end) {
    wasm_bindgen.checkNow(["warm-up.xlsx"], [workbook]);
    // What has come meanwhile is heard before the next round.
    await new Promise((next) => setTimeout(next));
  }
};

self.onmessage = async ({ data }) => {
  // The files stay out of the message that serde reads, so that nothing copies them but the engine itself.
  const { bytes, ...message } = data;
  try {
    if (message.type === "engine") {
      // In pages of other people nothing is tried: their policy may have it reported.
      const [held] = await Promise.all([message.probe ? reachesNothing() : undefined, wasm_bindgen({ module_or_path: message.module })]);
      self.postMessage({ type: "ready", held, requested: requested() });
    } else if (message.type === "warmUp") {
      await warmUp(bytes[0]);
    } else {
      isAsked = true;
      wasm_bindgen.handle(message, bytes);
    }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError && /unreachable/.test(error.message) && !wasm_bindgen.panicked()) {
      return self.postMessage({ type: "tooMuchMemory", id: message.id || 0 });
    }
    const said = error instanceof WebAssembly.RuntimeError ? error.message : "the engine could not be run";
    self.postMessage({ type: "failed", id: message.id || 0, message: said });
  }
};
