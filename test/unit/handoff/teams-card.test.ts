import { describe, expect, it } from 'vitest';
import { teamsHotLead, teamsNews } from '../../../functions/handoff/teams-card.ts';
import { aHostileLead, anActivity, textsIn, toldOf } from './a-told-lead.ts';

describe('a hot lead in Teams', () => {
  it('is an Adaptive Card in the envelope of Workflows, with three links to press', () => {
    const message = teamsHotLead(toldOf({}, {}, [anActivity(0)]));
    const [attachment] = message.attachments;
    expect(message.type).toBe('message');
    expect(attachment).toMatchObject({ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null });
    expect(attachment.content).toMatchObject({ type: 'AdaptiveCard', version: '1.4', lang: 'en' });
    const buttons = attachment.content.body.find(({ type }) => type === 'ActionSet');
    expect(buttons).toEqual({
      type: 'ActionSet',
      actions: [
        { type: 'Action.OpenUrl', title: 'Accept', url: 'https://ripen.example/h/to.ken#accept', style: 'positive' },
        { type: 'Action.OpenUrl', title: 'Reject', url: 'https://ripen.example/h/to.ken#reject', style: 'destructive' },
        { type: 'Action.OpenUrl', title: 'Open the hand-off', url: 'https://ripen.example/h/to.ken' },
      ],
    });
    const said = textsIn(attachment.content.body).join('\n');
    for (const each of ['Hot lead: Maria Prado, Padaria Sol', '+25', 'looked at /pricing', 'Hi Maria,'])
      expect(said).toContain(each);
  });

  it('fits into 28 KB and reads no Markdown in what a lead typed, whatever it is', () => {
    for (const language of ['en', 'pt-BR']) {
      const message = teamsHotLead(aHostileLead({ language }));
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(28_000);
      const { body, fallbackText } = message.attachments[0].content;
      const kinds = JSON.stringify(body).match(/"type":"([\w.]+)"/g);
      // A TextBlock or a FactSet reads Markdown; a run does not.
      expect(new Set(kinds)).toEqual(
        new Set(
          ['RichTextBlock', 'TextRun', 'Container', 'ActionSet', 'Action.OpenUrl'].map((kind) => `"type":"${kind}"`),
        ),
      );
      for (const text of [...textsIn(body), fallbackText]) expect(text).not.toMatch(/\{\{|[\r\n]/);
      const urls = JSON.stringify(body).match(/"url":"[^"]+"/g) ?? [];
      expect(urls).toHaveLength(3);
      for (const url of urls) expect(url).toMatch(/^"url":"https:\/\/ripen\.example\/h\//);
    }
  });

  it('tells short news to somebody by name', () => {
    const { body } = teamsNews({
      language: 'pt-BR',
      to: 'Ana',
      headline: 'Maria pediu.',
      openUrl: 'https://r.example/h/t',
    }).attachments[0].content;
    expect(textsIn(body)).toEqual(expect.arrayContaining(['Ana: ', 'Maria pediu.']));
  });
});
