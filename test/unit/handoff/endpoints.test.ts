import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../functions/handoff/endpoints.ts';

const secret = 'whsec_c2l4dGVlbiBieXRlcywgYW5kIHR3aWNlIG9mIHRoZW0=';
const crm = { url: 'https://crm.example/hook', secret };
const from = (text: string, makeUp = false) => endpoints({ read: async () => text, makeUp });
const missing = (reason: string) => ({ outcome: 'missing', reason });

describe('an endpoint', () => {
  it('is found by its name, and nobody by another', async () => {
    const find = from(JSON.stringify({ crm, slack: { url: 'https://hooks.slack.example/x' } }));
    expect(await find('crm')).toEqual({ outcome: 'found', endpoint: crm });
    expect(await find('slack')).toEqual({ outcome: 'found', endpoint: { url: 'https://hooks.slack.example/x' } });
    for (const name of ['board', 'toString', '__proto__', 'constructor', ''])
      expect(await find(name), name).toEqual(missing('unknown-endpoint'));
  });

  it.each([
    { url: 7 },
    {},
    'https://crm.example',
    null,
    { ...crm, secret: 'secret' },
    { ...crm, secret: 'whsec_dG9vIHNob3J0' },
    { ...crm, secret: 'whsec_with spaces, which are not base64 at all' },
  ])('that is not written as it must be silences itself alone: %j', async (broken) => {
    const find = from(JSON.stringify({ broken, crm }));
    expect(await find('broken')).toEqual(missing('unreadable-endpoint'));
    expect(await find('crm')).toMatchObject({ outcome: 'found' });
  });

  it.each(['', 'null', '[]', '"crm"', '{"crm":', 'whsec_x'])('is unreadable in a secret that is %j', async (text) => {
    expect(await from(text)('crm')).toEqual(missing('unreadable-endpoint'));
  });

  it('is looked for again when the secret could not be read', async () => {
    const find = endpoints({ read: () => Promise.reject(new Error('throttled')), makeUp: true });
    await expect(find('crm')).rejects.toThrow('throttled');
  });

  it('is made up on a laptop, always the same, and at an address that nobody has', async () => {
    const find = from('{}', true);
    const found = await find('crm');
    expect(found).toMatchObject({ outcome: 'found', endpoint: { url: 'https://crm.example/' } });
    expect(await find('crm')).toEqual(found);
    expect(await from(JSON.stringify({ crm }), true)('crm')).toEqual({ outcome: 'found', endpoint: crm });
  });
});
