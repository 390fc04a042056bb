import { expect, it } from 'vitest';
import { avatar } from '../../../functions/web/rating.ts';

it.each([
  ['Ana Souza', 'AS'],
  ['Pedro "Pê" Lima', 'PL'],
  ['Cher', 'C'],
  ['élise de la tour', 'ÉT'],
  [null, 'XY'],
  ['???', 'XY'],
])('calls %s %s', (name, letters) => {
  expect(String(avatar({ name, email: 'x.y@example.com', rating: 'hot' }))).toContain(`>${letters}<`);
});
