// <plan-checker>: the whole checker as a part of another page, in a shadow root. See docs/embedding.md.
//
// This code runs under the policy of the page that it is a part of, and other scripts of that page can read what
// it shows. A frame keeps them apart: prefer one.
import { decoded, startWorker } from "./plancheck.js";

// What the page's program asks of what is around it.
const plancheck = Object.freeze({
  startWorker,
  sampleName: () => SAMPLE_NAME,
  sample: () => decoded(SAMPLE),
  copy: () => [RELEASED, BUILD],
});

const NO_WEB_ASSEMBLY = "It needs WebAssembly, which is switched off here. In Microsoft Edge, enhanced security does this; the policies are EnhanceSecurityModeBypassListDomains and JavaScriptJitAllowedForSites.";
const NO_WORKERS = "It needs background workers, which are missing or switched off here.";
const NO_COMPILING = "The policy of this page forbids WebAssembly: it must allow 'wasm-unsafe-eval' in script-src.";
const NO_BLOBS = "The policy of this page forbids background workers: it must allow blob: in worker-src.";

/** Why it could not be started, as far as the browser tells. */
function reason(error) {
  if (typeof WebAssembly !== "object") return NO_WEB_ASSEMBLY;
  if (typeof Worker !== "function") return NO_WORKERS;
  if (error?.name === "SecurityError") return NO_BLOBS;
  if (!(error instanceof WebAssembly.CompileError)) return `${error}.`;
  // Each browser has its own words for what a policy forbids.
  return /polic|CSP|disallow|refused/i.test(error.message) ? NO_COMPILING : "This browser is too old for it.";
}

// The program keeps what it needs in one place, so that there can be one of it on a page.
let taken = false;

class PlanChecker extends HTMLElement {
  static observedAttributes = ["scheme", "reader"];

  #port;

  connectedCallback() {
    if (this.#port) return;
    if (taken) {
      this.textContent = "There can be only one plan checker on a page.";
      return;
    }
    taken = true;
    const shadow = this.attachShadow({ mode: "open" });
    const styles = new CSSStyleSheet();
    styles.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [styles];
    const top = shadow.appendChild(document.createElement("div"));
    top.className = "pc-root";
    top.lang = "en-GB";
    const place = top.appendChild(document.createElement("div"));
    place.textContent = "Starting…";
    let stopped = false;
    const cannotStart = (reason) => {
      stopped = true;
      const line = document.createElement("p");
      line.setAttribute("role", "alert");
      line.textContent = `The plan checker could not be started here. ${reason}`;
      top.replaceChildren(line);
    };
    document.addEventListener("securitypolicyviolation", (event) => {
      // Whoever's worker it was that the policy refused, it refuses this one's as well.
      const ofBlob = /^blob/.test(event.blockedURI) && event.effectiveDirective === "worker-src";
      if (ofBlob && event.disposition === "enforce") cannotStart(NO_BLOBS);
    });
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.dispatchEvent(new CustomEvent("plancheck", { detail: data }));
    this.#port = port1;
    wasm_bindgen({ module_or_path: decoded(APP) })
      // Away from its shadow root it would take itself for a page of its own.
      .then(() => stopped || wasm_bindgen.start(place, port2))
      .catch((error) => cannotStart(reason(error)));
    for (const name of PlanChecker.observedAttributes) this.attributeChangedCallback(name, null, this.getAttribute(name));
  }

  attributeChangedCallback(name, _, value) {
    if (!this.#port || value === null) return;
    this.#port.postMessage(name === "scheme" ? { type: "theme", scheme: value } : { type: "wording", reader: value });
  }

  /** Checks these workbooks, { name, bytes } each, with the text of a table of allocations. */
  check(files, allocations) {
    this.#port?.postMessage({ type: "check", files, allocations });
  }

  /** Stops the check. */
  cancel() {
    this.#port?.postMessage({ type: "cancel" });
  }
}

// parts
customElements.define("plan-checker", PlanChecker);
