// Just enough of zip to look into a workbook that was saved.
import zlib from "node:zlib";

/** The parts of an archive by their names, unpacked. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  const parts = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, name, extra, comment] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(from, from + packed);
    parts[bytes.toString("utf8", at + 46, at + 46 + name)] = bytes.readUInt16LE(at + 10) === 0 ? raw : zlib.inflateRawSync(raw);
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** A text of XML as it was before it was written there. */
export const unescaped = (xml) =>
  xml.replace(/&(?:#(\d+)|lt|gt|quot|apos|amp);/g, (it, number) => (number ? String.fromCodePoint(number) : { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" }[it]));
