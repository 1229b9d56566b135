// A worker with one of the libraries that people would read a workbook with in a browser.
const which = self.location.search.slice(1);

const libraries = {
  sheetjs() {
    importScripts("/xlsx/xlsx.full.min.js");
    return (bytes, dense) => void self.XLSX.read(bytes, { type: "array", dense });
  },
  exceljs() {
    importScripts("/exceljs/exceljs.min.js");
    return (bytes) => new self.ExcelJS.Workbook().xlsx.load(bytes);
  },
  async openpyxl() {
    const { loadPyodide } = await import("/pyodide/pyodide.mjs");
    const python = await loadPyodide({ indexURL: "/pyodide/" });
    for (const wheel of ["/wheels/et_xmlfile.whl", "/wheels/openpyxl.whl"]) {
      python.unpackArchive(await (await fetch(wheel)).arrayBuffer(), "wheel");
    }
    python.runPython("import io, openpyxl\ndef load(it): openpyxl.load_workbook(io.BytesIO(it.to_bytes()))");
    const load = python.globals.get("load");
    return (bytes) => load(new Uint8Array(bytes));
  },
};

try {
  const read = libraries[which]();
  Promise.resolve(read).then(
    (read) => {
      self.onmessage = async ({ data: { bytes, dense } }) => {
        try {
          await read(bytes, dense);
          self.postMessage("done");
        } catch (error) {
          self.postMessage(String(error));
        }
      };
      self.postMessage("ready");
    },
    (error) => self.postMessage(String(error)),
  );
} catch (error) {
  self.postMessage(String(error));
}
