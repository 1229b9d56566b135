// The engine's side of the Blob worker. The glue of wasm-bindgen stands above this in the same script.
// The first message brings the compiled engine; every later one is a check. A trap ends up here as an
// exception: it is said, and the page throws this worker away.

// Whether the policy stops a request of this worker. It asks for nothing that is anywhere: "data:" leads nowhere.
const reachesNothing = () => fetch("data:,").then(
  () => false,
  () => true,
);

// What this worker has loaded from an address, by the browser's own record.
const requested = () => performance.getEntriesByType("resource").map((it) => it.name).filter((it) => !/^(data|blob):/.test(it));

self.onmessage = async ({ data }) => {
  // The files stay out of the message that serde reads, so that nothing copies them but the engine itself.
  const { bytes, ...message } = data;
  try {
    if (message.type === "engine") {
      // In pages of other people nothing is tried: their policy may have it reported.
      const [held] = await Promise.all([message.probe ? reachesNothing() : undefined, wasm_bindgen({ module_or_path: message.module })]);
      self.postMessage({ type: "ready", held, requested: requested() });
    } else {
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
