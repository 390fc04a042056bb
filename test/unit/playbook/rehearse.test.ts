import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { compilePlaybook, type PlaybookParts } from '../../../bin/playbook/compile.ts';
import { Persona, PersonaError, readPersona } from '../../../bin/playbook/rehearse/persona.ts';
import { rehearse, type Transcript } from '../../../bin/playbook/rehearse/rehearse.ts';
import { linesOf } from '../../../bin/playbook/rehearse/transcript.ts';
import { localTimeOf } from '../../../functions/leads/local-time.ts';

const folder = 'playbook/personas';
let parts: PlaybookParts;
beforeAll(async () => {
  parts = (await compilePlaybook('playbook')).parts;
}, 60_000);

const nobody = {
  email: 'nora@example.com',
  consents: ['marketing'],
  startsAt: '2026-11-02T09:15:00-03:00',
  does: [{ after: 'PT0S', activity: 'form.submitted', properties: { form: 'ebook' } }],
};

/** The marketing e-mails of a transcript: when by the lead's own clock, and which. */
const marketing = ({ scenes, timeZone }: Transcript) =>
  scenes.flatMap((scene) =>
    scene.kind === 'mail' && !/^(asset|confirm)/.test(scene.message.tags.sequence ?? '') && !scene.message.tags.audience
      ? [{ ...localTimeOf(scene.at, timeZone), template: scene.message.tags.template ?? '' }]
      : [],
  );

describe('T12 the shipped playbook, rehearsed', () => {
  it.each(readdirSync(folder))('%s gets each e-mail once, awake, and never too many', async (file) => {
    const transcript = await rehearse(await readPersona(`${folder}/${file}`), 30, parts);
    const mails = marketing(transcript);
    expect(mails.length).toBeGreaterThanOrEqual(3);
    expect(new Set(mails.map(({ template }) => template)).size).toBe(mails.length);
    // The first one answers what they have just done, at whatever hour.
    for (const { time } of mails.slice(1)) expect(time >= '07:00' && time < '22:00').toBe(true);
    const perDay = Map.groupBy(mails, ({ day }) => day);
    for (const [, ofDay] of perDay) expect(ofDay.length).toBeLessThanOrEqual(parts.account.caps.perDay);
  });

  it('brings a month of the e-book reader’s mail as a marketer would sign it', async () => {
    const transcript = await rehearse(await readPersona(`${folder}/ana-sao-paulo.json`), 30, parts);
    const told = marketing(transcript).map(({ day, time, template }) => `${day} ${time} ${template}`);
    expect(told.slice(0, 3)).toEqual([
      '2026-11-02 09:15 welcome-1',
      '2026-11-04 09:15 welcome-2',
      '2026-11-07 09:15 welcome-3',
    ]);
    expect(told.slice(3).map((line) => line.slice(11, 16))).toEqual(
      Array.from({ length: told.length - 3 }, () => '09:00'),
    );
  });

  it('N8 asks the one who never answers whether to go on, and U3 follows up on who never booked', async () => {
    const silent = await rehearse(await readPersona(`${folder}/kenji-tokyo.json`), 60, parts);
    expect(marketing(silent).map(({ template }) => template)).toContain('re-engagement-1');
    const unbooked = await rehearse(await readPersona(`${folder}/iara-manaus.json`), 30, parts);
    expect(marketing(unbooked).map(({ template }) => template)).toContain('mql-follow-up-1');
  });

  it('N13 brings nothing more once sales has the lead', async () => {
    const asks = { after: 'P1D', activity: 'form.submitted', properties: { form: 'consultation' } };
    const transcript = await rehearse(Persona.parse({ ...nobody, does: [...nobody.does, asks] }), 30, parts);
    expect(marketing(transcript).map(({ template }) => template)).toEqual(['welcome-1']);
    expect(transcript.scenes.some(({ kind }) => kind === 'handed-off')).toBe(true);
  });

  it('N13 brings nothing more after a reply, and nothing at all without consent', async () => {
    const replies = { opens: [], clicks: [], replies: ['welcome-1'] };
    const replied = await rehearse(Persona.parse({ ...nobody, reads: replies }), 30, parts);
    expect(marketing(replied).map(({ template }) => template)).toEqual(['welcome-1']);
    expect(marketing(await rehearse(Persona.parse({ ...nobody, consents: [] }), 30, parts))).toEqual([]);
  });

  it('N12 writes a month before the contract ends', async () => {
    const won = { after: 'P1D', activity: 'deal.won', properties: { contractEnd: '2026-12-20' } };
    const transcript = await rehearse(Persona.parse({ ...nobody, does: [...nobody.does, won] }), 30, parts);
    const renewal = marketing(transcript).filter(({ template }) => template.startsWith('renewal'));
    expect(renewal[0]).toMatchObject({ day: '2026-11-20', template: 'renewal-1' });
  });

  it('says in lines what a terminal shows, and marks the sequence it is about', async () => {
    const transcript = await rehearse(Persona.parse(nobody), 3, parts);
    const lines = linesOf(transcript, 'welcome');
    expect(lines).toContain('Mon, 2 Nov 2026');
    expect(lines.some((line) => /09:15 {2}✉ “.*\(welcome-1; welcome, step 1\)/.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/welcome: at step 5, next on .*\. The sequence waits here, as it was written\.$/);
  });
});

it('tells what happens in words, and not in the names of the code', async () => {
  for (const file of ['iara-manaus.json', 'tomas-lisbon.json', 'grace-new-york.json']) {
    const transcript = await rehearse(await readPersona(`${folder}/${file}`), 20, parts);
    const told = linesOf(transcript, 'welcome').join('\n');
    expect(told).toContain('re-engagement is over: the sequence ends here for them');
    expect(told).toMatch(/· (filled in the form|looked at)/);
    expect(told).toMatch(/· opened an e-mail \([a-z0-9-]+\)/);
    expect(told).not.toMatch(/exit-step|wait-for|completed|form\.submitted|page\.viewed|email\.opened/);
  }
});

describe('a persona that cannot be rehearsed', () => {
  it('says what to mend', async () => {
    await expect(readPersona('nowhere.json')).rejects.toThrow(/there is no file nowhere\.json/);
    const wrong = Persona.parse({ ...nobody, does: [{ ...nobody.does[0], properties: { form: 'e-book' } }] });
    await expect(rehearse(wrong, 3, parts)).rejects.toThrow(PersonaError);
  });
});

vi.spyOn(console, 'log').mockImplementation(() => {});
