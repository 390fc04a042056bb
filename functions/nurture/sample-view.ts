import type { MessageView } from './email-template.ts';

/** Somebody made up, for looking at an e-mail without a lead. The address is of a domain that never exists (RFC 2606). */
export function sampleLead(language: string): MessageView['lead'] {
  return {
    ...{ name: 'Ana Souza', firstName: 'Ana', email: 'ana@sample.example', language },
    ...{ company: 'Pomar Alimentos', role: 'Head of marketing', industry: 'Food' },
  };
}

/** What the other rooms put into the e-mails they ask for, made up: every name that a shipped template shows. */
export function sampleData(baseUrl: string): MessageView['data'] {
  return {
    asset: { title: 'The asset that the form promised', url: `${baseUrl}/p/your-trial` },
    ...{ form: 'ebook', contractEnd: '2027-03-31', confirmUrl: `${baseUrl}/p/sample` },
    ...{
      name: 'Ana Souza',
      company: 'Pomar Alimentos',
      role: 'Head of marketing',
      phone: '',
      email: 'ana@sample.example',
    },
    ...{ score: 62, why: 'They asked for a consultation.', doNotEmail: false, qualifiedAt: '23 Nov 2026, 14:20' },
    ...{ link: `${baseUrl}/leads`, leadUrl: `${baseUrl}/leads`, url: `${baseUrl}/sending` },
    reasons: [{ points: '+25', text: 'started the free trial', at: '23 Nov 2026' }],
    activities: [{ at: '23 Nov 2026', text: 'viewed /pricing' }],
    ...{ intro: 'Rita, this lead is yours.', nextStep: 'Write to them now, and offer a time to talk.' },
    ...{
      deadline: 'Accept it by 14:50: after that it goes to the next rep.',
      said: '',
      phoneNote: 'No number is known.',
    },
    ...{
      emailNote: 'They agreed to marketing e-mail.',
      headline: 'Ana Souza has asked again.',
      openUrl: `${baseUrl}/handoffs`,
    },
    ...{ excerpt: 'Thank you. Could we talk on Thursday?', reason: 'somebody paused it', figures: '' },
  };
}
