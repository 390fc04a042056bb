import * as z from 'zod';
import { ActivityType, operatorActivityTypes, Purpose } from '../leads/activity.ts';

/** A text in each language it exists in (BCP 47): `{ en: 'Name', pt-BR: 'Nome' }`. The first is the one to fall back on. */
export const LocalText = z
  .record(z.string().min(2), z.string().min(1))
  .refine((texts) => Object.keys(texts).length > 0, 'write the text in at least one language, such as en: …');
export type LocalText = z.infer<typeof LocalText>;

/** Up to three short sentences, in each language: what a visitor reads beside the form. */
const Promises = z.record(z.string().min(2), z.array(z.string().min(1).max(120)).min(1).max(3));

export const FunnelStage = z.enum(['TOFU', 'MOFU', 'BOFU']);
export type FunnelStage = z.infer<typeof FunnelStage>;

/** What a form may give in exchange for contact data (A3). `newsletter` is ours: the list itself is what the visitor gets. */
export const LeadMagnet = z.enum([
  // To learn about a subject, TOFU:
  'newsletter',
  'checklist',
  'e-book',
  'template',
  'worksheet',
  'cheat-sheet',
  // To learn about a solution, MOFU:
  'video-training',
  'case-study',
  'webinar',
  'email-course',
  'white-paper',
  // To try or to buy, BOFU:
  'live-demo',
  'free-trial',
  'discount',
  'comparison-chart',
  'free-consultation',
]);
export type LeadMagnet = z.infer<typeof LeadMagnet>;

/** Names the door itself reads; a form's own fields must not take them. */
const reservedNames = ['consent', 'submission_id', 'ripen_aid', 'language', 'landing_page', 'referrer'];

/** What the house says about a lead. The public never does (I-F3), so no field may have such a name. */
const houseNames = ['score', 'rating', 'stage', 'owner', 'suppressed', 'lead_id', 'leadId'];

const FieldType = z.enum(['email', 'text', 'textarea', 'tel', 'url', 'number', 'select', 'country']);

/** One input of a form. `country` is an ISO 3166 code of two letters; `number` is stored as a number, all else as text. */
export const FormField = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, 'use lower-case letters, digits and underscores, such as company_size')
      .refine((name) => !reservedNames.includes(name) && !name.startsWith('utm_'), {
        error: 'Ripen itself reads an input of this name: choose another one',
      })
      .refine((name) => !houseNames.includes(name), 'a form cannot set what Ripen works out itself: remove this field'),
    type: FieldType,
    label: LocalText,
    required: z.boolean().default(false),
    /** In characters. What is longer is refused, not cut. */
    maxLength: z.number().int().min(1).max(5000).default(200),
    /** The values a `select` offers. */
    options: z.array(z.string().min(1).max(200)).min(1).optional(),
    /** The HTML autocomplete token, when the browser knows the answer: `organization`, `tel` … */
    autocomplete: z.string().optional(),
  })
  .refine(({ type, options }) => (type === 'select') === (options !== undefined), {
    path: ['options'],
    error: 'a select, and only a select, lists its options',
  });
export type FormField = z.infer<typeof FormField>;

/** A box the visitor may tick: what for, in the words they read. The wording's hash stays with the evidence (I-C5). */
export const ConsentBox = z.strictObject({ purpose: Purpose, wording: LocalText });
export type ConsentBox = z.infer<typeof ConsentBox>;

/** Where a browser goes, and what a message links to: a path on this site or a whole address. Stored, never the visitor's (I-O2). */
const Place = z
  .string()
  .max(1024)
  .refine((place) => /^\/(?![/\\])/.test(place) || (/^https:\/\//.test(place) && URL.canParse(place)), {
    error: 'write a path of this site such as /p/thank-you, or an address that begins with https://',
  });

/** What the visitor was promised. The thank-you page links it and one message brings it, consent or not (requirements §2.12). */
const Asset = z.strictObject({ title: LocalText, url: Place });

export const Form = z.strictObject({
  title: LocalText,
  description: LocalText.optional(),
  /** What the landing page promises, and the team keeps. Left out: it promises nothing. */
  promises: Promises.optional(),
  magnet: LeadMagnet,
  funnelStage: FunnelStage,
  /** In which language the form speaks when the page does not say; left out, the account's. */
  language: z.string().min(2).optional(),
  fields: z
    .array(FormField)
    .refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'two fields have the same name')
    .refine((fields) => fields.some(({ name, type, required }) => name === 'email' && type === 'email' && required), {
      error: 'a lead is known by the e-mail address: add a required field `email` of type email',
    }),
  consents: z.array(ConsentBox).default([]),
  /** Marketing e-mail waits until the address is confirmed; scoring and hand-off never wait (requirements §2.11). */
  doubleOptIn: z.boolean().default(true),
  /** The visitor asks to talk to somebody: sales gets the lead at any score (requirements §2.8). */
  explicitRequest: z.boolean().default(false),
  /** What else has happened when somebody submits this: a trial form records `trial.started` (requirements §2.7). */
  records: z
    .array(
      ActivityType.refine((type) => type !== 'form.submitted' && !operatorActivityTypes.includes(type), {
        error: 'Ripen itself records this: remove it',
      }),
    )
    .default([]),
  asset: Asset.optional(),
  thankYou: Place.default('/p/thank-you'),
  /** Sites whose pages may post this form, such as https://www.example.com. Left out: any. */
  allowedOrigins: z.array(z.string().regex(/^https?:\/\/[^/\s]+$/, 'write it like https://www.example.com')).optional(),
});
export type Form = z.infer<typeof Form>;

/** `playbook/forms.yaml`: every form that may be posted, by id, and who may post behaviour. */
export const Forms = z.strictObject({
  /** Tracking scripts and Segment clients name one of these. They stand in public pages: they sort traffic, they guard nothing. */
  writeKeys: z.array(z.string().min(3).max(128)).min(1),
  forms: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and dashes, such as case-study'),
    Form,
  ),
});
export type Forms = z.infer<typeof Forms>;

/** The form of that id, or `undefined`. An id comes from the public: `constructor` is not a form. */
export function formOf(forms: Forms, formId: string): Form | undefined {
  return Object.hasOwn(forms.forms, formId) ? forms.forms[formId] : undefined;
}

/** Is this form about a solution (MOFU and BOFU), rather than about information (requirements §2.7)? */
export function isSolution({ funnelStage }: Pick<Form, 'funnelStage'>): boolean {
  return funnelStage !== 'TOFU';
}

/** The text in that language, else in the same language of another region, else in the first language it is written in. */
export function textIn(texts: LocalText, language: string): string {
  return said(texts, language) ?? '';
}

/** What the landing page promises, in the language that `textIn` would choose. */
export function promisesIn({ promises = {} }: Pick<Form, 'promises'>, language: string): readonly string[] {
  return said(promises, language) ?? [];
}

function said<Said>(texts: Readonly<Record<string, Said>>, language: string): Said | undefined {
  const exact = texts[language];
  if (exact !== undefined) return exact;
  const [base = language] = language.split('-');
  const related = Object.keys(texts).find((key) => key.split('-')[0] === base);
  return texts[related ?? ''] ?? Object.values(texts)[0];
}
