import { expect, it } from 'vitest';
import { walkSteps } from '../../../functions/web/walk.ts';
import { aTold } from './sample-pages.ts';

const tried = aTold({ type: 'form.submitted', properties: { form: 'trial' } });
const clicked = aTold({ type: 'email.clicked', verdict: { by: 'human', reasons: [] } });
const priced = aTold({ type: 'page.viewed', properties: { path: '/pricing' } });

const ticks = (progress: Partial<Parameters<typeof walkSteps>[0]>) =>
  walkSteps({ leadId: null, history: [], handedOff: false, counted: false, language: 'en', ...progress }).map(
    ({ done }) => done,
  );

it('begins with the form', () => {
  expect(ticks({})).toEqual([false, false, false, false, false, false]);
});

it('ticks what has been done, in whatever order', () => {
  expect(ticks({ leadId: 'a', history: [tried, priced] })).toEqual([true, true, false, true, false, false]);
});

it('does not take another form for the trial', () => {
  const read = aTold({ type: 'form.submitted', properties: { form: 'ebook' } });
  expect(ticks({ leadId: 'a', history: [read], counted: true })).toEqual([false, false, false, false, false, false]);
});

it('does not take a scanner’s click for the newcomer’s', () => {
  const scanned = aTold({ type: 'email.clicked', verdict: { by: 'machine', reasons: [] } });
  expect(ticks({ leadId: 'a', history: [scanned] })[2]).toBe(false);
});

it('steps aside once it has been walked', () => {
  expect(ticks({ leadId: 'a', history: [tried, clicked, priced], handedOff: true, counted: true })).toEqual([]);
});
