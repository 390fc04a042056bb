import * as z from 'zod';
import { type PreviewDeps, previewEmail } from '../nurture/preview-email.ts';
import { type ReadSequencesDeps, readReport, readSequences, sequenceNamed } from '../nurture/read-sequences.ts';
import { type ReadWalksDeps, readWalks } from '../nurture/read-walks.ts';
import { type HttpAnswer, type HttpRequest, page, RequestError } from '../runtime/http.ts';
import { emailFrame } from './email-frame.ts';
import { emailPreviewPage } from './email-preview-page.ts';
import { answerPage, type FrameDeps, type PrivatePage } from './private-page.ts';
import { sequencePage } from './sequence-page.ts';
import { sequencesPage } from './sequences-page.ts';
import type { Frame } from './shell.ts';

/** Everything the pages about sequences and e-mails read. They change nothing. */
export type SequencesDeps = FrameDeps & ReadSequencesDeps & ReadWalksDeps & PreviewDeps;

/** A page about the sequences, one of them, or one of their e-mails. */
export function showSequencesPage(request: HttpRequest, deps: SequencesDeps): Promise<HttpAnswer> {
  return answerPage(request, { section: 'sequences', show: showOf(request) }, deps);
}

function showOf({ path, params }: HttpRequest): PrivatePage<SequencesDeps>['show'] {
  if (params.id !== undefined) return showSequence;
  if (params.template === undefined) return showSequences;
  return path.endsWith('/frame') ? showFrame : showEmail;
}

async function showSequences(_: HttpRequest, frame: Frame, deps: SequencesDeps): Promise<string> {
  return sequencesPage({ frame, sequences: await readSequences(deps) });
}

async function showSequence({ params, query }: HttpRequest, frame: Frame, deps: SequencesDeps): Promise<string> {
  const sequence = sequenceNamed(params.id ?? '', deps.sequences);
  const cursor = query.get('cursor') ?? undefined;
  const [[state], report, walkers] = await Promise.all([
    readSequences({ ...deps, sequences: [sequence] }),
    readReport(sequence.id, new URLSearchParams(), deps),
    readWalks(sequence.id, { cursor, limit: 8, language: frame.reader.language }, deps),
  ]);
  if (!state) throw new Error('a sequence that was asked for is told of');
  const changed = query.has('changed');
  return sequencePage({ frame, sequence, state, report, walkers, further: cursor !== undefined, changed });
}

const Asked = z.object({
  lead: z.string().max(320).default(''),
  language: z.string().max(35).optional(),
  theme: z.enum(['light', 'dark']).default('light'),
  width: z.enum(['600', '360']).default('600'),
});

function asked({ query }: HttpRequest): z.infer<typeof Asked> {
  const parsed = Asked.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!parsed.success) throw new RequestError(422, 'invalid-wish', 'This e-mail cannot be shown like that.');
  return parsed.data;
}

async function showEmail(request: HttpRequest, frame: Frame, deps: SequencesDeps): Promise<string | HttpAnswer> {
  const { language = frame.reader.language, ...look } = asked(request);
  const template = request.params.template ?? '';
  const shown = async (lead: string) => {
    const preview = await previewEmail({ template, language, lead }, deps);
    const isUnknownLead = lead !== look.lead;
    // A test of nobody must not pass for one of the lead who was asked for.
    return emailPreviewPage({ frame, preview, look, isUnknownLead, sent: request.query.has('sent') && !isUnknownLead });
  };
  try {
    return await shown(look.lead);
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== 'unknown-lead') throw error;
    return page(await shown(''), 422);
  }
}

async function showFrame(request: HttpRequest, _: Frame, deps: SequencesDeps): Promise<HttpAnswer> {
  const { language, lead, theme } = asked(request);
  return emailFrame(await previewEmail({ template: request.params.template ?? '', language, lead }, deps), theme);
}
