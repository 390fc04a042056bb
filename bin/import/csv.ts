import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import Papa from 'papaparse';

/** One row under the heading. `line` is where it begins in the file, as an editor counts. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  /** The heading. A column without a name is called by its number, a name used twice by name and number. */
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
  readonly bytes: number;
  bytesRead(): number;
}

/** How much of the file is looked at to tell how it is written. */
const sampleBytes = 64 * 1024;

/**
 * Opens a CSV of any size as a spreadsheet saves it: UTF-8 with or without BOM, UTF-16, Windows-1252; comma, semicolon, tab or bar.
 * Rows are read as they are asked for.
 *
 * @throws Error when there is no such file or nothing in it.
 */
export async function openCsv(file: string): Promise<CsvFile> {
  const sample = await sampleOf(file);
  const encoding = encodingOf(sample);
  const head = new TextDecoder(encoding).decode(sample, { stream: true });
  const bytes = createReadStream(file);
  const records = recordsOf(decoded(bytes, encoding), delimiterOf(head));
  const heading = await records.next();
  if (heading.done) throw new Error(`${file} is empty: the first line names the columns`);
  return {
    columns: named(heading.value.cells),
    rows: records,
    bytes: (await stat(file)).size,
    bytesRead: () => bytes.bytesRead,
  };
}

async function sampleOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function encodingOf(sample: Buffer): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The separator that the heading has most of, outside quotes. */
export function delimiterOf(head: string): string {
  const heading = head.replace(/"[^"]*"/g, '').split(/\r\n|\r|\n/, 1)[0] ?? '';
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: heading.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function* recordsOf(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRow> {
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter, header: false, skipEmptyLines: false });
  let line = 1;
  for await (const cells of Readable.from(text).pipe(parser)) {
    const row: CsvRow = { line, cells: Array.isArray(cells) ? cells.map(String) : [] };
    line += 1 + row.cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    if (row.cells.some((cell) => cell.trim() !== '')) yield row;
  }
}

function named(heading: readonly string[]): string[] {
  const seen = new Set<string>();
  return heading.map((text, index) => {
    const name = text.trim() || `column ${index + 1}`;
    const unique = seen.has(name) ? `${name} ${index + 1}` : name;
    seen.add(unique);
    return unique;
  });
}
