import { afterAll, describe, expect, it } from 'vitest';
import { endWalks, endWalksFor } from '../../../functions/nurture/end-walks.ts';
import { followActivity } from '../../../functions/nurture/follow-lead.ts';
import { readEnrollments } from '../../../functions/nurture/read-enrollments.ts';
import { testTables } from '../../support/dynamodb.ts';
import { monday } from '../../support/lead.ts';
import { aRecorded, dayMs } from '../../support/nurture.ts';
import { aNurtureRoom } from './a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

describe('a form with marketing consent', () => {
  it('begins the walk, and asks at once for the first e-mail and the promised asset', async () => {
    await room.addLead('begin');
    await room.submit('begin');
    expect(room.published.map(({ detailType }) => detailType)).toEqual(['MessageRequested', 'LeadEnrolled', 'StepDue']);
    expect(room.published[0]?.detail).toMatchObject({
      sequence: 'asset-trial',
      run: '2026-03-02',
      policy: 'atLeastOnce',
      data: { asset: { title: 'Your trial', url: 'https://mail.orchard.example/p/trial-guide' } },
    });
    expect(await room.dueStep('begin')).toMatchObject({ dueAt: monday, detailType: 'StepDue' });
  });

  it('Q22 begins it once, however often it is told or submitted', async () => {
    await room.addLead('once');
    await room.submit('once');
    const first = await room.deps.enrollments.get('once', 'welcome');
    room.published.length = 0;
    await room.submit('once');
    await followActivity(
      { leadId: 'once', activity: aRecorded({ activityId: 'activity-2' }), quiet: false },
      room.follow,
    );
    expect(await room.deps.enrollments.get('once', 'welcome')).toEqual(first);
    // The asset's request names the same send each time: the sender brings it once.
    const runs = room.published.map(({ detailType, detail }) => [detailType, JSON.stringify(detail)].join());
    expect(new Set(runs).size).toBe(1);
  });

  it('of old, from a file, begins nothing', async () => {
    await room.addLead('quiet');
    room.published.length = 0;
    await followActivity({ leadId: 'quiet', activity: aRecorded(), quiet: true }, room.follow);
    expect(room.published).toEqual([]);
    expect(await room.deps.enrollments.list('quiet')).toEqual([]);
  });

  it('without consent brings the asset only; of a suppressed lead, nothing', async () => {
    await room.addLead('asset-only', { consent: { marketing: { status: 'denied', at: monday } } });
    await room.addLead('silenced', { suppressed: { reason: 'complaint', at: monday } });
    room.published.length = 0;
    await room.submit('asset-only');
    await room.submit('silenced');
    expect(room.published.map(({ detailType }) => detailType)).toEqual(['MessageRequested']);
  });

  it('N13 begins nothing for a lead who is handed off while it is being decided', async () => {
    const lead = await room.addLead('racing');
    const at = monday;
    const qualification = {
      cycle: 1,
      reason: 'threshold',
      activityId: 'a',
      score: 55,
      qualifiedAt: at,
      open: true,
    } as const;
    let reads = 0;
    const racing = {
      ...room.follow,
      leads: {
        ...room.deps.leads,
        get: async (leadId: string) => {
          const read = await room.follow.leads.get(leadId);
          // The scoring room qualifies the lead just after nurture has read it to enroll it.
          if (++reads === 2) await room.addLead('racing', { ver: lead.ver + 1, qualification });
          return read;
        },
      },
    };
    await followActivity({ leadId: 'racing', activity: aRecorded(), quiet: false }, racing);
    expect(await room.deps.enrollments.list('racing')).toEqual([]);
  });
});

describe('a walk', () => {
  it('N1 brings three e-mails at their delays, each once however often the door is knocked on', async () => {
    await room.addLead('walker');
    await room.submit('walker');
    for (const [step, waitMs] of [
      [1, 2 * dayMs],
      [3, 3 * dayMs],
      [5, 0],
    ] as const) {
      await room.knock('walker', step);
      await room.knock('walker', step);
      room.advance(waitMs);
    }
    expect(room.mails('walker@example.com').map(({ subject }) => subject)).toEqual([
      'welcome-1 for Ana 🌱',
      'welcome-2 for Ana 🌱',
      'welcome-3 for Ana 🌱',
    ]);
    expect(await room.dueStep('walker')).toBeUndefined();
    expect(await readEnrollments('walker', room.deps)).toMatchObject({
      enrollments: [
        {
          sequence: 'welcome',
          version: 'v1',
          status: 'completed',
          dueAt: null,
          exit: null,
          sends: [
            { step: 1, status: 'sent', template: 'welcome-1' },
            { step: 3, status: 'sent' },
            { step: 5, status: 'sent' },
          ],
        },
      ],
    });
  });

  it('is deaf to an early knock', async () => {
    await room.addLead('early');
    await room.submit('early');
    await room.knock('early', 1);
    await room.knock('early', 3);
    expect(room.mails('early@example.com')).toHaveLength(1);
    expect((await readEnrollments('early', room.deps)).enrollments[0]?.status).toBe('waiting');
  });

  it('I-M1 sends one e-mail when eight workers are told at once', async () => {
    await room.addLead('crowd');
    await room.submit('crowd');
    await Promise.allSettled(Array.from({ length: 8 }, () => room.knock('crowd', 1)));
    await room.knock('crowd', 1);
    expect(room.mails('crowd@example.com')).toHaveLength(1);
    expect(await room.sendAt('crowd', 1)).toMatchObject({ status: 'sent' });
  });

  it('N13 ends at the hand-off, at the sale and at a suppression: no e-mail after that', async () => {
    const ends = {
      'handed-off': (leadId: string) => endWalksFor(leadId, 'handed-off', room.follow),
      converted: (leadId: string) =>
        followActivity({ leadId, activity: aRecorded({ type: 'deal.won' }), quiet: false }, room.follow),
      suppressed: (leadId: string) => endWalks(leadId, room.follow),
    };
    for (const [reason, end] of Object.entries(ends)) {
      const leadId = `ends-${reason}`;
      await room.addLead(leadId);
      await room.submit(leadId);
      await room.knock(leadId, 1);
      await end(leadId);
      await end(leadId);
      expect(await room.dueStep(leadId)).toBeUndefined();
      room.advance(2 * dayMs);
      await room.knock(leadId, 3);
      expect(room.mails(`${leadId}@example.com`)).toHaveLength(1);
      const [walk] = (await readEnrollments(leadId, room.deps)).enrollments;
      expect(walk).toMatchObject({ status: 'exited', exit: { reason } });
    }
  });
});
