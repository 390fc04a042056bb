import { afterAll, describe, expect, it } from 'vitest';
import { sequenceDayStore } from '../../../functions/leads/sequence-day.store.ts';
import { readReport, readSequences } from '../../../functions/nurture/read-sequences.ts';
import { readWalks } from '../../../functions/nurture/read-walks.ts';
import { sendingSwitchStore } from '../../../functions/nurture/sending-switch.store.ts';
import { pauseSequence } from '../../../functions/nurture/sending-switch.ts';
import { walkListStore } from '../../../functions/nurture/walk-list.store.ts';
import { testTables } from '../../support/dynamodb.ts';
import { account } from '../../support/forms.ts';
import { sequences } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads, metrics } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const days = sequenceDayStore(metrics);
const sendingSwitch = sendingSwitchStore(leads);
const deps = {
  ...{ sequences, days, sendingSwitch, timeZone: account.timeZone, now: room.deps.now },
  pinned: async () => sequences,
  walks: walkListStore(leads),
  leads: room.deps.leads,
};

describe('who is where in a sequence', () => {
  it('lists them by what is due next, page by page, and says why they are not further', async () => {
    for (const leadId of ['one', 'two', 'three']) {
      await room.addLead(leadId, { attributes: leadId === 'one' ? { name: 'Ana Souza' } : {} });
      await room.submit(leadId);
    }
    await room.knock('one', 1);
    const first = await readWalks('welcome', { limit: 2 }, deps);
    expect(first.walks.map(({ leadId }) => leadId).toSorted()).toEqual(['three', 'two']);
    expect(first.walks[0]).toMatchObject({ step: 1, doing: 'e-mail welcome-1', name: null });
    expect(first.cursor).not.toBeNull();
    const next = await readWalks('welcome', { limit: 2, cursor: first.cursor ?? undefined }, deps);
    expect(next).toMatchObject({
      cursor: null,
      walks: [
        {
          ...{ leadId: 'one', name: 'Ana Souza', email: 'one@example.com', step: 3, doing: 'e-mail welcome-2' },
          ...{ status: 'waiting', because: 'wait', why: 'The sequence waits here, as it was written.' },
        },
      ],
    });
  });

  it('does not call a walk paused that is only waiting to see that mail goes again', async () => {
    const held = await room.deps.enrollments.get('two', 'welcome');
    if (!held) throw new Error('nobody of this name is under way');
    await room.deps.enrollments.save({ ...held, because: 'paused', ver: held.ver + 1 });
    const told = async () => (await readWalks('welcome', {}, deps)).walks.find(({ leadId }) => leadId === 'two');
    expect(await told()).toMatchObject({ status: 'waiting', why: expect.stringContaining('let go again') });
    const now = room.deps.now();
    await sendingSwitch.save(pauseSequence(await sendingSwitch.get(), 'welcome', true, { reason: 'x', by: 'y', now }));
    expect(await told()).toMatchObject({ status: 'paused', why: expect.stringContaining('has paused sending') });
    await sendingSwitch.save(pauseSequence(await sendingSwitch.get(), 'welcome', false, { reason: 'x', by: 'y', now }));
  });

  it('knows no sequence that the playbook has not', async () => {
    await expect(readWalks('nothing', {}, deps)).rejects.toMatchObject({ status: 404 });
    await expect(readReport('nothing', new URLSearchParams(), deps)).rejects.toMatchObject({ status: 404 });
  });
});

describe('the list of sequences', () => {
  it('says who is under way, what came of it, where it is weakest, and whether it is paused', async () => {
    const day = new Date(room.deps.now()).toISOString().slice(0, 10);
    await days.save({ day, revision: 0, sequences: [] }, [
      {
        ...{ sequence: 'welcome', entered: 4 },
        left: [{ step: 3, reason: 'suppressed', walks: 1 }],
        steps: [{ step: 1, template: 'welcome-1', variant: null, counts: { sent: 4, delivered: 4 } }],
      },
    ]);
    expect(await readSequences(deps)).toMatchObject([
      {
        ...{ id: 'welcome', name: 'Welcome', paused: false, entered: 4, completed: 0, sent: 4 },
        walking: { count: 3, atLeast: false },
        weakest: { sentence: 'After welcome-1, 1 of 4 are lost before the next e-mail (25 %).' },
      },
    ]);
    const now = room.deps.now();
    await sendingSwitch.save(pauseSequence(await sendingSwitch.get(), 'welcome', true, { reason: 'x', by: 'y', now }));
    expect(await readSequences(deps)).toMatchObject([{ paused: true, pausedAlone: true }]);
  });

  it('reports the days that are asked for, and refuses what is no range', async () => {
    const ask = (query: Record<string, string>) => readReport('welcome', new URLSearchParams(query), deps);
    expect(await ask({ from: '2020-01-01', to: '2020-01-31' })).toMatchObject({ entered: 0, from: '2020-01-01' });
    expect((await ask({})).entered).toBe(4);
    await expect(ask({ from: 'soon' })).rejects.toMatchObject({ code: 'bad-day' });
    await expect(ask({ from: '2026-02-01', to: '2026-01-01' })).rejects.toMatchObject({ code: 'bad-range' });
    await expect(ask({ from: '2020-01-01', to: '2026-01-01' })).rejects.toMatchObject({ code: 'range-too-long' });
  });
});
