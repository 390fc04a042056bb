import { expect, it } from 'vitest';
import { key } from '../../../functions/leads/table.ts';

it('finds the rows of each kind by what their key begins with, and none of another kind', () => {
  const rows = [
    key.lead('lead-1'),
    key.activity('lead-1', 'x'),
    key.holder('lead-1', 'x', 'x'),
    key.statement('lead-1', 'x'),
    key.milestone('lead-1', 'x'),
    key.qualification('lead-1', 1),
    key.handoff('lead-1', 1),
    key.enrollment('lead-1', 'x'),
    key.send('lead-1', 'x', 'x', 1),
    key.consentEvidence('lead-1', 'x', 'x'),
    key.formerAddress('lead-1', 'x'),
    key.outbox('lead-1', 'x', 1),
    key.review('lead-1'),
    key.message('lead-1', 'x', 'x', 1),
    key.walk('lead-1', 'x', 'x', 'left'),
    key.frequency('lead-1'),
    key.leadVisitor('lead-1', 'x'),
  ];
  const beginnings = rows.map(({ sk }) => sk.split('#')[0]);
  expect(new Set(beginnings).size).toBe(rows.length);
});
