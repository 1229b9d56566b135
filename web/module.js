// plancheck as a module: `check` takes the bytes of a workbook and gives the report. See plancheck.d.ts for the
// types, and docs/embedding.md for what runs where. Nothing is requested: the engine stands at the end of this file.
//
// This code runs under the policy of the page that imports it. It sends nothing, but it cannot keep the other
// scripts of that page from doing so.

/** Why nothing was checked: the table of allocations cannot be used, or the engine failed. */
export class CheckError extends Error {
  name = "CheckError";
}

/** Checks one workbook. Gives the report. */
export function check(bytes, name = "workbook.xlsx", options = {}) {
  return checkAll([{ name, bytes }], options);
}

/** Checks workbooks together, those of one board and year also across. Gives one report. */
export async function checkAll(files, { allocations, progress, signal, worker = true } = {}) {
  // No disk has longer names.
  const names = files.map(({ name }) => String(name).slice(0, 255));
  refuseTooLarge(allocations);
  // Copies: those that go to a worker would be gone from the caller.
  const contents = files.map(({ bytes }) => copy(bytes));
  signal?.throwIfAborted();
  const json =
    worker && typeof Worker === "function"
      ? await inWorker({ names, contents, allocations, progress, signal })
      : await here({ names, contents, allocations });
  return JSON.parse(json);
}

/** The version of the program. */
export function version() {
  return VERSION;
}

/** A worker with the engine in it, for plan-checker.js. It speaks first, once it is ready. */
export function startWorker() {
  workerUrl ??= URL.createObjectURL(new Blob([ENGINE_WORKER], { type: "text/javascript" }));
  const worker = new Worker(workerUrl);
  compiled().then(
    (module) => worker.postMessage({ type: "engine", module }),
    (error) => worker.dispatchEvent(new ErrorEvent("error", { message: String(error) })),
  );
  return worker;
}

/** A program that stands packed in a text, for plan-checker.js. */
export const program = unpacked;

/** The bytes that stand in a text. */
export function decoded(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

let workerUrl, engine;

// Once for all workers.
function compiled() {
  return (engine ??= WebAssembly.compileStreaming(unpacked(ENGINE)));
}

// The engine says the same of what has more bytes than it has characters; this much it is not even given.
function refuseTooLarge(allocations) {
  const length = allocations?.length ?? 0;
  if (length <= 2_000_000) return;
  const size = Math.ceil(length / 100_000) / 10;
  throw new CheckError(`the table of allocations is too large: it has ${size} MB, and the most that is read is 2 MB`);
}

function copy(bytes) {
  if (bytes instanceof ArrayBuffer) return bytes.slice(0);
  if (ArrayBuffer.isView(bytes)) return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  throw new TypeError("bytes must be an ArrayBuffer or a view of one");
}

// A worker for each check: one that has failed is of no further use, and ending it is the only way to stop it.
async function inWorker({ names, contents, allocations, progress, signal }) {
  const worker = startWorker();
  let abort;
  try {
    return await new Promise((resolve, reject) => {
      abort = () => reject(signal.reason);
      signal?.addEventListener("abort", abort);
      worker.onerror = (event) => reject(new CheckError(event.message || "the worker could not be started"));
      worker.onmessage = ({ data }) => {
        if (data.type === "ready") {
          worker.postMessage({ type: "check", id: 1, names, allocations, report: true, bytes: contents }, contents);
        }
        if (data.type === "progress") progress?.(data.text);
        if (data.type === "report") resolve(data.json);
        if (data.type === "refused") reject(new CheckError(data.faults.join("\n")));
        if (data.type === "tooMuchMemory") reject(new CheckError("the workbooks ask for more memory than is taken"));
        if (data.type === "failed") reject(new CheckError(data.message));
      };
    });
  } finally {
    signal?.removeEventListener("abort", abort);
    worker.terminate();
  }
}

// Without a worker, as in Node or where a policy allows none. It holds everything else up while it runs.
async function here({ names, contents, allocations }) {
  await wasm_bindgen({ module_or_path: await compiled() });
  try {
    return wasm_bindgen.checkNow(names, contents, allocations);
  } catch (error) {
    // A fault of the table is said as a text; anything else is the engine's own.
    throw new CheckError(typeof error === "string" ? error : `the engine stopped (${error.message}): load it anew`);
  }
}

// parts
