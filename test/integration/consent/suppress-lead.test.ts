import { afterAll, describe, expect, it } from 'vitest';
import { suppressLead } from '../../../functions/consent/suppress-lead.ts';
import { suppressionStore } from '../../../functions/consent/suppression.store.ts';
import { leadIdOf } from '../../../functions/leads/lead-id.ts';
import { testTables } from '../../support/dynamodb.ts';
import { monday } from '../../support/lead.ts';
import { anActivity } from '../../support/scoring.ts';
import { aNurtureRoom } from '../nurture/a-nurture-room.ts';

const { leads } = await testTables();
const room = await aNurtureRoom(leads);
afterAll(room.ses.close);

const suppressions = suppressionStore(leads);
const deps = { suppressions, pepper: async () => 'pepper' };
const bounce = (leadId: string, bounceType = 'Permanent') =>
  anActivity('email.bounced', { source: 'ses', subject: { leadId }, properties: { bounceType } });
const complaint = (leadId: string) => anActivity('email.complained', { source: 'ses', subject: { leadId } });

describe('feedback from SES', () => {
  it('I-C3 a permanent bounce: nothing more can be claimed, and consent is as it was', async () => {
    await room.addLead('bouncer');
    await room.submit('bouncer');
    const activity = bounce('bouncer');
    await suppressLead(activity, deps);
    const once = await room.deps.leads.get('bouncer');
    await suppressLead(activity, deps);
    expect(await room.deps.leads.get('bouncer')).toEqual(once);
    expect(once).toMatchObject({
      ver: 2,
      suppressed: { reason: 'bounce', at: activity.occurredAt },
      consent: { marketing: { status: 'granted' } },
    });
    await room.knock('bouncer', 1);
    expect(room.mails('bouncer@example.com')).toHaveLength(0);
  });

  it('a full mailbox: nothing', async () => {
    await room.addLead('full');
    await suppressLead(bounce('full', 'Transient'), deps);
    expect(await suppressions.get('full')).toBeNull();
  });

  it('I-C2 a complaint is stronger than a bounce, and a later unsubscribe does not weaken it', async () => {
    await room.addLead('upset');
    await suppressLead(bounce('upset'), deps);
    await suppressLead(complaint('upset'), deps);
    await suppressLead(anActivity('email.unsubscribed', { source: 'page', subject: { leadId: 'upset' } }), deps);
    expect(await suppressions.get('upset')).toMatchObject({ reason: 'complaint' });
    expect(await room.deps.leads.get('upset')).toMatchObject({
      suppressed: { reason: 'complaint' },
      consent: { marketing: { status: 'revoked' } },
    });
  });

  it('finds the person by their address when the message did not name them', async () => {
    const subject = { email: 'ana@example.com' };
    await suppressLead(anActivity('email.complained', { source: 'ses', subject }), deps);
    expect(await suppressions.get(leadIdOf('ana@example.com', 'pepper'))).toMatchObject({ reason: 'complaint' });
  });

  it('I-C2 outlives everything the lead may do again', async () => {
    await suppressLead(complaint('returns'), deps);
    // Came into being after the suppression, with a fresh consent, as if an import had brought them back.
    await room.addLead('returns', { consent: { marketing: { status: 'granted', at: monday } } });
    await room.submit('returns');
    await room.knock('returns', 1);
    expect(room.mails('returns@example.com')).toHaveLength(0);
    expect(await room.sendAt('returns', 1)).toMatchObject({ status: 'suppressed', reason: 'suppression' });
  });

  it('while the lead is being written by others at the same time: all of it lands', async () => {
    await room.addLead('busy');
    const all = [bounce('busy'), complaint('busy'), complaint('busy'), bounce('busy')];
    await Promise.all(all.map((activity) => suppressLead(activity, deps)));
    expect(await suppressions.get('busy')).toMatchObject({ reason: 'complaint' });
    expect(await room.deps.leads.get('busy')).toMatchObject({ suppressed: { reason: 'complaint' } });
  });
});
