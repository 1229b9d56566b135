// Runs before everything else, and is written so that the oldest browser understands it: says why the checker
// cannot run here and what to ask for. Until it runs, the page says that scripts are blocked.
(function () {
  "use strict";

  function byId(id) {
    return document.getElementById(id);
  }

  var told = false;
  function cannotStart(reason, ask) {
    // The first reason is the cause of the others.
    if (told) return;
    told = true;
    byId("cannot-start-reason").textContent = reason;
    byId("cannot-start-ask").textContent = ask;
    byId("cannot-start").hidden = false;
    byId("page").hidden = true;
  }

  var newer = "Please let me open this page in an up-to-date Microsoft Edge, Chrome, Firefox or Safari, and not in Internet Explorer mode.";
  var allowed = "Please allow WebAssembly for this page. In Microsoft Edge the policies are EnhanceSecurityModeBypassListDomains and JavaScriptJitAllowedForSites.";
  var anew = "Please let me have the file anew from where it was released, and let me open it in an up-to-date browser.";
  function served(directive) {
    return "Please change the Content-Security-Policy that the server sends with this page: it must allow " + directive + ".";
  }

  var reasons = {
    tooOld: function () {
      cannotStart("This browser is too old for it, or shows the page in Internet Explorer mode.", newer);
    },
    noWebAssembly: function () {
      cannotStart("It needs WebAssembly, which is switched off here. In Microsoft Edge, enhanced security does this.", allowed);
    },
    noWorkers: function () {
      cannotStart("It needs background workers, which are missing or switched off here.", newer);
    },
    noCompiling: function () {
      cannotStart("A policy of the server that this page comes from forbids WebAssembly.", served("script-src 'wasm-unsafe-eval'"));
    },
    noBlobs: function () {
      cannotStart("A policy of the server that this page comes from forbids background workers.", served("worker-src blob:"));
    },
    altered: function () {
      cannotStart("The file is not whole, or one of its scripts is not as it was released.", anew);
    },
    broken: function (error) {
      cannotStart("It could not be started: " + error + ".", anew);
    },
  };

  function started() {
    told = false;
    byId("cannot-start").hidden = true;
    byId("page").hidden = false;
  }

  started();
  // Internet Explorer mode lacks WebAssembly, too, and allowing that would not help.
  if (document.documentMode || !("noModule" in document.createElement("script"))) return reasons.tooOld();
  if (typeof WebAssembly !== "object") return reasons.noWebAssembly();
  if (typeof Worker !== "function" || typeof Blob !== "function" || !(window.URL && URL.createObjectURL)) return reasons.noWorkers();

  var running = false;
  window.plancheckGate = {
    reasons: reasons,
    // What was said on the way may have been about somebody else's script.
    started: function () {
      running = true;
      started();
    },
  };
  window.addEventListener("error", function (event) {
    if (running) return;
    // A script below that is not understood.
    if (event.error instanceof SyntaxError || /syntax/i.test(event.message || "")) reasons.tooOld();
    else reasons.broken(event.message);
  });
  window.addEventListener("load", function () {
    // The script at the end of the file has not run, and nothing has said why: the file was cut off before it.
    if (!window.plancheck) reasons.altered();
  });
  document.addEventListener("securitypolicyviolation", function (event) {
    // A policy that only reports holds nothing back.
    if (event.disposition === "report") return;
    // The page's own policy allows this: what forbids it was sent by a server.
    if (/^blob/.test(event.blockedURI) && event.effectiveDirective === "worker-src") reasons.noBlobs();
    if (!running && event.blockedURI === "inline" && /^script/.test(event.effectiveDirective)) reasons.altered();
  });
})();
