import type { Account } from '../leads/account.ts';
import { leadStore } from '../leads/lead.store.ts';
import type { Table } from '../runtime/dynamodb.ts';
import { enrollmentStore } from './enrollment.store.ts';
import { frequencyStore } from './frequency.store.ts';
import { sendStore } from './send.store.ts';
import type { StepDeps } from './send-step.ts';
import { sendingGate } from './sending-gate.ts';
import { sendingQuotaStore } from './sending-quota.store.ts';
import { sendingSwitchStore } from './sending-switch.store.ts';
import { sesQuota } from './ses-quota.ts';

type Stores = Pick<StepDeps, 'leads' | 'enrollments' | 'frequencies' | 'sends' | 'gate' | 'now'>;

/** What the sender reads and writes, and the gate before it. */
export function sendingStores(table: Table, { timeZone, sending }: Account, now: () => number): Stores {
  return {
    now,
    leads: leadStore(table, timeZone),
    enrollments: enrollmentStore(table, timeZone),
    frequencies: frequencyStore(table),
    sends: sendStore(table, timeZone),
    gate: sendingGate({
      quotas: sendingQuotaStore(table),
      switches: sendingSwitchStore(table),
      readSesQuota: sesQuota(),
      warmUpFrom: sending.warmUpFrom,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ...{ timeZone, now },
    }),
  };
}
