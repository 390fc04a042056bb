import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnMap } from '../../../bin/import/columns.ts';
import { openCsv } from '../../../bin/import/csv.ts';
import { importRows } from '../../../bin/import/import-rows.ts';
import { instantOf } from '../../../bin/import/instant.ts';
import { consentOption, deriveOption, mapOption, suppressOption } from '../../../bin/import/options.ts';
import { planText } from '../../../bin/import/plan-text.ts';
import { type ImportPlan, readRow } from '../../../bin/import/read-row.ts';
import { CapturedActivity } from '../../../functions/leads/activity.ts';
import type { OutgoingEvent } from '../../../functions/runtime/publish.ts';
import { account, forms } from '../../support/forms.ts';

const sample = join(import.meta.dirname, '../../support/samples/qualified-leads.csv');
const now = Date.parse('2026-11-02T12:00:00.000Z');
const ebook = forms.forms.ebook;
if (!ebook) throw new Error('the sample forms have an ebook');
const of = { kind: 'form', formId: 'ebook', form: ebook } as const;
const granted = { purpose: 'marketing', status: 'granted', evidence: 'agreed at the fair, list of 2018' } as const;

function aPlan(plan: Partial<ImportPlan> & Pick<ImportPlan, 'columns'>): ImportPlan {
  const fields = plan.of?.kind === 'activity' ? [] : (ebook?.fields ?? []);
  return {
    of,
    map: columnMap(plan.columns, fields, new Map()),
    consents: [],
    starting: 'recent rows',
    sensitiveAttributes: [],
    language: 'en',
    timeZone: account.timeZone,
    now,
    ...plan,
  };
}

async function importSample(plan: Partial<ImportPlan> = {}) {
  const csv = await openCsv(sample);
  const events: OutgoingEvent[] = [];
  const report = await importRows(
    csv.rows,
    aPlan({
      columns: csv.columns,
      derive: { column: 'lead_id', domain: 'example.invalid' },
      consents: [granted],
      ...plan,
    }),
    { publish: async (more) => void events.push(...more), onRow() {} },
  );
  return { report, activities: events.map(({ detail }) => CapturedActivity.parse(detail)) };
}

describe('an import of a form', () => {
  it('keeps the file’s own time, source and page, and the consent with its evidence', async () => {
    const { activities } = await importSample();
    expect(activities[0]).toMatchObject({
      type: 'form.submitted',
      source: 'import',
      // Midnight in São Paulo, in summer time then: the row counts on its own day.
      occurredAt: '2018-02-01T02:00:00.000Z',
      subject: { email: 'a1f0@example.invalid' },
      properties: { form: 'ebook', magnet: 'e-book' },
      origin: { channel: 'social', source: 'social', campaign: 'page-one', landingPage: 'page-one' },
      consents: [granted],
      quiet: true,
    });
    expect(activities[1]).toMatchObject({
      type: 'list.subscribed',
      occurredAt: '2018-02-01T02:00:00.000Z',
      quiet: true,
    });
    const channels = activities.filter(({ type }) => type === 'form.submitted').map(({ origin }) => origin?.channel);
    expect(channels).toEqual(['social', 'paid', 'organic', 'unknown']);
  });

  it('says which rows it did not take, by line and reason, and counts a repeated row once', async () => {
    const { report } = await importSample();
    expect(report).toMatchObject({ rows: 9, accepted: 5, repeated: 1 });
    expect(report.rejected).toEqual([
      { line: 6, reason: expect.stringContaining('first_contact_date: write the time like') },
      { line: 7, reason: 'first_contact_date: lies in the future' },
      { line: 9, reason: 'email: Please fill this in.' },
      { line: 11, reason: expect.stringContaining('has 6 cells where the heading has 5') },
    ]);
  });

  it('done again is the same activities, also when the clock has moved on', async () => {
    const ids = async (plan: Partial<ImportPlan>) =>
      (await importSample(plan)).activities.map(({ activityId }) => activityId);
    const first = await ids({});
    expect(await ids({ now: now + 86_400_000 })).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
  });

  it('without a date is now, and still the same activity the next time', () => {
    const plan = aPlan({ columns: ['email', 'name'] });
    const row = { line: 2, cells: ['ana@example.com', 'Ana'] };
    const [first, second] = [readRow(row, plan), readRow(row, { ...plan, now: now + 60_000 })];
    if (first.outcome !== 'accepted' || second.outcome !== 'accepted') throw new Error('both rows are right');
    expect(first.activities[0]).toMatchObject({
      occurredAt: '2026-11-02T12:00:00.000Z',
      quiet: false,
      attributes: { name: 'Ana' },
      consents: [],
    });
    expect(second.activities[0]?.activityId).toBe(first.activities[0]?.activityId);
  });

  it('is quiet about what is older than a week, unless told to be live', async () => {
    const live = await importSample({ starting: 'every row' });
    expect(live.activities.every(({ quiet }) => !quiet)).toBe(true);
    const recent = aPlan({ columns: ['email', 'date'] });
    const quiet = (date: string) => {
      const read = readRow({ line: 2, cells: ['ana@example.com', date] }, recent);
      return read.outcome === 'accepted' && read.activities[0]?.quiet;
    };
    expect(quiet('2026-10-26T12:00:00Z')).toBe(false);
    expect(quiet('2026-10-26T11:59:59Z')).toBe(true);
  });

  it('starts nothing when told to be quiet, whatever the date', () => {
    const read = readRow({ line: 2, cells: ['ana@example.com'] }, aPlan({ columns: ['email'], starting: 'no row' }));
    expect(read).toMatchObject({ activities: [{ quiet: true }] });
  });

  it('says before it begins who gets e-mail, and how nobody does', () => {
    const text = (plan: Partial<ImportPlan>) => planText(aPlan({ columns: ['email', 'date'], ...plan }));
    expect(text({ consents: [granted] })).toContain(
      'Each row with a date of the last 7 days, or without a date, starts sequences and may go to sales: those people get e-mail. To start nothing, add --quiet.',
    );
    const asset = { title: { en: 'The book' }, url: '/p/your-ebook' };
    expect(text({ of: { ...of, form: { ...ebook, asset } } })).toContain(
      'brings what the form promises and may go to sales: those people get e-mail',
    );
    expect(text({ columns: ['email'] })).toContain('a row without one is of now');
    expect(text({ starting: 'every row' })).toContain('Every row (--live)');
    expect(text({ starting: 'no row' })).toContain('nobody gets e-mail');
    expect(text({ of: { kind: 'activity', type: 'deal.won' } })).toContain('may go to sales: sales gets e-mail');
  });

  it('says where a quote opened that never closes, and that the rest of the file was not read', async () => {
    const rows = (async function* () {
      yield { line: 2, cells: ['ana@example.com'] };
      yield { line: 3, cells: ['bia@example.com'], fault: 'the quote opened on line 3 never closes', endsEarly: true };
    })();
    const report = await importRows(rows, aPlan({ columns: ['email'] }), { publish: async () => {}, onRow() {} });
    expect(report).toMatchObject({ accepted: 1, endedEarly: true, rejected: [{ line: 3 }] });
  });

  it('takes no answer that the form would not take', () => {
    const plan = aPlan({ columns: ['E-Mail Address', 'Rótulo', 'Revenue'] });
    expect(readRow({ line: 2, cells: ['ana@example.com', '', 'lots'] }, plan)).toMatchObject({
      outcome: 'rejected',
      reason: expect.stringContaining('revenue'),
    });
    expect(readRow({ line: 2, cells: ['ana', '', '1'] }, plan)).toMatchObject({
      outcome: 'rejected',
      reason: expect.stringContaining('email'),
    });
  });
});

