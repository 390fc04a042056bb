import { describe, expect, it } from 'vitest';
import { slackHotLead, slackNews } from '../../../functions/handoff/slack-message.ts';
import { aHostileLead, anActivity, attacks, textsIn, toldOf } from './a-told-lead.ts';

const phone = { attributes: { name: 'Maria Prado', company: 'Padaria Sol', phone: '+55 11 91234-5678' } };

/** Every object with a type, wherever it stands. */
function elementsIn(value: unknown): readonly Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value ? [{ ...value }] : [];
  return [...own, ...Object.values(value).flatMap(elementsIn)];
}

describe('a hot lead in Slack', () => {
  it('says everything, with the buttons above what takes longer to read', () => {
    const message = slackHotLead(toldOf({ qualifiedBy: 'explicit-request' }, phone, [anActivity(0)]));
    expect(message.text).toBe('Hot lead: Maria Prado, Padaria Sol. They asked to talk to us.');
    expect(message.blocks.map(({ type }) => type)).toEqual([
      ...['header', 'rich_text', 'rich_text', 'rich_text', 'actions', 'context', 'divider'],
      ...['rich_text', 'rich_text', 'rich_text'],
    ]);
    expect(message.blocks[4]).toEqual({
      type: 'actions',
      elements: [
        ['accept', 'Accept', 'https://ripen.example/h/to.ken#accept', 'primary'],
        ['reject', 'Reject', 'https://ripen.example/h/to.ken#reject', 'danger'],
        ['open', 'Open the hand-off', 'https://ripen.example/h/to.ken'],
      ].map(([action_id, text, url, style]) => ({
        ...{ type: 'button', action_id, url },
        text: { type: 'plain_text', text, emoji: false },
        ...(style && { style }),
      })),
    });
    const said = textsIn(message.blocks).join('\n');
    expect(said).toContain('Call them now');
    expect(said).toContain('looked at /pricing');
    expect(said).toContain('Hi Maria,');
    expect(said).toContain('+55 11 91234-5678');
  });

  it('keeps to Slack’s limits and reads no markup in what a lead typed, whatever it is', () => {
    const message = slackHotLead(aHostileLead());
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(message).length).toBeLessThan(16_000);
    for (const { type, text } of elementsIn(message)) {
      // Nothing is mrkdwn, so nothing is a mention, a link or bold that we did not make one.
      expect(type).not.toBe('mrkdwn');
      expect(['user', 'usergroup', 'channel', 'broadcast', 'emoji', 'image']).not.toContain(type);
      if (type === 'plain_text') expect(String(text).length).toBeLessThanOrEqual(3_000);
      if (type === 'text') expect(String(text)).not.toBe('');
    }
    const [header] = message.blocks;
    if (header?.type !== 'header') throw new Error('the header is first');
    expect(header.text.text.length).toBeLessThanOrEqual(150);
    expect(message.text).not.toMatch(/[<>]/);
    expect(message.text).toContain('&lt;script&gt;');
    for (const url of elementsIn(message).flatMap(({ url }) => (typeof url === 'string' ? [url] : [])))
      expect(url).toMatch(/^(https:\/\/ripen\.example\/h\/|mailto:)/);
  });

  it('tells short news to somebody by name, since several may read one channel', () => {
    const news = slackNews({
      language: 'en',
      to: 'Ana',
      headline: `${attacks} has asked again.`,
      openUrl: 'https://r.example/h/t',
    });
    expect(textsIn(news.blocks)).toContain('Ana: ');
    expect(news.text).not.toContain('<!channel>');
  });
});
