import { describe, expect, it } from 'vitest';
import { deliveriesPage } from '../../../functions/web/deliveries-page.ts';
import { aDeliveriesPageView, aDelivery } from './sample-deliveries.ts';
import { frame } from './sample-pages.ts';

const inPortuguese = { ...frame, reader: { ...frame.reader, language: 'pt-BR' } } as const;
const one = (given: Parameters<typeof aDelivery>[0]) =>
  deliveriesPage(aDeliveriesPageView({ rows: [{ delivery: aDelivery(given), leadName: 'Maria Prado' }] }));

describe('the page of deliveries', () => {
  it('tells what was sent, to whom, and what they answered', () => {
    const page = one({});
    expect(page).toContain('<code>handoff.assigned</code>');
    expect(page).toContain('<a href="/leads/abcdefgh">Maria Prado</a>');
    expect(page).toContain('They answered HTTP 503.');
    expect(page).toContain('They took it (204).');
    expect(page).toContain('&quot;name&quot;: &quot;Maria Prado&quot;');
  });

  it('says in words why there was no answer', () => {
    const page = one({
      status: 'failed',
      attempts: [{ at: '2026-11-23T12:00:00.000Z', ms: 3, error: 'private-address' }],
    });
    expect(page).toContain('Its address is not a public one.');
    expect(one({ attempts: [{ at: '2026-11-23T12:00:00.000Z', ms: 3, error: 'news' }] })).toContain(
      'It could not be called.',
    );
  });

  it('has a button for what is over, and for nothing else', () => {
    const button = 'action="/api/deliveries/abcdefgh.delivery/replay"';
    expect(one({ status: 'failed' })).toContain(button);
    expect(one({ status: 'delivered' })).toContain(button);
    const pending = one({ status: 'pending', attempts: [], nextAt: '2026-11-23T12:30:00.000Z' });
    expect(pending).not.toContain(button);
    expect(pending).toContain('Not called yet.');
    expect(pending).toContain('Next call: ');
  });

  it('leads back, from the button, to what was filtered', () => {
    const filter = { status: 'failed', endpoint: 'crm' };
    const page = deliveriesPage(aDeliveriesPageView({ filter, cursor: 'next' }));
    expect(page).toContain('name="back" value="/deliveries?status=failed&amp;endpoint=crm"');
    expect(page).toContain('href="/deliveries?status=failed&amp;endpoint=crm&amp;cursor=next"');
    expect(page).toContain('<option value="failed" selected>');
  });

  it('runs nothing that a lead has typed', () => {
    const body = JSON.stringify({ name: '</code><script>alert(1)</script>' });
    expect(one({ body })).not.toContain('<script>alert');
    expect(one({ body: 'not JSON <b>' })).toContain('not JSON &lt;b&gt;');
    expect(one({ endpoint: '<i>', what: '<i>' })).not.toContain('<i>');
  });

  it('says how to connect a CRM while nothing was told', () => {
    const page = deliveriesPage(aDeliveriesPageView({ rows: [], endpoints: [] }));
    expect(page).toContain('webhooks:\n  - { id: crm, endpoint: crm }');
    expect(page).toContain('whsec_…');
    expect(page).not.toContain('<select');
  });

  it('says who will be told next where the playbook names somebody', () => {
    const page = deliveriesPage(aDeliveriesPageView({ rows: [] }));
    expect(page).toContain('The next hand-off is told to crm and sales-slack.');
    expect(page).not.toContain('webhooks:');
  });

  it('says so when nothing is as it was filtered', () => {
    const page = deliveriesPage(aDeliveriesPageView({ rows: [], filter: { status: 'failed', endpoint: '' } }));
    expect(page).toContain('No such deliveries');
    expect(page).not.toContain('webhooks:');
  });

  it('calls a notice by what it is about', () => {
    expect(one({ purpose: 'notification', channel: 'slack', what: 'hot-lead' })).toContain('<h2>A lead is theirs</h2>');
  });

  it('speaks Portuguese', () => {
    const page = deliveriesPage(aDeliveriesPageView({ frame: inPortuguese }));
    expect(page).toContain('Receberam (204).');
    expect(page).toContain('reenviado uma vez');
  });
});
