import { Forms } from '../../functions/capture/form.ts';
import { Account } from '../../functions/leads/account.ts';

/** An account whose language is English and whose days are São Paulo's. */
export const account = Account.parse({
  name: 'Orchard',
  senderName: 'Clara at Orchard',
  senderEmail: 'hello@orchard.example',
  replyTo: 'hello@orchard.example',
  postalAddress: 'Orchard Software, Rua das Laranjeiras 100, Rio de Janeiro, Brazil',
  timeZone: 'America/Sao_Paulo',
  currency: 'BRL',
  language: 'en',
  languages: ['en', 'pt-BR'],
});

const label = { en: 'Label', 'pt-BR': 'Rótulo' };
const marketing = { purpose: 'marketing', wording: { en: 'Yes, e-mail me.', 'pt-BR': 'Sim, quero e-mails.' } };

/** One form of every kind that behaves differently at the door. */
export const forms = Forms.parse({
  writeKeys: ['local'],
  forms: {
    ebook: {
      title: { en: 'The handbook', 'pt-BR': 'O manual' },
      magnet: 'e-book',
      funnelStage: 'TOFU',
      fields: [
        { name: 'email', type: 'email', label, required: true, maxLength: 320 },
        { name: 'name', type: 'text', label, maxLength: 40 },
        { name: 'phone', type: 'tel', label, maxLength: 40 },
        { name: 'country', type: 'country', label },
        { name: 'revenue', type: 'number', label },
        { name: 'size', type: 'select', label, options: ['1-10', '11-50'] },
        { name: 'message', type: 'textarea', label },
        { name: 'site', type: 'url', label },
      ],
      consents: [marketing],
      doubleOptIn: false,
      thankYou: '/p/thank-you?form=ebook',
    },
    trial: {
      title: label,
      magnet: 'free-trial',
      funnelStage: 'BOFU',
      fields: [{ name: 'email', type: 'email', label, required: true, maxLength: 320 }],
      consents: [marketing],
      doubleOptIn: false,
      records: ['trial.started'],
    },
    demo: {
      title: label,
      magnet: 'live-demo',
      funnelStage: 'BOFU',
      fields: [{ name: 'email', type: 'email', label, required: true, maxLength: 320 }],
      consents: [marketing],
      doubleOptIn: false,
      explicitRequest: true,
      allowedOrigins: ['https://www.orchard.example'],
    },
    newsletter: {
      title: label,
      magnet: 'newsletter',
      funnelStage: 'TOFU',
      fields: [{ name: 'email', type: 'email', label, required: true, maxLength: 320 }],
      consents: [marketing],
    },
  },
});
