import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unpacked } from '../../functions/leads/lead-item.ts';

/** Every way in which a text may lie in a file, by name. */
export function writings(text: string): Readonly<Record<string, Buffer>> {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  return {
    'UTF-8': utf8,
    'UTF-16LE': utf16,
    'UTF-16BE': Buffer.from(utf16).swap16(),
    hex: Buffer.from(utf8.toString('hex')),
    HEX: Buffer.from(utf8.toString('hex').toUpperCase()),
    'URL-encoded': Buffer.from(encodeURIComponent(text)),
    'form-encoded': Buffer.from(new URLSearchParams({ '': text }).toString().slice(1)),
    'quoted-printable': Buffer.from(quotedPrintable(utf8)),
    'JSON, escaped': Buffer.from(
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[^\x20-\x7e]/g, escaped),
    ),
    ...base64Writings(utf8),
  };
}

function quotedPrintable(bytes: Buffer): string {
  const isSafe = (byte: number) => byte > 32 && byte < 127 && byte !== 61;
  return [...bytes]
    .map((byte) => (isSafe(byte) ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`))
    .join('');
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Three of them, by where in a group of three bytes the text begins; what neighbours take part in is cut off. */
function base64Writings(bytes: Buffer): Record<string, Buffer> {
  return Object.fromEntries(
    [0, 1, 2].map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64url')
        .replaceAll('=', '');
      const from = Math.ceil((offset * 8) / 6);
      const end = Math.floor(((offset + bytes.length) * 8) / 6);
      return [`base64, offset ${offset}`, Buffer.from(text.slice(from, end))];
    }),
  );
}

/** Where in the folder which of the texts is found, and how it is written there; packed items are unpacked. */
export function tracesIn(folder: string, texts: readonly string[]): readonly string[] {
  const wanted = texts.flatMap((text) => Object.entries(writings(text)).map(([how, bytes]) => ({ text, how, bytes })));
  return [...filesIn(folder)].flatMap((file) => {
    const bytes = readFileSync(file);
    const whole = file.endsWith('.sqlite') ? Buffer.concat([bytes, packedIn(file)]) : bytes;
    return wanted.filter((one) => whole.includes(one.bytes)).map(({ text, how }) => `${file}: ${text} in ${how}`);
  });
}

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

/** What every packed lead in a database says, one after the other. */
function packedIn(file: string): Buffer {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    const cells = tables.flatMap(({ name }) =>
      db
        .prepare(`SELECT * FROM "${String(name)}"`)
        .all()
        .flatMap((row) => Object.values(row)),
    );
    return Buffer.concat(cells.flatMap(packedOf));
  } finally {
    db.close();
  }
}

function packedOf(cell: unknown): Buffer[] {
  const text = cell instanceof Uint8Array ? Buffer.from(cell).toString('latin1') : String(cell);
  return [...text.matchAll(/"packed":\s*\{"B":\s*"([\w+/=-]+)"/g)].map(([, base64 = '']) =>
    Buffer.from(JSON.stringify(unpacked(Buffer.from(base64, 'base64')))),
  );
}
