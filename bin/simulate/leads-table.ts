import type { TableShape } from './twin/table.ts';

/** The table `leads` as the data stack declares it, as far as scoring and hand-off read it. */
export const leadsTable: TableShape = {
  local: { byTime: 'byTime' },
  global: {
    byList: {
      partitionKey: 'listPk',
      sortKey: 'listSk',
      holds: ['kind', 'due', 'subject', 'dueAt', 'detailType', 'detail', 'at', 'rep'],
    },
  },
};
