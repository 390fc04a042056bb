import { describe, expect, it } from 'vitest';
import { afterCommit, openDatabase, transaction } from '../../../bin/local/storage/database.ts';

function aTable() {
  const db = openDatabase(':memory:');
  db.exec('CREATE TABLE line (text TEXT)');
  const write = (text: string) => db.prepare('INSERT INTO line VALUES (?)').run(text);
  const lines = () =>
    db
      .prepare('SELECT text FROM line')
      .all()
      .map(({ text }) => text);
  return { db, write, lines };
}

describe('transactions', () => {
  it('keep all or nothing', () => {
    const { db, write, lines } = aTable();
    expect(() =>
      transaction(db, () => {
        write('a');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(lines()).toEqual([]);
    expect(transaction(db, () => write('b').changes)).toBe(1);
    expect(lines()).toEqual(['b']);
  });

  it('join the one they run in', () => {
    const { db, write, lines } = aTable();
    expect(() =>
      transaction(db, () => {
        transaction(db, () => write('inner'));
        throw new Error('outer');
      }),
    ).toThrow('outer');
    expect(lines()).toEqual([]);
  });

  it('run what waits for them after the commit, and drop it on a rollback', () => {
    const { db, write, lines } = aTable();
    const heard: unknown[] = [];
    transaction(db, () => {
      afterCommit(db, () => heard.push(db.isTransaction, lines()));
      write('a');
    });
    expect(heard).toEqual([false, ['a']]);

    const fail = () =>
      transaction(db, () => {
        afterCommit(db, () => heard.push('never'));
        throw new Error('no');
      });
    expect(fail).toThrow('no');
    transaction(db, () => write('b'));
    afterCommit(db, () => heard.push('at once'));
    expect(heard.at(-1)).toBe('at once');
    expect(heard).not.toContain('never');
  });
});