describe('an import of activities', () => {
  const columns = ['lead_id', 'won_date', 'segment', 'seller id'];
  const plan = aPlan({
    columns,
    of: { kind: 'activity', type: 'deal.won' },
    derive: { column: 'lead_id', domain: 'example.invalid' },
  });

  it('makes a property of every other column', () => {
    expect(readRow({ line: 2, cells: ['a1f0', '2018-02-26 19:58:54', 'pet', '007'] }, plan)).toMatchObject({
      activities: [
        {
          type: 'deal.won',
          source: 'import',
          subject: { email: 'a1f0@example.invalid' },
          occurredAt: '2018-02-26T22:58:54.000Z',
          properties: { segment: 'pet', 'seller id': '007' },
          attributes: {},
        },
      ],
    });
  });

  it('leaves out what is sensitive, says so, and keeps it when the account has opted in by name', () => {
    const columns = ['lead_id', 'Data de nascimento', 'segment'];
    const row = { line: 2, cells: ['a1f0', '1990-01-01', 'pet'] };
    expect(readRow(row, { ...plan, columns })).toMatchObject({ activities: [{ properties: { segment: 'pet' } }] });
    expect(JSON.stringify(readRow(row, { ...plan, columns }))).not.toContain('1990');
    expect(planText({ ...plan, columns })).toContain('left out, because they are sensitive: Data de nascimento.');
    expect(planText({ ...plan, columns })).toContain('sensitiveAttributes: ["Data de nascimento"]');

    const kept = { ...plan, columns, sensitiveAttributes: ['data_de_nascimento'] };
    expect(readRow(row, kept)).toMatchObject({ activities: [{ properties: { 'Data de nascimento': '1990-01-01' } }] });
    expect(planText(kept)).not.toContain('sensitive');
  });

  it('needs somebody who did it', () => {
    expect(readRow({ line: 2, cells: ['', '2018-02-26', 'pet', ''] }, plan)).toMatchObject({
      outcome: 'rejected',
      reason: expect.stringContaining('nobody is named'),
    });
  });
});

