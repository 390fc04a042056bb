import { sentenceOf } from '../../../functions/handoff/activity-sentence.ts';
import type { Activity } from '../../../functions/leads/activity.ts';
import { whyNext } from '../../../functions/nurture/why-next.ts';
import { exitText } from '../../../functions/web/mail-text.ts';
import type { Scene, Transcript } from './rehearse.ts';

/** A transcript as lines for a terminal, by the lead's own clock. The e-mails of `sequence` are marked. */
export function linesOf({ timeZone, scenes, walks }: Transcript, sequence: string): string[] {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const lines: string[] = [];
  let today = '';
  for (const scene of scenes) {
    const words = wordsOf(scene, sequence);
    if (words === null) continue;
    const date = day.format(scene.at);
    if (date !== today) lines.push('', date);
    today = date;
    lines.push(`  ${time.format(scene.at)}  ${words}`);
  }
  const open = walks.flatMap(({ sequence: id, status, step, dueAt, because }) =>
    status === 'active' && dueAt !== null
      ? [
          `${id}: at step ${step}, next on ${day.format(Date.parse(dueAt))} at ${time.format(Date.parse(dueAt))}. ${whyNext(because, 'en')}`,
        ]
      : [],
  );
  return [...lines.slice(1), ...(open.length > 0 ? ['', 'Still under way', ...open.map((line) => `  ${line}`)] : [])];
}

function wordsOf(scene: Scene, sequence: string): string | null {
  switch (scene.kind) {
    case 'does':
      return `· ${said(scene.activity, scene.properties)}`;
    case 'mail': {
      const { subject, tags } = scene.message;
      const whose = tags.sequence === sequence ? '✉ ' : '✉  ';
      const kind = tags.audience === 'team' ? `to sales` : `${tags.sequence}, step ${tags.step}`;
      return `${whose}“${subject}” (${tags.template}${tags.variant ? `, variant ${tags.variant}` : ''}; ${kind})`;
    }
    case 'begins':
      return `→ begins ${scene.sequence}`;
    case 'ends':
      return `■ ${scene.sequence} is over: ${exitText(scene.reason ?? 'completed', 'en')}`;
    case 'handed-off':
      return `★ handed to ${scene.rep}`;
    case 'milestone':
      return `▲ is now ${scene.milestone === 'iql' || scene.milestone === 'mql' || scene.milestone === 'sql' ? scene.milestone.toUpperCase() : scene.milestone}`;
  }
}

function said(type: string, properties: Activity['properties']): string {
  const about = type.startsWith('email.') && typeof properties.template === 'string' ? ` (${properties.template})` : '';
  return `${sentenceOf({ type, properties })}${about}`;
}
