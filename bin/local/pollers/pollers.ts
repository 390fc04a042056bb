import type { Functions } from '../functions/functions.ts';
import type { EventSourceSpec } from '../template/blueprint-events.ts';
import { type Checkpoints, readByAll } from './checkpoints.ts';
import { type Poller, type SqsPollerDeps, startSqsPoller } from './sqs-poller.ts';
import { type StreamPollerDeps, startStreamPoller } from './stream-poller.ts';

type PollersDeps = Omit<SqsPollerDeps & StreamPollerDeps, 'retryDelaySeconds' | 'onProgress'> & {
  readonly functions: Functions;
};

/** Records of a stream are forgotten once so many have been dealt with. */
const TRIM_EVERY = 500;

/** A failed message comes back soon, then ever later: a write conflict is over in no time, a fault may take a while. */
const retryDelaySeconds = (receiveCount: number) => Math.min(0.25 * 2 ** (receiveCount - 1), 30);

/** Starts one poller per event source mapping, and wakes it whenever there may be work. */
export async function startPollers(sources: readonly EventSourceSpec[], deps: PollersDeps): Promise<Poller[]> {
  const ofQueues = new Map(
    sources
      .filter(({ kind }) => kind === 'queue')
      .map((source) => [source.source, startSqsPoller(source, { ...deps, retryDelaySeconds })] as const),
  );
  deps.queues.onSend((queue) => ofQueues.get(queue)?.wake());
  const streams = sources.filter(({ kind }) => kind === 'stream');
  const onProgress = trimmer(streams, deps);
  const ofStreams = await Promise.all(streams.map((source) => startStreamPoller(source, { ...deps, onProgress })));
  // Tables are written to by functions, so the end of an invocation is when there may be something new.
  deps.functions.onEnd(() => {
    for (const poller of ofStreams) poller.wake();
  });
  return [...ofQueues.values(), ...ofStreams];
}

/** Lets the engine forget what every reader of a stream is done with. */
function trimmer(
  streams: readonly EventSourceSpec[],
  { checkpoints, dynamoDb }: { checkpoints: Checkpoints; dynamoDb: StreamPollerDeps['dynamoDb'] },
): (table: string) => void {
  const trimmed = new Map<string, number>();
  return (table) => {
    const done = readByAll(table, streams, checkpoints);
    if (done < (trimmed.get(table) ?? 0) + TRIM_EVERY) return;
    trimmed.set(table, done);
    dynamoDb.trimStream(table, done);
  };
}