describe('a time in a file', () => {
  const cases: readonly [string, string | null][] = [
    ['2018-02-01', '2018-02-01T02:00:00.000Z'],
    ['2026-02-01', '2026-02-01T03:00:00.000Z'],
    ['2018-02-26 19:58:54', '2018-02-26T22:58:54.000Z'],
    ['2018-02-26T19:58', '2018-02-26T22:58:00.000Z'],
    ['2018-02-26T19:58:54.5Z', '2018-02-26T19:58:54.500Z'],
    ['2018-02-26T19:58:54+02:00', '2018-02-26T17:58:54.000Z'],
    // Summer time began at midnight: the day's first instant is one o'clock.
    ['2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['26/02/2018', null],
    ['2018-02-30', null],
    ['yesterday', null],
    ['1517443200', null],
  ];
  for (const [cell, instant] of cases)
    it(`${cell} is ${instant}`, () => {
      expect(instantOf(cell, 'America/Sao_Paulo')).toBe(instant);
    });
});

describe('the command line', () => {
  it('finds columns by name, label and --map', () => {
    const map = columnMap(
      ['E-mail', 'Nome completo', 'Phone', 'UTM_Source', 'Created At'],
      ebook.fields,
      mapOption('name=Nome completo'),
    );
    expect(Object.fromEntries(map)).toMatchObject({
      email: 'E-mail',
      name: 'Nome completo',
      phone: 'Phone',
      source: 'UTM_Source',
      occurredAt: 'Created At',
    });
    expect(() => columnMap(['a'], ebook.fields, mapOption('email=b'))).toThrow(
      'there is no such column; the file has a',
    );
    expect(() => columnMap(['a'], ebook.fields, mapOption('score=a'))).toThrow('there is no such field');
  });

  it('derives addresses only where no mail can arrive', () => {
    expect(deriveOption('email=mql_id@example.invalid')).toEqual({ column: 'mql_id', domain: 'example.invalid' });
    expect(() => deriveOption('email=mql_id@example.com')).toThrow('.invalid');
  });

  it('knows the purposes one can agree to', () => {
    expect(consentOption('sales-contact=granted', consentOption('marketing=granted'))).toEqual([
      'marketing',
      'sales-contact',
    ]);
    expect(() => consentOption('marketing=yes')).toThrow('marketing=granted');
  });
});

describe('an import of refusals', () => {
  const suppression = { kind: 'suppression', reason: 'unsubscribe', evidence: 'list of the old system' } as const;
  const read = (cells: readonly string[], columns = ['email', 'name', 'date']) =>
    readRow({ line: 2, cells }, aPlan({ of: suppression, columns }));

  it('I-C2 keeps the address, why, and who says so; nothing else of the row', () => {
    const row = read(['Ana@Example.com', 'Ana Souza', '2026-01-31']);
    expect(row).toMatchObject({
      outcome: 'accepted',
      activities: [
        {
          type: 'email.suppressed',
          source: 'import',
          quiet: true,
          subject: { email: 'ana@example.com' },
          properties: { reason: 'unsubscribe', evidence: 'list of the old system' },
          attributes: {},
        },
      ],
    });
    expect(JSON.stringify(row)).not.toContain('Souza');
  });

  it('twice is once, with or without a date', () => {
    for (const date of ['2026-01-31', ''])
      expect(read(['ana@example.com', '', date])).toEqual(read(['ANA@example.com ', '', date]));
  });

  it.each(['31/01/2026', '2026-13-45', 'yesterday', '2027-01-31'])(
    'I-C2 loses no refusal for its date: %s is said now, with a warning',
    (date) => {
      const row = read(['ana@example.com', 'Ana', date]);
      expect(row).toMatchObject({
        outcome: 'accepted',
        activities: [{ subject: { email: 'ana@example.com' }, occurredAt: new Date(now).toISOString() }],
        warning: expect.stringContaining('taken as refused now'),
      });
    },
  );

  it('I-C2 loses no refusal for a separator too many behind its address', () => {
    expect(read(['ana@example.com', 'Souza', '2026-01-31', 'Ana'])).toMatchObject({ outcome: 'accepted' });
  });

  it('tells of each row that was not taken quite as it is written', async () => {
    async function* rows() {
      yield { line: 2, cells: ['ana@example.com', '2027-01-31'] };
      yield { line: 3, cells: ['bea@example.com', '2026-01-31'] };
    }
    const plan = aPlan({ of: suppression, columns: ['email', 'date'] });
    const report = await importRows(rows(), plan, { publish: async () => {}, onRow() {} });
    expect(report).toMatchObject({ accepted: 2, rejected: [], warnings: [{ line: 2 }] });
  });

  it('rejects a row without an address', () => {
    expect(read(['', 'Ana', ''])).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('email') });
  });

  it('takes the reasons there are, and says so before anything starts', () => {
    expect(suppressOption('complaint')).toBe('complaint');
    for (const wrong of ['erasure', 'spam', ''])
      expect(() => suppressOption(wrong)).toThrow('write bounce, complaint, unsubscribe');
    const told = planText(aPlan({ of: suppression, columns: ['email'] }));
    expect(told).toContain('no e-mail goes to any more: unsubscribe');
    expect(told).toContain('list of the old system');
  });
});
