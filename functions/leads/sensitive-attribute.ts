/**
 * What no law and no person likes to see scored (requirements B1, §2.20): age, gender, race, nationality and children, and what
 * LGPD art. 5 and GDPR art. 9 protect besides. In English, Portuguese and Spanish, because forms ask in these.
 */
const sensitive = [
  [
    'ages?',
    'idade',
    'edad',
    'dob',
    'birth',
    'birthdate',
    'birthday',
    'born',
    'nascimento',
    'aniversario',
    'nacimiento',
  ],
  ['genders?', 'sex', 'pronouns?', 'genero', 'sexo'],
  ['races?', 'racial', 'ethnic', 'ethnicity', 'skincolou?r', 'raca', 'cordapele', 'etnia', 'raza'],
  ['nationality', 'nationalities', 'citizenship', 'nacionalidade?', 'cidadania', 'ciudadania'],
  ['child', 'children', 'kids?', 'filhos?', 'filhas?', 'hijos?', 'hijas?'],
  ['religion', 'religious', 'faith', 'religiao', 'sexual', 'politics', 'political', 'health', 'saude', 'salud'],
  ['disability', 'disabilities', 'deficiencia', 'discapacidad'],
].flat();

/** Words that may stand around: `number_of_children`, `dateOfBirth`, `age_range`. `company_age` is another matter. */
const around = [
  ['number', 'num', 'count', 'total', 'has', 'of', 'at', 'in', 'de', 'do', 'da', 'numero', 'quantidade', 'cantidad'],
  [
    'date',
    'days?',
    'months?',
    'years?',
    'data',
    'dia',
    'fecha',
    'group',
    'range',
    'bracket',
    'band',
    'faixa',
    'etaria',
  ],
  ['country', 'place', 'city', 'origin', 'identity', 'orientation', 'opinions?', 'beliefs?', 'status', 'condition'],
  ['my', 'your', 'lead', 'person', 'customer', 'contact', 'user', 'self'],
].flat();

const named = new RegExp(
  `^(?:${around.join('|')})*(?:${sensitive.join('|')})(?:${[...sensitive, ...around].join('|')})*$`,
);

/**
 * Must an attribute of this name be left out, because it is sensitive and the account has not opted in to it by name
 * (`sensitiveAttributes` in `playbook/account.yaml`)? Capitals, accents, underscores and the like make no difference.
 */
export function isSensitive(name: string, allowed: readonly string[] = []): boolean {
  const letters = lettersOf(name);
  return named.test(letters) && !allowed.some((each) => lettersOf(each) === letters);
}

function lettersOf(name: string): string {
  return name
    .slice(0, 100)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]+/g, '');
}
