import { isToDo, type Task } from '../handoff/task.ts';
import { labelIn } from '../handoff/team.ts';
import { leadHref } from './lead-row.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { card } from './parts.ts';
import { moment, type Reader } from './reader.ts';
import { taskText } from './task-text.ts';

/** A task with the name of its lead; left out on the lead's own page. */
export interface TaskRow {
  readonly task: Task;
  readonly leadName?: string;
}

export interface TaskListView {
  /** In the order in which they are to be done. */
  readonly rows: readonly TaskRow[];
  /** The name of a rep, or of the manager, by id. */
  readonly repNames: Readonly<Record<string, string>>;
  /** The page to return to after one is ticked off. */
  readonly back: string;
  readonly reader: Reader;
}

/** What is to be done for leads who have not bought, each to be ticked off. */
export function taskList(view: TaskListView): Markup {
  const text = taskText[view.reader.language];
  if (view.rows.length === 0) return html`<p class="muted">${text.none} ${text.noneYet}</p>`;
  return html`<ul class="sends">${view.rows.map((row) => taskItem(row, view))}</ul>`;
}

/** What a rep is to do for the lead of this page, and what they did; nothing, if there never was anything. */
export function taskCard(
  tasks: readonly Task[],
  {
    frame,
    repNames,
    lead,
  }: {
    readonly frame: { readonly reader: Reader };
    readonly repNames: TaskListView['repNames'];
    readonly lead: { readonly leadId: string };
  },
): Markup | null {
  if (tasks.length === 0) return null;
  const { reader } = frame;
  const rows = tasks.map((task) => ({ task }));
  return card(taskText[reader.language].title, taskList({ rows, repNames, back: leadHref(lead.leadId), reader }));
}

function taskItem({ task, leadName }: TaskRow, view: TaskListView): Markup {
  const { reader, repNames } = view;
  const text = taskText[reader.language];
  const { because, rep, leadId, title } = task;
  const whose = leadName !== undefined && html` · <a href="${leadHref(leadId)}">${leadName}</a>`;
  return html`<li><div><strong>${labelIn(title, reader.language)}</strong>${whose}
<p class="faint">${text.because[because.what]} ${moment(because.at, reader)} · ${repNames[rep] ?? rep} · ${isToDo(task) ? html`${text.due} ${moment(task.dueAt, reader)}` : whatBecame(task, view)}</p></div>
${isToDo(task) && tick(task, leadName, view)}</li>`;
}

/** When it was done, and by whom if by somebody else; or what sales told instead. */
function whatBecame({ rep, doneAt, doneBy, outcome }: Task, { reader, repNames }: TaskListView): Piece {
  const text = taskText[reader.language];
  const told = Object.entries(text.outcomes).find(([what]) => what === outcome)?.[1];
  // Whose it was stands there already.
  const by = doneBy && doneBy !== rep && (repNames[doneBy] ?? doneBy);
  return html`${told ?? text.isDone}${by && html` (${by})`}${doneAt !== null && html` ${moment(doneAt, reader)}`}`;
}

/** Whoever hears the buttons one by one hears of whom, too. */
function tick({ taskId, rep }: Task, leadName: string | undefined, { back, reader }: TaskListView): Markup {
  const { done, markDone } = taskText[reader.language];
  const label = leadName === undefined ? markDone : `${markDone}: ${leadName}`;
  return html`<form action="/api/tasks/${encodeURIComponent(taskId)}/done" method="post"><input type="hidden" name="back" value="${back}"><input type="hidden" name="rep" value="${rep}"><button aria-label="${label}">${done}</button></form>`;
}
