import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';

const Lock = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
});
const file = join(import.meta.dirname, '../../package-lock.json');
const { packages } = Lock.parse(JSON.parse(readFileSync(file, 'utf8')));

it('locks the builds of every platform: without one, `npm ci` fails on all of them', () => {
  // `npm install` drops what it did not install itself. Put the dropped entries back from the lockfile's last version.
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const named = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  expect(named.filter((name) => !locked.has(name))).toEqual([]);
});

it('names no registry', () => {
  expect(readFileSync(file, 'utf8')).not.toContain('"resolved"');
});
