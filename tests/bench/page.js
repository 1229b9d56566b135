// Runs in the page that measures: one worker for each contender, the same bytes to each.
import { startWorker } from "/plancheck.js";

const own = (type) => {
  const worker = new Worker("/contender.js?" + type, { type: type === "openpyxl" ? "module" : "classic" });
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(`${type}: ${event.message}`));
    worker.onmessage = ({ data }) => (data === "ready" ? resolve(worker) : reject(new Error(data)));
  });
};

const engine = () => {
  const worker = startWorker();
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => data.type === "ready" && resolve(worker);
  });
};

const workers = {};
const hired = (contender) => (workers[contender] ??= contender === "plancheck" ? engine() : own(contender.split(",")[0]));

/** What the checker is asked; the others are asked to read the workbook, and no more. */
function ask(contender, worker, bytes) {
  if (contender === "plancheck") {
    worker.postMessage({ type: "check", id: 1, names: ["plan.xlsx"], report: true, bytes: [bytes] }, [bytes]);
  } else {
    worker.postMessage({ bytes, dense: contender.endsWith(",dense") }, [bytes]);
  }
}

/** Milliseconds from handing the bytes over to the answer. */
globalThis.run = async (contender, address) => {
  const worker = await hired(contender);
  const bytes = await (await fetch(address)).arrayBuffer();
  const start = performance.now();
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(`${contender}: ${event.message}`));
    worker.onmessage = ({ data }) => {
      if (contender !== "plancheck") return data === "done" ? resolve(performance.now() - start) : reject(new Error(data));
      if (data.type === "failed" || data.type === "tooMuchMemory") reject(new Error(data.message ?? data.type));
      if (data.type !== "report") return;
      const report = JSON.parse(data.json);
      const took = performance.now() - start;
      return report.documents[0].error ? reject(new Error(report.documents[0].error.message)) : resolve(took);
    };
    ask(contender, worker, bytes);
  });
};

/** Milliseconds from the navigation until the contender is loaded, and until it has answered. */
globalThis.cold = async (contender, address) => {
  await hired(contender);
  const loaded = performance.now();
  await globalThis.run(contender, address);
  return { loaded, answered: performance.now() };
};

const [contender, file] = location.search.slice(1).split("&");
if (contender) globalThis.answer = globalThis.cold(contender, file);
globalThis.isReady = true;
