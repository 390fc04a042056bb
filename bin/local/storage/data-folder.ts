import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';
import { reasonOf } from '../template/template-error.ts';

/** The folder everything is kept in, ours until `release`. */
export interface DataFolder {
  readonly path: string;
  file(name: string): string;
  release(): void;
}

/**
 * Creates the folder if need be and takes it. The lock is SQLite's own lock on a file, which the operating system lets
 * go of even after a `kill -9`: there is no stale lock to clean up.
 */
export function takeDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(`cannot write to the data folder ${path}: ${reasonOf(error)}`);
  }
  const lock = new DatabaseSync(join(path, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!/locked/.test(reasonOf(error)))
      throw new StartError(`cannot lock the data folder ${path}: ${reasonOf(error)}`);
    throw new StartError(`another Ripen is running on ${path}: stop it, or start this one with --data OTHER-FOLDER`);
  }
  return { path, file: (name) => join(path, name), release: () => lock.close() };
}
