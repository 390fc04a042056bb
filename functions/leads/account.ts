import * as z from 'zod';

/** The team that runs this Ripen: who the e-mails are from, and whose calendar and money the figures are in (requirements §2.14). */
export const Account = z.strictObject({
  name: z.string().min(1),
  senderName: z.string().min(1),
  senderEmail: z.email(),
  replyTo: z.email(),
  /** Every marketing e-mail carries it (I-M4; CAN-SPAM Act § 7704(a)(5)). */
  postalAddress: z.string().min(10),
  timeZone: z
    .string()
    .refine(
      (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
      'use an IANA time zone such as America/Sao_Paulo',
    ),
  currency: z.string().regex(/^[A-Z]{3}$/, 'use an ISO 4217 code such as BRL'),
  language: z.string().min(2),
  languages: z.array(z.string().min(2)).min(1),
  /** Our own web sites, each with all below it: a link to one of them in a lead's message says which link brought them. */
  sites: z
    .array(z.string().regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'write a host alone, such as orchard.example'))
    .default([]),
  /** Sensitive attributes, such as `age`, that this account has decided to ask for and keep, by name (requirements §2.20). */
  sensitiveAttributes: z.array(z.string().min(1)).default([]),
});
export type Account = z.infer<typeof Account>;
