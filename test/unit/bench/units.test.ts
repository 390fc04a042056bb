import { describe, expect, it } from 'vitest';
import { itemBytes, roomTaken } from '../../../bin/bench/units.ts';

describe('the room an item takes', () => {
  it('is its names and values, as DynamoDB counts them', () => {
    expect(itemBytes({ pk: 'L#1' })).toBe(5);
    expect(itemBytes({ name: 'Ação' })).toBe(4 + 6);
    expect(itemBytes({ packed: Buffer.alloc(100) })).toBe(106);
    expect(itemBytes({ n: 12345, is: true, no: null })).toBe(1 + 4 + (2 + 1) + (2 + 1));
    expect(itemBytes({ m: { a: 'bc' }, l: ['x'] })).toBe(1 + (3 + 1 + 1 + 2) + 1 + (3 + 1 + 1));
  });

  it('names the largest first', () => {
    expect(roomTaken({ a: '1', bb: '22222' })).toBe('9 of 1024 bytes: bb 7, a 2');
  });
});
