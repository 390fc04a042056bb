import { isSensitive } from '../../functions/leads/sensitive-attribute.ts';
import type { ImportPlan } from './read-row.ts';

/** What will be made of the file, told before anything is: what each column is, and whether anybody is written to because of it. */
export function planText(plan: Omit<ImportPlan, 'now'>): string {
  const { of, map, derive, columns, consents, sensitiveAttributes } = plan;
  if (of.kind === 'suppression') return suppressionText(of, map.get('email') ?? '', map.get('occurredAt'));
  const used = new Set([...map.values(), derive?.column]);
  const rest = columns.filter((column) => !used.has(column));
  const leftOut = rest.filter((column) => isSensitive(column, sensitiveAttributes));
  const unused = rest.filter((column) => !leftOut.includes(column));
  return [
    `Each row is ${of.kind === 'form' ? `a submission of the form ${of.formId}` : `an activity ${of.type}`}.`,
    ...[...map]
      .filter(([target]) => target !== 'email' || !derive)
      .map(([target, column]) => `  ${target} ← ${column}`),
    ...(derive ? [`  email ← ${derive.column}@${derive.domain}`] : []),
    ...(unused.length > 0 ? [`  ${of.kind === 'form' ? 'not used' : 'properties'}: ${unused.join(', ')}`] : []),
    ...(leftOut.length > 0
      ? [
          `  left out, because they are sensitive: ${leftOut.join(', ')}. To keep them, playbook/account.yaml must say`,
          `    sensitiveAttributes: ${JSON.stringify(leftOut)}`,
        ]
      : []),
    ...(consents.length === 0 ? ['  No --consent: the rows are stored, and count as nobody’s agreement.'] : []),
    startText(plan),
  ].join('\n');
}

function suppressionText(
  { reason, evidence }: Extract<ImportPlan['of'], { kind: 'suppression' }>,
  email: string,
  date: string | undefined,
): string {
  return [
    `Each row is an address that no e-mail goes to any more: ${reason}.`,
    `  email ← ${email}`,
    ...(date === undefined ? [] : [`  said on ← ${date}`]),
    `  evidence: ${evidence}`,
    'Nothing else of the rows is kept, and no import takes a suppression back.',
  ].join('\n');
}

function startText({ starting, of, map, consents }: Omit<ImportPlan, 'now'>): string {
  if (starting === 'no row') return 'Nothing starts (--quiet): nobody gets e-mail because of this file.';
  const dated = map.has('occurredAt');
  const marketing = consents.some(({ purpose }) => purpose === 'marketing');
  const which =
    starting === 'every row'
      ? 'Every row (--live)'
      : dated
        ? 'Each row with a date of the last 7 days, or without a date,'
        : 'Every row (there is no column with a date: a row without one is of now)';
  const starts = [
    ...(of.kind === 'form' && of.form.asset ? ['brings what the form promises'] : []),
    ...(marketing ? ['starts sequences'] : []),
    'may go to sales',
  ];
  const reached = starts.length > 1 ? 'those people get e-mail' : 'sales gets e-mail';
  return `${which} ${listed(starts)}: ${reached}. To start nothing, add --quiet.`;
}

function listed(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ');
}
