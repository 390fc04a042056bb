/**
 * Does this answer ask to be taken off, and nothing else? Read are what the person wrote first, past greetings and thanks, in
 * English or Portuguese, and only in words that can hardly mean anything else: whoever is in doubt is a person who wrote to us.
 */
export function asksToStop(text: string): boolean {
  const [first, ...more] = plain(text)
    .replace(salutation, '')
    .split(/[.!?;:\n]+/)
    .map(withoutCourtesy)
    .filter((sentence) => sentence !== '');
  if (first === undefined) return false;
  return refusals.some((refusal) => refusal.test(first)) || (more.length === 0 && commands.test(first));
}

/** Small letters without accents; `don't` in one word and `e-mail` too. */
function plain(text: string): string {
  return text
    .slice(0, 2_000)
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/\be-mail/g, 'email')
    .trim();
}

/** `Hi Rita,` and `Bom dia!` */
const salutation =
  /^((hi|hello|hey|dear|good (morning|afternoon)|ola|oi|bom dia|boa (tarde|noite)|prezad[oa]s?|car[oa]s?)\b[^,.!?;:\n]{0,40}[,.!?;:\n]\s*)+/;

const before =
  /^(please|kindly|hi|hello|(no )?thanks|(no )?thank you|sorry|and|just|(im |i am )?(not|no longer) interested( any ?more)?|(can|could|would) you|por favor|favor|ola|oi|(nao )?obrigad[oa]|(nao tenho|sem) interesse|(voces? )?(podem?|poderiam?)|e) (?=\S)/;
/** `I want to` go is one thing, what else they want to do another: many of our readers send e-mails themselves. */
const wish =
  /^((i (want|wish|would like|need)|id like) to (?=unsubscribe|opt ?out)|(eu )?(quero|queria|gostaria de|desejo|preciso) (?=(me )?(descadastr|desinscrev|remov|retir|tirar|exclu)|sair d|cancelar (a|minha) ))/;
const after =
  /(^| )(please|thanks|thank you|now|immediately|asap|today|any ?more|any longer|for good|por favor|obrigad[oa]|agora|imediatamente|grat[oa]|(im |i am )?(not|no longer) interested|(nao tenho|sem) interesse)$/;

/** A sentence in single words, without what is said around a request. A `no` or `not` stays: it may turn the request round. */
function withoutCourtesy(sentence: string): string {
  let words = sentence.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  for (;;) {
    const shorter = words.replace(after, '').replace(before, '').replace(wish, '').trim();
    if (shorter === words) return words;
    words = shorter;
  }
}

const me = '(me|us|(my|our|this) (name|email|email address|address))';
const list =
  '((all|any|the|this|that|these|your)( of)? )*((email|mailing|marketing|contact) )?(lists?|database|newsletters?|emails?|mailings?|everything)';
const mail = '((any|all|more|these|such|the|your|further) )*(emails?|mails?|messages|newsletters?|spam)';
const meu = '(me|meu (email|nome|endereco|contato)( de email)?)';
const lista =
  '(de|d[ao]s?|n[ao]s?|d?ess[ae]s?|d?est[ae]s?) ((sua|suas|tua|minha) )?(lista|base|mailing|newsletter|boletim|emails?)( de (emails?|contatos?|voces?))*';
const correio =
  '((os|as|esses|estes|essas|estas|seus|suas|nenhum|nenhuma) )*(emails?|mensagens?|newsletters?|propagandas?|spam)';

/** Whole sentences after which nobody has to ask what is meant. */
const refusals: readonly RegExp[] = [
  `(unsubscribe|opt ?out|opt me out)( ${me})?( (from|of) ${list})?`,
  `(remove|delete) ${me}( from ${list})?`,
  `take ${me} (off|(off|out)( of| from)? ${list})`,
  '(stop|quit) (emailing|mailing|contacting|spamming|messaging|writing( to)?) (me|us)',
  `(stop|quit) sending( me| us)? ${mail}( to me)?`,
  '(do not|dont|never) (email|mail|contact|spam|write( to)?) (me|us)( again)?',
  `(do not|dont|never) send( me| us)? ${mail}( to me| from you| again)*`,
  `i (do not|dont|no longer) (want|wish)( to (get|receive))? ${mail}( from you)?`,
  `no more ${mail}( from you)?`,
  `(me )?(descadastr|desinscrev)[a-z]+( ${meu})?( ${lista})?`,
  `(me )?(remov|retir|tir|exclu)[a-z]+( ${meu})? ${lista}`,
  'me (remova|remove|removam|retire|retirem|exclua|excluam)',
  `((pare|parem|deixe|deixem)( de)?|para de)( me)? (enviar|mandar)( me)?( mais)? ${correio}( para mim)?`,
  `nao( me)? (envie|enviem|mande|mandem)( me)?( mais)?( nada| ${correio})`,
  'nao( me)? (envie|enviem|mande|mandem)( me)? mais',
  `nao (quero|queremos|desejo|gostaria de)( mais)? receber( mais)?( ${correio})?( de voces| mais)*`,
  `nao (quero|queremos)( mais)? ${correio}( de voces| mais)*`,
  `cancel(ar|e|em) ((a|o|minha|meu) )?((inscricao|assinatura|cadastro|envio|recebimento) ${lista}|newsletter)`,
  `(sair|saia) ${lista}`,
].map((sentence) => new RegExp(`^${sentence}$`));

/** Words that may be about anything, unless they are all that was written. */
const commands = /^(stop|remove|cancel|cancelar|cancele|sair|parar|pare|remover|remova)$/;
