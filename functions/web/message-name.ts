/** What people call a message by its template: `the promised link`, `welcome e-mail 1`, else the template's own name. */
export function messageName(template: string): string {
  if (template === '') return 'an e-mail';
  if (template === 'asset') return 'the promised link';
  if (template === 'hot-lead') return 'the news of a hot lead';
  const [, sequence, place] = /^(.+)-(\d+)$/.exec(template) ?? [];
  return sequence && place ? `${sequence.replaceAll('-', ' ')} e-mail ${place}` : `the e-mail “${template}”`;
}
