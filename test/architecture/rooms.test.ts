import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = (pattern: string) => globSync(pattern, { cwd: root }).map((file) => file.replaceAll('\\', '/'));

const sources = files('functions/**/*.ts').filter((file) => !file.includes('/browser/') && !file.endsWith('.d.ts'));
const doors = sources.filter((file) => file.endsWith('.lambda.ts'));
const stores = sources.filter((file) => file.endsWith('.store.ts'));
const runtime = sources.filter((file) => file.startsWith('functions/runtime/'));
// What is neither door, store nor plumbing decides or directs, and must be runnable without a machine around it.
const pure = sources.filter((file) => ![...doors, ...stores, ...runtime].includes(file));

const offenders = (among: readonly string[], pattern: RegExp) => among.filter((file) => pattern.test(read(file)));

it('finds the rooms at all', () => {
  expect(doors.length).toBeGreaterThan(10);
  expect(pure.length).toBeGreaterThan(20);
});

it('keeps the clock, chance and the environment out of decisions and workflows', () => {
  expect(offenders(pure, /Date\.now\(\)|new Date\(\)|Math\.random\(|randomUUID\(|process\.env/)).toEqual([]);
});

it('reads the environment in one place', () => {
  const others = sources.filter((file) => file !== 'functions/runtime/environment.ts');
  expect(offenders(others, /process\.env/)).toEqual([]);
});

it('lets only stores and plumbing speak to DynamoDB', () => {
  const others = [...pure, ...doors];
  expect(offenders(others, /from '@aws-sdk\/(lib|client)-dynamodb'/)).toEqual([]);
});

it('writes the playbook into doors only: everything else takes it as an argument', () => {
  const others = sources.filter((file) => !doors.includes(file));
  expect(offenders(others, /from 'ripen:playbook/)).toEqual([]);
});

it('keeps a door to forty lines', () => {
  expect(doors.filter((file) => read(file).trimEnd().split('\n').length > 40)).toEqual([]);
});

it('has no drawer for odds and ends', () => {
  const names = files('{bin,lib,functions,test}/**/*.ts').filter((file) =>
    /^(utils?|common|helpers?|shared|types|index)\.ts$/.test(basename(file)),
  );
  expect(names).toEqual([]);
});

it('names the same rooms in functions/ and lib/', () => {
  const rooms = new Set(doors.map((file) => file.split('/')[1]));
  expect([...rooms].filter((room) => !files(`lib/rooms/${room}.ts`).length)).toEqual([]);
});

it('mocks no module', () => {
  // Written so that this line is not itself an offender.
  expect(offenders(files('test/**/*.ts'), new RegExp(`vi\\.${'mock'}\\(`))).toEqual([]);
});
