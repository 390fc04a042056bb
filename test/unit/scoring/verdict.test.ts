import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../functions/leads/activity.ts';
import type { MachineFilter } from '../../../functions/scoring/scoring-model.ts';
import { judge } from '../../../functions/scoring/verdict.ts';
import { aClick, aRow, chrome, delivery, filter, pricing, safari, trap } from './a-reaction.ts';

const gmailPrefetch =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0';
const imageProxy = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';

/** The verdicts of these activities, in their order, as `by: reasons`. */
function verdicts(activities: readonly Activity[], changed: Partial<MachineFilter> = {}): string[] {
  const found = judge(activities, { ...filter, ...changed });
  return activities.flatMap(({ activityId }) => {
    const verdict = found.get(activityId);
    return verdict ? [`${verdict.by}: ${verdict.reasons.join(', ')}`] : [];
  });
}

describe('who fetched it', () => {
  const opened = (properties: Record<string, string>) => aRow('email.opened', 60, { messageId: 'm1', ...properties });
  it.each([
    ['a browser', { userAgent: safari }, 'human: no sign of a machine'],
    ['nobody says', {}, 'human: no sign of a machine'],
    ['a bare Mozilla/5.0', { userAgent: 'Mozilla/5.0' }, 'machine: the user agent of a privacy prefetch'],
    ['an empty user agent', { userAgent: ' ' }, 'machine: no user agent'],
    ['the Gmail prefetch', { userAgent: gmailPrefetch }, 'machine: the user agent of a Gmail prefetch'],
    ['a known scanner', { userAgent: 'Googlebot/2.1' }, 'machine: the user agent of a known scanner'],
    ['the image proxy of Gmail', { userAgent: imageProxy }, 'human: no sign of a machine'],
    ['what SES takes for a bot', { isBotEvent: 'Likely' }, 'machine: SES says a bot is likely'],
    ['what SES takes for a person', { isBotEvent: 'Unlikely' }, 'human: SES says a bot is unlikely'],
    [
      'SES’s person with a scanner’s name',
      { isBotEvent: 'Unlikely', userAgent: 'Googlebot/2.1' },
      'machine: the user agent of a known scanner',
    ],
  ])('is told by its name or by SES: %s (Q7)', (_, properties, expected) => {
    expect(verdicts([delivery, opened(properties)])).toEqual([expected]);
  });

  it('is told by the account’s own list of scanners too, the proxy of Gmail included', () => {
    const userAgents = ['acme-mailguard', 'GoogleImageProxy'];
    expect(verdicts([opened({ userAgent: 'Mozilla/5.0 ACME-MailGuard/2' })], { userAgents })).toEqual([
      'machine: the user agent of a scanner on our list',
    ]);
    expect(verdicts([opened({ userAgent: imageProxy })], { userAgents })[0]).toMatch(/^machine/);
  });
});

describe('how soon after the delivery', () => {
  it.each([
    ['at once', 0.4, 'machine: clicked 0.4 s after delivery'],
    ['in five seconds', 5, 'machine: clicked 5.0 s after delivery'],
    ['later', 5.1, 'human: no sign of a machine'],
    ['before it', -3, 'machine: clicked before it was delivered'],
    ['long before it: its clock is wrong', -61, 'human: no sign of a machine'],
  ])('a click comes: %s', (_, seconds, expected) => {
    expect(verdicts([delivery, aClick(seconds)])).toEqual([expected]);
  });

  it('is measured from when it was sent, where no delivery is known', () => {
    const { occurredAt: sentAt } = delivery;
    expect(verdicts([aClick(3, { sentAt })])).toEqual(['machine: clicked 3.0 s after it was sent']);
    expect(verdicts([aClick(3)])).toEqual(['human: no sign of a machine']);
    // Delivered late: the late signal judges anew.
    const late = aRow('email.delivered', 20, { messageId: 'm1' });
    expect(verdicts([late, aClick(23, { sentAt })])).toEqual(['machine: clicked 3.0 s after delivery']);
    expect(verdicts([late, aClick(33, { sentAt })])).toEqual(['human: no sign of a machine']);
  });

  it('says nothing about an open: mail programs load pictures when the mail comes', () => {
    expect(verdicts([delivery, aRow('email.opened', 1, { messageId: 'm1', userAgent: safari })])).toEqual([
      'human: no sign of a machine',
    ]);
  });

  it('says nothing about another message', () => {
    expect(verdicts([delivery, aClick(2, { messageId: 'm2' })])).toEqual(['human: no sign of a machine']);
  });
});

describe('a burst', () => {
  const on = (seconds: number, link: string, more = {}) =>
    aClick(seconds, { link: `https://a.example/${link}`, ...more });
  const burst = 'machine: 3 different links or more within 2 s';
  const human = 'human: no sign of a machine';

  it('of three links within two seconds is a machine’s, all of it, and nothing around it', () => {
    const clicks = [on(60, 'a'), on(100, 'a'), on(100.5, 'b'), on(102, 'c'), on(102.3, 'd'), on(106, 'e')];
    expect(verdicts(clicks)).toEqual([human, burst, burst, burst, burst, human]);
  });

  it('is none of two links, of one link again and again, of two messages, or in a longer time', () => {
    expect(verdicts([on(60, 'a'), on(60.5, 'b'), on(61, 'a'), on(61.5, 'b')])).toEqual([human, human, human, human]);
    expect(verdicts([on(60, 'a'), on(60.5, 'b'), on(61, 'c', { messageId: 'm2' })])).toEqual([human, human, human]);
    expect(verdicts([on(60, 'a'), on(61, 'b'), on(62.1, 'c')])).toEqual([human, human, human]);
  });

  it('counts a link once, whatever its ids', () => {
    const clicks = [on(60, 'a?ripen_lid=x.1'), on(60.5, 'a?ripen_lid=x.2'), on(61, 'b')];
    expect(verdicts(clicks)).toEqual([human, human, human]);
  });
});

