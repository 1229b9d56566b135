// The engine's side of the Blob worker. The glue of wasm-bindgen stands above this in the same script.
// The first message brings the compiled engine; every later one is a check. A trap ends up here as an
// exception: it is said, and the page throws this worker away.
self.onmessage = async ({ data }) => {
  // The files stay out of the message that serde reads, so that nothing copies them but the engine itself.
  const { bytes, ...message } = data;
  try {
    if (message.type === "engine") {
      await wasm_bindgen({ module_or_path: message.module });
      self.postMessage({ type: "ready" });
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
