import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { delimiterOf, openCsv } from '../../../bin/import/csv.ts';

const folder = await mkdtemp(join(tmpdir(), 'ripen-csv-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Buffer) {
  const file = join(folder, 'file.csv');
  await writeFile(file, content);
  const csv = await openCsv(file);
  const rows = [];
  for await (const row of csv.rows) rows.push(row);
  return { columns: csv.columns, rows, cells: rows.map(({ cells }) => cells) };
}

describe('a CSV', () => {
  const content = 'nome;e-mail\nJosé;jose@example.com\n';
  const writings: readonly [string, Buffer][] = [
    ['UTF-8', Buffer.from(content)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${content}`)],
    ['UTF-16LE', Buffer.from(`\ufeff${content}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${content}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(content, 'latin1')],
    ['CRLF', Buffer.from(content.replaceAll('\n', '\r\n'))],
  ];
  for (const [writing, bytes] of writings)
    it(`is read as ${writing}`, async () => {
      expect(await read(bytes)).toMatchObject({ columns: ['nome', 'e-mail'], cells: [['José', 'jose@example.com']] });
    });

  it('is separated by what its heading is separated by', () => {
    expect(delimiterOf('a,b,c\n1;2;3;4;5')).toBe(',');
    expect(delimiterOf('a;b\n')).toBe(';');
    expect(delimiterOf('a\tb\n')).toBe('\t');
    expect(delimiterOf('"a;b;c;d",e,f\n')).toBe(',');
    expect(delimiterOf('email')).toBe(',');
  });

  it('knows on which line each row begins, blank lines and broken lines counted', async () => {
    const { rows } = await read('a,b\n1,"x\ny"\n\n2,z\n');
    expect(rows).toEqual([
      { line: 2, cells: ['1', 'x\ny'] },
      { line: 5, cells: ['2', 'z'] },
    ]);
  });

  it('says on which line a quote opens that never closes', async () => {
    const { rows } = await read('a,b\r\n1,x\r\n2,"two\r\nlines","y\r\n3,z\r\n');
    expect(rows[0]).toEqual({ line: 2, cells: ['1', 'x'] });
    expect(rows[1]).toMatchObject({
      line: 3,
      endsEarly: true,
      fault: expect.stringContaining('opened on line 4 never'),
    });
    expect(rows).toHaveLength(2);
    await expect(read('a,"b\n1,2\n')).rejects.toThrow('line 1: the quote opened on line 1 never closes');
  });

  it('does not guess where a cell ends that has text behind its quote', async () => {
    const { rows } = await read('a,b\n1,"x"y\n2,"z"\n3,w\n');
    expect(rows[0]).toMatchObject({ line: 2, fault: expect.stringContaining('write each quote twice') });
    expect(rows[1]).toEqual({ line: 4, cells: ['3', 'w'] });
  });

  it('larger than what is read at a time is read whole, rows of any length', async () => {
    const table = Array.from({ length: 400 }, (_, n) => [`${n}`, 'é"\n,'.repeat(n === 200 ? 60_000 : n)]);
    const quoted = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
    expect((await read(`first,second\n${quoted.join('\n')}\n`)).cells).toEqual(table);
  });

  it('has a name for every column', async () => {
    expect((await read('a,,a\n1,2,3\n')).columns).toEqual(['a', 'column 2', 'a 3']);
  });

  it('that is empty says so', async () => {
    await expect(read('')).rejects.toThrow('is empty');
    await expect(openCsv(join(folder, 'none.csv'))).rejects.toThrow('no such file');
  });

  it('gives back every cell, whatever is in it', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', 'é', ' ', '=') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constant('x'), cell), { minLength: 1 }), async (table) => {
        const quoted = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        expect((await read(`first,second\n${quoted.join('\n')}\n`)).cells).toEqual(table);
      }),
      { numRuns: 50 },
    );
  });

  it('of any bytes is read or refused, never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await read(Buffer.from(bytes)).catch((error: Error) => expect(error.message).toMatch(/is empty|line 1: /));
      }),
      { numRuns: 100 },
    );
  });
});