describe('the link for machines', () => {
  const trapped = 'machine: a link that only machines meet was followed';
  it('gives away all clicks of its message within a minute, but the one whose page was then read (§2.5)', () => {
    const view = aRow('page.viewed', 141, { linkId: 'id.1' });
    const clicks = [
      aClick(100),
      aClick(200, { link: trap }),
      aClick(140, { link: `${pricing}?ripen_lid=id.1` }),
      aClick(260.1),
      aClick(200, { messageId: 'm2' }, 'other'),
    ];
    expect(verdicts([...clicks, view])).toEqual([
      'human: no sign of a machine',
      trapped,
      'human: they then read the page',
      'human: no sign of a machine',
      'human: no sign of a machine',
    ]);
  });

  it('is known by its path alone', () => {
    const links = ['https://x.example/p/machines/?a=1', 'https://x.example/p/machines-for-sale', '/p/machines'];
    expect(links.map((link) => verdicts([aClick(60, { link })])[0]?.slice(0, 5))).toEqual(['machi', 'human', 'human']);
  });
});

describe('a second actor (Q10)', () => {
  const first = aClick(60);
  const scanner = { userAgent: chrome, ipAddress: '198.51.100.7' };
  const human = 'human: no sign of a machine';

  it.each([
    ['another program', 72, { userAgent: chrome }, 'machine: somebody else clicked the same link 12.0 s before'],
    ['another place', 60.3, { ipAddress: '198.51.100.7' }, 'machine: somebody else clicked the same link 0.3 s before'],
    ['the same one again', 72, {}, human],
    ['a minute later', 120.1, scanner, human],
    ['another link', 72, { ...scanner, link: 'https://orchard.example/' }, human],
    ['the same link of another message', 72, { ...scanner, messageId: 'm2' }, human],
  ])('follows a person’s click: %s', (_, seconds, properties, expected) => {
    expect(verdicts([first, aClick(seconds, properties)])).toEqual([human, expected]);
  });

  it('is not the person who comes back after it', () => {
    expect(verdicts([first, aClick(70, scanner), aClick(80)]).map((verdict) => verdict.split(':')[0])).toEqual([
      'human',
      'machine',
      'human',
    ]);
  });

  it('is not the person who comes after a machine', () => {
    expect(verdicts([delivery, aClick(3, scanner), aClick(40)])[1]).toBe(human);
  });
});

describe('a page that they read', () => {
  const click = (seconds: number, more = {}) => aClick(seconds, { link: `${pricing}?ripen_lid=id.1`, ...more });
  const view = (seconds: number, linkId = 'id.1') => aRow('page.viewed', seconds, { linkId });
  const proven = 'human: they then read the page';

  it('proves a person against every sign but the link for machines', () => {
    const suspicious = click(0.5, { isBotEvent: 'Likely', userAgent: 'Googlebot/2.1' });
    expect(verdicts([delivery, suspicious, view(2)])).toEqual([proven]);
    expect(verdicts([click(60), click(70, { userAgent: chrome }), view(71)])[1]).toBe(proven);
  });

  it.each([
    ['it was before the click', 0.4, 'id.1'],
    ['it was half an hour later', 1800.6, 'id.1'],
    ['it was by another link', 2, 'id.2'],
  ])('proves nothing when %s', (_, seconds, linkId) => {
    expect(verdicts([delivery, click(0.5), view(seconds, linkId)])).toEqual(['machine: clicked 0.5 s after delivery']);
  });

  it('proves the click that led there, not the gateway’s before it nor the scanner’s after it', () => {
    const gateway = click(0.5, { userAgent: chrome });
    const scanner = click(612, { userAgent: chrome });
    expect(
      verdicts([delivery, gateway, click(600), view(602), scanner]).map((verdict) => verdict.split(':')[0]),
    ).toEqual(['machine', 'human', 'machine']);
  });

  it('is found by the id beside the link as well', () => {
    expect(verdicts([delivery, aClick(0.5, { linkId: 'id.1' }), view(2)])).toEqual([proven]);
  });
});

describe('the filter', () => {
  it('decides from which weight on it is certain: what lies below is unsure', () => {
    const hasty = [delivery, aClick(3, { isBotEvent: 'Unlikely' })];
    expect(verdicts(hasty, { certainFrom: 0.85 })).toEqual(['unsure: clicked 3.0 s after delivery']);
    expect(verdicts([delivery, aClick(0.5)], { certainFrom: 0.85 })[0]).toMatch(/^machine/);
  });

  it('gives every reason, the heaviest first', () => {
    expect(verdicts([delivery, aClick(3, { userAgent: '', isBotEvent: 'Likely' })])).toEqual([
      'machine: no user agent, SES says a bot is likely, clicked 3.0 s after delivery',
    ]);
  });

  it('has nothing to say about anything but opens and clicks', () => {
    expect(judge([delivery, aRow('page.viewed', 1, { linkId: 'id.1' })], filter).size).toBe(0);
  });
});
