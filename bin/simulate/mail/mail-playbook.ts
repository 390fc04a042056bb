import { Account } from '../../../functions/leads/account.ts';
import { EmailTemplates } from '../../../functions/nurture/email-template.ts';
import { PlannedSequences } from '../../../functions/nurture/planned-sequence.ts';
import { PromisedAssets } from '../../../functions/nurture/promised-asset.ts';
import { Sequences } from '../../../functions/nurture/sequence.ts';
import { timeZone } from '../models.ts';

export const account = Account.parse({
  name: 'Orchard',
  senderName: 'Clara',
  senderEmail: 'hello@orchard.example',
  replyTo: 'hello@orchard.example',
  postalAddress: 'Rua das Laranjeiras 100, Rio de Janeiro',
  timeZone,
  currency: 'BRL',
  language: 'en',
  languages: ['en'],
  caps: { perDay: 3, perWeek: 6 },
});

const email = (template: string) => ({ kind: 'email', template });

/** Short ones: what goes wrong goes wrong around an e-mail, not while nothing is due. */
export const sequences = Sequences.parse([
  {
    id: 'welcome',
    name: 'Welcome',
    entry: [{ activity: 'form.submitted', where: { form: ['ebook', 'checklist'] } }],
    steps: [email('one'), { kind: 'wait', duration: 'PT1M' }, email('two')],
  },
  {
    id: 'webinar',
    name: 'Webinar',
    priority: 60,
    entry: [{ activity: 'form.submitted', where: { form: 'webinar' } }],
    steps: [
      {
        kind: 'email',
        variants: [
          { name: 'a', template: 'three' },
          { name: 'b', template: 'four' },
        ],
      },
      {
        kind: 'waitFor',
        activities: [{ activity: 'email.clicked' }],
        within: 'PT5M',
        then: [email('five')],
        else: [email('six')],
      },
      email('seven'),
    ],
  },
]);

const followUp = { strategy: 'sequence', sequence: 'welcome' };
export const planned = PlannedSequences.parse({ iql: followUp, mql: followUp, sql: followUp, trial: followUp });

const footer = '{{ account.postalAddress }} {{ unsubscribeUrl }}';

export const emails = EmailTemplates.parse(
  ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'asset'].map((id) => ({
    id,
    language: 'en',
    subject: id,
    html: `<p>${footer}</p>`,
    text: footer,
  })),
);

export const assets = PromisedAssets.parse({
  forms: { ebook: { asset: { title: { en: 'The book' }, url: '/p/book' } }, checklist: {}, webinar: {} },
});
