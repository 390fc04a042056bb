import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import Papa from 'papaparse';

/** One row under the heading. `line` is where it begins in the file, as an editor counts. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Why the row cannot be told from those around it: its quotes are wrong. */
  readonly fault?: string;
  /** The fault is a quote that never closes: the rest of the file is inside it, and unread. */
  readonly endsEarly?: boolean;
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
 * @throws Error when there is no such file, nothing in it, or no telling where its heading ends.
 */
export async function openCsv(file: string): Promise<CsvFile> {
  const sample = await sampleOf(file);
  const encoding = encodingOf(sample);
  const head = new TextDecoder(encoding).decode(sample, { stream: true });
  const bytes = createReadStream(file);
  const records = recordsOf(decoded(bytes, encoding), delimiterOf(head));
  const heading = await records.next();
  if (heading.done) throw new Error(`${file} is empty: the first line names the columns`);
  if (heading.value.fault !== undefined) throw new Error(`line ${heading.value.line}: ${heading.value.fault}`);
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
  const position: Position = { delimiter, newline: undefined, line: 1 };
  let [rest, more] = ['', ''];
  for await (const chunk of text) {
    more += chunk;
    // A record larger than what is read at a time is looked at again only when it has doubled.
    if (more.length < rest.length) continue;
    const piece = rest + more;
    const { records, lastBegins } = parse(piece, position);
    // The last one may go on in what is not read yet.
    for (const record of records.slice(0, -1)) yield* rowsOf(record, position);
    [rest, more] = [piece.slice(lastBegins), ''];
  }
  for (const record of parse(rest + more, position).records) yield* rowsOf(record, position);
}

/** How far the file is read, and how it is written. */
interface Position {
  readonly delimiter: string;
  newline: '\r\n' | '\n' | '\r' | undefined;
  line: number;
}

interface CsvRecord {
  readonly cells: readonly string[];
  /** As it stands in the file. */
  readonly source: string;
  readonly fault: { readonly code: Papa.ParseError['code']; readonly index: number } | undefined;
}

/** The records of a piece of the file, and where in it the last one begins. */
function parse(text: string, position: Position): { records: CsvRecord[]; lastBegins: number } {
  const { delimiter, newline } = position;
  const records: CsvRecord[] = [];
  let [begins, lastBegins] = [0, 0];
  Papa.parse<unknown>(text, {
    delimiter,
    ...(newline && { newline }),
    step({ data, errors: [error], meta }) {
      const fault = error && { code: error.code, index: (error.index ?? begins) - begins };
      const cells = Array.isArray(data) ? data.map(String) : [];
      records.push({ cells, source: text.slice(begins, meta.cursor), fault });
      if (text.includes(meta.linebreak)) position.newline ??= newlineOf(meta.linebreak);
      [lastBegins, begins] = [begins, meta.cursor];
    },
  });
  return { records, lastBegins };
}

function newlineOf(text: string): Position['newline'] {
  return text === '\r\n' || text === '\n' || text === '\r' ? text : undefined;
}

/** The row of a record, if there is anything in it; moves on by its lines. */
function* rowsOf({ cells, source, fault }: CsvRecord, position: Position): Generator<CsvRow> {
  const { line } = position;
  position.line += breaksIn(source);
  if (fault?.code === 'MissingQuotes')
    yield {
      line,
      cells,
      endsEarly: true,
      fault: `the quote opened on line ${line + breaksIn(source.slice(0, fault.index))} never closes: rows from there on were not read`,
    };
  else if (fault)
    yield { line, cells, fault: 'has text behind a closing quote: inside quotes, write each quote twice' };
  else if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
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
