import type { Language } from './language.ts';

const english = {
  title: 'Connect',
  head: 'Connect a form',
  lede: 'Paste a form into any page, add the tracker once, send a test. What a form asks stands in the playbook.',
  tracker: 'The tracker',
  trackerCode: 'Tracker snippet',
  trackerNote:
    'Once per page, in the head. It tells which pages a lead looks at and which campaign brought them. It sets no cookie before somebody agrees, respects Do Not Track, and weighs less than 3 KB.',
  forms: 'Forms',
  none: 'The playbook has no form',
  noneYet: 'Describe the first one in',
  paste: '1. Paste the form',
  formCode: (formId: string) => `HTML of the form ${formId}`,
  postsTo: 'It posts to',
  anyForm:
    'Any form with these field names may do so, also from a page builder or a program with JSON. See it on its own page:',
  test: '2. Send a test',
  send: 'Send the test',
  realWay: 'This is the real way in: the test appears among the leads. Mail to example.com reaches nobody.',
  lastOneRejected: 'Last one rejected',
  nothing: 'Nothing received yet',
  received: 'Received',
  lastReceived: 'Last received',
  lastRejected: 'Last rejected',
  field: 'field',
  dropped: (count: number) =>
    `The last submission had ${count} unknown ${count > 1 ? 'fields' : 'field'}, which the form does not declare. They were dropped, not stored.`,
};

/** The words of the page that connects a form. */
export const connectText: Readonly<Record<Language, typeof english>> = {
  en: english,
  'pt-BR': {
    title: 'Conectar',
    head: 'Conectar um formulário',
    lede: 'Cole um formulário em qualquer página, ponha o rastreador uma vez, envie um teste. O que um formulário pergunta está no playbook.',
    tracker: 'O rastreador',
    trackerCode: 'Código do rastreador',
    trackerNote:
      'Uma vez por página, no head. Ele diz quais páginas um lead vê e qual campanha o trouxe. Não grava cookie antes de alguém concordar, respeita o Do Not Track e pesa menos de 3 KB.',
    forms: 'Formulários',
    none: 'O playbook não tem formulário',
    noneYet: 'Descreva o primeiro em',
    paste: '1. Cole o formulário',
    formCode: (formId) => `HTML do formulário ${formId}`,
    postsTo: 'Ele envia para',
    anyForm:
      'Qualquer formulário com estes nomes de campo pode fazer o mesmo, também de um construtor de páginas ou de um programa com JSON. Veja-o na própria página:',
    test: '2. Envie um teste',
    send: 'Enviar o teste',
    realWay: 'Este é o caminho real: o teste aparece entre os leads. E-mails para example.com não chegam a ninguém.',
    lastOneRejected: 'Último recusado',
    nothing: 'Nada recebido ainda',
    received: 'Recebido',
    lastReceived: 'Último recebido',
    lastRejected: 'Último recusado',
    field: 'campo',
    dropped: (count) =>
      `O último envio tinha ${count} ${count > 1 ? 'campos desconhecidos' : 'campo desconhecido'}, que o formulário não declara. Foram descartados, não guardados.`,
  },
};
