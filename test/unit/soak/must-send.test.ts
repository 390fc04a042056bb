import { expect, it } from 'vitest';
import { mustSend } from '../../../bin/soak/must-send.ts';
import { Sequence } from '../../../functions/nurture/sequence.ts';

it('knows the e-mails outside every branch, counted as the walks count them', () => {
  const email = (template: string) => ({ kind: 'email', template });
  const steps = [
    email('one'),
    { kind: 'waitFor', activities: [{ activity: 'email.clicked' }], within: 'P3D', then: [email('two')], else: [] },
    { kind: 'branch', when: { milestone: 'mql' }, then: [email('three')], else: [{ kind: 'exit' }, email('four')] },
    { kind: 'wait', duration: 'P1D' },
    email('five'),
  ];
  const sequence = Sequence.parse({ id: 'welcome', name: 'Welcome', entry: [{ activity: 'form.submitted' }], steps });
  expect(mustSend([sequence])).toEqual([{ sequence: 'welcome', steps: [1, 9] }]);
});
