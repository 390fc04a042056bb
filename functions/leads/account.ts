import * as z from 'zod';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day like 07:30');

const dayMinutes = 24 * 60;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** An IANA zone, by any of its names: Asia/Kolkata and Asia/Calcutta are one. */
export const TimeZone = z.string().refine(isTimeZone, 'use an IANA time zone such as America/Sao_Paulo');

function isTimeZone(zone: string): boolean {
  try {
    // An offset has no summer time.
    return /^[A-Z]/i.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const Weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
export type Weekday = z.infer<typeof Weekday>;

/** When nobody wants a marketing e-mail, in the lead's own time zone. The same time twice: no such hours. */
export const QuietHours = z
  .strictObject({ from: TimeOfDay, to: TimeOfDay })
  // With four hours a day an e-mail is less than a day late, whatever the clocks do.
  .refine(({ from, to }) => (minutesOf(to) - minutesOf(from) + dayMinutes) % dayMinutes <= 20 * 60, {
    error: 'leave four hours of the day or more in which e-mail may go',
  });
export type QuietHours = z.infer<typeof QuietHours>;

/** The most marketing e-mails that one lead gets: on a day of their own calendar, and on seven days in a row (I-M5). */
const Caps = z.strictObject({ perDay: z.number().int().positive(), perWeek: z.number().int().positive() });

const Rate = z.number().positive().max(1, 'write a share, such as 0.04 for 4 %');

/** How carefully mail goes out: what a new domain may send, and the rates at which marketing e-mail stops by itself. */
export const Sending = z.strictObject({
  /** The first day on which this domain sends: from then on it sends a little more every day. Left out: it has sent before. */
  warmUpFrom: z.iso.date('write a day like 2026-11-20').optional(),
  /** AWS reviews an account at 5 % and may stop it at 10 %. */
  pauseAtBounceRate: Rate.default(0.04),
  /** AWS reviews an account at 0.1 %, which is also where mailbox providers begin to block. */
  pauseAtComplaintRate: Rate.default(0.0008),
});
export type Sending = z.infer<typeof Sending>;

/** How long what nobody has asked to erase is kept (docs/privacy.md). */
const Retention = z.strictObject({
  /** What a visitor did waits so long for them to say who they are. A shorter time holds for what comes from then on. */
  visitorDays: z.number().int().min(1).max(365).default(90),
});

/** The team that runs this Ripen: who the e-mails are from, and whose calendar and money the figures are in (requirements §2.14). */
export const Account = z.strictObject({
  name: z.string().min(1),
  senderName: z.string().min(1),
  senderEmail: z.email(),
  replyTo: z.email(),
  /** Every marketing e-mail carries it (I-M4; CAN-SPAM Act § 7704(a)(5)). */
  postalAddress: z.string().min(10),
  timeZone: TimeZone,
  currency: z.string().regex(/^[A-Z]{3}$/, 'use an ISO 4217 code such as BRL'),
  language: z.string().min(2),
  languages: z.array(z.string().min(2)).min(1),
  /** Our own web sites, each with all below it: a link to one of them in a lead's message says which link brought them. */
  sites: z
    .array(z.string().regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'write a host alone, such as orchard.example'))
    .default([]),
  /** Sensitive attributes, such as `age`, that this account has decided to ask for and keep, by name (requirements §2.20). */
  sensitiveAttributes: z.array(z.string().min(1)).default([]),
  quietHours: QuietHours.default({ from: '22:00', to: '07:00' }),
  /** The weekdays, in the lead's own time zone, on which marketing e-mail goes. */
  sendDays: z
    .array(Weekday)
    .min(1, 'name at least one day')
    .default([...Weekday.options]),
  caps: Caps.default({ perDay: 2, perWeek: 5 }),
  sending: Sending.default({ pauseAtBounceRate: 0.04, pauseAtComplaintRate: 0.0008 }),
  /** Where replies to our mail arrive, when SES receives them for us: a domain of its own whose MX record is SES's. */
  replies: z
    .strictObject({
      domain: z.string().regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'write a domain like reply.orchard.example'),
    })
    .optional(),
  retention: Retention.default({ visitorDays: 90 }),
});
export type Account = z.infer<typeof Account>;
