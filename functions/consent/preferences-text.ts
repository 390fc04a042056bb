import type { Purpose } from '../leads/activity.ts';
import type { PageLanguage } from './unsubscribe-page.ts';

interface Question {
  readonly ask: string;
  readonly means: string;
}

export interface PreferencesText {
  readonly title: (account: string) => string;
  readonly about: (who: string) => string;
  readonly questions: Readonly<Record<Purpose, Question>>;
  readonly yes: string;
  readonly no: string;
  readonly language: string;
  readonly save: string;
  readonly saved: string;
  readonly changedSince: string;
  readonly unread: string;
  readonly noSaved: string;
  readonly former: string;
  readonly blocked: (replyTo: string) => string;
  readonly all: string;
  readonly allMeans: string;
  readonly allButton: string;
  readonly goneFrom: string;
}

/** The words of the preference page. What a person answers to is among them: its hash stays with the evidence (I-C5). */
export const preferencesText: Readonly<Record<PageLanguage, PreferencesText>> = {
  en: {
    title: (account) => `What you hear from ${account}`,
    about: (who) => `For ${who}. You can come back and change it at any time.`,
    questions: {
      marketing: {
        ask: 'May we send you tips, news and offers by e-mail?',
        means: 'A no holds at once, for everything we have started to send you.',
      },
      'sales-contact': {
        ask: 'May somebody from our team contact you about our product?',
        means: 'A person, by phone or by e-mail. Never a robot.',
      },
      tracking: {
        ask: 'May we see which of our e-mails you open and which links you follow?',
        means: 'It helps us to send less and better. With a no, our e-mails carry nothing that tells us.',
      },
    },
    yes: 'Yes',
    no: 'No',
    language: 'Language of our e-mails',
    save: 'Save',
    saved: 'Saved. It holds from now on.',
    changedSince: 'You had unsubscribed after this page was opened, so the old answer did not count. Choose again.',
    noSaved: 'Your no is saved. It holds from now on.',
    former:
      'This link went to an address that we no longer write to. To choose what you get, use the link in an e-mail that came to the new one. A no counts from here too.',
    unread: 'Your yes is not saved yet. Press Save to say it.',
    blocked: (replyTo) =>
      `Our mail to this address came back or was marked as spam, so we send none to it. Write to ${replyTo} and we will put it right.`,
    all: 'Nothing at all',
    allMeans: 'No e-mail of any kind, no contact, nothing noted.',
    allButton: 'Unsubscribe from everything',
    goneFrom: 'You are unsubscribed from everything. Nothing more will come.',
  },
  'pt-BR': {
    title: (account) => `O que você recebe da ${account}`,
    about: (who) => `Para ${who}. Você pode voltar e mudar quando quiser.`,
    questions: {
      marketing: {
        ask: 'Podemos enviar dicas, novidades e ofertas por e-mail?',
        means: 'Um não vale na hora, para tudo o que já começamos a enviar.',
      },
      'sales-contact': {
        ask: 'Alguém da nossa equipe pode falar com você sobre o nosso produto?',
        means: 'Uma pessoa, por telefone ou e-mail. Nunca um robô.',
      },
      tracking: {
        ask: 'Podemos ver quais e-mails nossos você abre e quais links segue?',
        means: 'Isso nos ajuda a enviar menos e melhor. Com um não, nossos e-mails não levam nada que nos conte.',
      },
    },
    yes: 'Sim',
    no: 'Não',
    language: 'Idioma dos nossos e-mails',
    save: 'Salvar',
    saved: 'Salvo. Vale a partir de agora.',
    changedSince:
      'Você cancelou a inscrição depois que esta página foi aberta, e a resposta antiga não valeu. Escolha de novo.',
    noSaved: 'Seu não foi salvo. Vale a partir de agora.',
    former:
      'Este link foi para um endereço para o qual não escrevemos mais. Para escolher o que você recebe, use o link de um e-mail que chegou no novo. Um não vale daqui também.',
    unread: 'Seu sim ainda não foi salvo. Aperte Salvar para dizer que sim.',
    blocked: (replyTo) =>
      `Nossos e-mails para este endereço voltaram ou foram marcados como spam, e por isso não enviamos nenhum. Escreva para ${replyTo} e nós resolvemos.`,
    all: 'Absolutamente nada',
    allMeans: 'Nenhum e-mail de nenhum tipo, nenhum contato, nada anotado.',
    allButton: 'Cancelar tudo',
    goneFrom: 'Você não está mais inscrito em nada. Nada mais vai chegar.',
  },
};
