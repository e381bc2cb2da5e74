import { crc32, deflateRawSync } from "node:zlib";
import type { Cell, Row } from "../types.js";

/** A column of a sheet. */
export interface SheetColumn {
  /** In the rows. */
  name: string;
  /** In the first row of the sheet. */
  label: string;
  /** In characters; 14 when left out. */
  width?: number;
}

/** The least that a workbook of one sheet consists of. @see ECMA-376, part 1, 18. */
const PARTS: readonly (readonly [path: string, content: string])[] = [
  [
    "[Content_Types].xml",
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
];
const HEADER = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
/** The first moment that the format knows, in all files: the same rows give the same bytes. */
const DOS_DATE = 0x0021;

/**
 * Rows as a workbook (XLSX) of one sheet, the headings in its first row, which stays in view. Text is text, whatever it
 * looks like: no formula, no number, no date.
 * @param sheet - its name: up to 31 characters without []:*?/\.
 */
export function xlsxFile(sheet: string, columns: readonly SheetColumn[], rows: Iterable<Row>): Uint8Array {
  const name = sheet.replace(/[[\]:*?/\\]/g, " ").slice(0, 31) || "Sheet";
  const workbook = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  return zip([
    ...PARTS,
    ["xl/workbook.xml", workbook],
    ["xl/worksheets/sheet1.xml", worksheet(columns, rows)],
  ]);
}

function worksheet(columns: readonly SheetColumn[], rows: Iterable<Row>): string {
  const widths = columns.map(
    ({ width = 14 }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  const lines = [`<row>${columns.map(({ label }) => cell(label)).join("")}</row>`];
  for (const row of rows)
    lines.push(`<row>${columns.map(({ name }) => cell(row[name] ?? null)).join("")}</row>`);
  const view = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  const cols = widths.length === 0 ? "" : `<cols>${widths.join("")}</cols>`;
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${view}${cols}<sheetData>${lines.join("")}</sheetData></worksheet>`;
}

function cell(value: Cell): string {
  if (value === null) return "<c/>";
  if (typeof value === "number" && Number.isFinite(value)) return `<c><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(String(value))}</t></is></c>`;
}

/** Text that XML shows as it is; the characters that XML has not are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** @see PKWARE, .ZIP File Format Specification 6.3, 4.3. */
function zip(parts: readonly (readonly [path: string, content: string])[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of parts) {
    const name = Buffer.from(path);
    const data = Buffer.from(HEADER + content);
    const packed = deflateRawSync(data);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0); // version that reads it
    facts.writeUInt16LE(0x0800, 2); // names are UTF-8
    facts.writeUInt16LE(8, 4); // deflate
    facts.writeUInt16LE(DOS_DATE, 8);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), facts, name, packed]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), facts, where, name]));
    files.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...files, listed, end]));
}
