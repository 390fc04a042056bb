import type { NoticeText } from './notice-text.ts';

export const portuguese: NoticeText = {
  hotLead: 'Lead quente',
  yours: (reader) => `${reader}, este lead é seu.`,
  yoursAsManager: (reader) => `${reader}, ninguém aceitou este lead a tempo: agora é seu.`,
  hadBefore: {
    missed: (rep) => `Antes estava com ${rep}, que não aceitou a tempo.`,
    declined: (rep, reason) => `Antes estava com ${rep}, que disse: ${reason}.`,
  },
  acceptBy: ({ at, next, manager }) =>
    `Aceite até ${at}: depois disso vai para ${next === 'manager' ? manager : 'o próximo vendedor'}.`,
  noDeadline: 'Aceite, ou recuse com um motivo.',
  why: {
    wroteBack: 'A pessoa respondeu.',
    request: 'A pessoa pediu para falar com a gente.',
    threshold: (score) => `A pessoa tem ${score} pontos e mostrou que quer comprar.`,
  },
  whenNew: (rule, points) => `${rule} (${points} quando era novo)`,
  email: {
    marketing: 'Aceitou e-mails de marketing; a sequência parou, então só você está escrevendo.',
    sales: 'Aceitou contato de vendas. Não envie e-mail de marketing.',
    asked: 'Não envie e-mail de marketing: responda ao que a pessoa pediu, e só.',
    no: 'Não envie e-mail: a pessoa não aceitou, ou cancelou.',
    unreachable: 'O endereço de e-mail não funciona.',
  },
  phone: {
    asked: 'Pediu contato: você pode ligar.',
    granted: 'Aceitou receber ligações.',
    unasked: 'Nunca perguntamos se podemos ligar, e a pessoa não disse não.',
    no: 'Não ligue: a pessoa não quer.',
    unknown: 'Não temos telefone.',
  },
  step: {
    prepare: () => 'A pessoa tem um compromisso com a gente: confirme e prepare-se.',
    answer: () => 'Responda ao que a pessoa escreveu.',
    call: ({ time }) => `Ligue agora: lá são ${time}.`,
    write: () => 'Escreva agora e ofereça um horário para conversar.',
    'call-later': ({ time }) => `Ligue pela manhã: lá são ${time}.`,
    look: () => 'Leia a página do lead primeiro: não podemos ligar nem escrever até que a pessoa peça.',
  },
  news: {
    crossing: (lead) => `${lead} passou do limite de pontos outra vez.`,
    request: (lead) => `${lead} pediu contato outra vez.`,
    'appointment-booked': (lead) => `${lead} marcou um compromisso.`,
    'appointment-cancelled': (lead) => `${lead} cancelou o compromisso.`,
    'appointment-moved': (lead) => `${lead} mudou a data do compromisso.`,
  },
  waiting: (lead) => `${lead} está na fila: ninguém pode ficar com este lead agora.`,
  gone: {
    accepted: (lead, rep) => `${rep} aceitou ${lead}: você não precisa fazer nada.`,
    missed: (lead, rep) => `${lead} não foi aceito a tempo e agora está com ${rep}.`,
  },
  broken: {
    channel: (endpoint) => `O canal “${endpoint}” não funciona`,
    told: 'Quem recebe seus leads por ali passa a recebê-los por e-mail até que volte a funcionar.',
    events: 'O que ele deveria saber espera no registro de entregas, de onde pode ser reenviado.',
    answered: (status) => `A última resposta foi: HTTP ${status}.`,
    unanswered: {
      'unknown-endpoint': 'O segredo com os endereços não tem este nome.',
      'unreadable-endpoint': 'O segredo com os endereços não está escrito como deve.',
      'no-secret': 'O segredo não tem chave para assinar.',
      'private-address': 'O endereço não é público.',
      scheme: 'O endereço não começa com https.',
      redirect: 'O endereço aponta para outro lugar, e não seguimos ninguém até lá.',
      timeout: 'Não respondeu a tempo.',
      other: 'Não foi possível chamar.',
    },
    silent: (rep) => `${rep} tem um lead e não sabe`,
    silentWhy: (rep) =>
      `${rep} parou nossos e-mails, e nenhum outro canal chega até lá. Avise, passe o lead para outra pessoa, ou libere os e-mails na página de envios.`,
  },
  labels: {
    ...{ score: 'Pontos', role: 'Cargo', company: 'Empresa', phone: 'Telefone', email: 'E-mail', wrote: 'Escreveu' },
    ...{ whyNow: 'Por que agora', didLast: 'O que fez por último', next: 'Próximo passo sugerido' },
    ...{ reply: 'Uma resposta, pronta para enviar', subject: 'Assunto', qualified: 'Qualificado' },
    ...{ nothingYet: 'A pessoa nos procurou antes de fazer qualquer outra coisa.' },
    ...{ accept: 'Aceitar', reject: 'Recusar', open: 'Abrir o repasse', deliveries: 'Abrir o registro de entregas' },
  },
};
