import { describe, expect, it } from 'vitest';
import { Task } from '../../../functions/handoff/task.ts';
import { leadPage } from '../../../functions/web/lead-page.ts';
import { taskList } from '../../../functions/web/task-list.ts';
import { aLeadPageView, frame, inPortuguese } from './sample-pages.ts';

const task = (given: Partial<Task> = {}): Task =>
  Task.parse({
    ...{ taskId: 'abc.def', leadId: 'abc', handoffId: 'abc.1', rep: 'ana', asks: 'follow-up' },
    title: { en: 'Follow up', 'pt-BR': 'Retomar o contato' },
    because: { what: 'contacted', at: '2026-11-14T12:00:00.000Z' },
    ...{ dueAt: '2026-11-21T12:00:00.000Z', createdAt: '2026-11-21T12:00:00.000Z' },
    ...{ doneAt: null, doneBy: null, outcome: null },
    ...given,
  });

const list = (given: Partial<Task>, { reader } = frame) =>
  taskList({
    rows: [{ task: task(given), leadName: '<b>Iara</b>' }],
    ...{ repNames: { ana: 'Ana Souza' }, back: '/handoffs?rep=ana', reader },
  }).toString();

describe('the tasks of a rep', () => {
  it('say what to do, for whom, why, and by when, with a button that says so', () => {
    const markup = list({});
    expect(markup).toContain('<strong>Follow up</strong>');
    expect(markup).toContain('<a href="/leads/abc">&lt;b&gt;Iara&lt;/b&gt;</a>');
    expect(markup).toMatch(/Spoken to, and no news since: <time.*14 Nov 2026.*Ana Souza · due <time/s);
    expect(markup).toContain('action="/api/tasks/abc.def/done" method="post"');
    expect(markup).toContain('name="back" value="/handoffs?rep=ana"');
    expect(markup).toContain('aria-label="Mark as done: &lt;b&gt;Iara&lt;/b&gt;"');
  });

  it('are said in Portuguese too', () => {
    const markup = list({}, inPortuguese);
    expect(markup).toContain('Retomar o contato');
    expect(markup).toContain('Contatado, e sem notícias desde então:');
  });

  it('say who has done them, or what sales told instead', () => {
    const doneAt = '2026-11-22T12:00:00.000Z';
    const ticked = list({ doneAt, doneBy: 'marta' });
    expect(ticked).toContain('done (marta) <time');
    expect(list({ doneAt, doneBy: 'ana' })).toContain('Ana Souza · done <time');
    expect(ticked).not.toContain('<form');
    expect(list({ doneAt, doneBy: '', outcome: 'meeting' })).toContain('a meeting <time');
  });

  it('stand on the lead’s page where there are any', () => {
    expect(leadPage(aLeadPageView())).not.toContain('<h2>Tasks</h2>');
    expect(leadPage(aLeadPageView({ tasks: [task()] }))).toContain('<h2>Tasks</h2>');
  });

  it('say when there is nothing to do', () => {
    const nothing = taskList({ rows: [], repNames: {}, back: '/handoffs', reader: frame.reader }).toString();
    expect(nothing).toContain('Nothing to follow up.');
  });
});
