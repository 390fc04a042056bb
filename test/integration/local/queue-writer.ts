import { writeSync } from 'node:fs';
import { openQueues } from '../../../bin/local/queues/queues.ts';
import { openDatabase } from '../../../bin/local/storage/database.ts';

// Run as a child process that is killed at any instant: sends, receives and removes without end, and says each time what
// it is about to remove and what it was told is stored.
const [file = '', round = ''] = process.argv.slice(2);
const queues = openQueues(openDatabase(file), [{ name: 'work', visibilityTimeoutSeconds: 3600 }]);
const say = (word: string, body: string) => writeSync(1, `${word} ${body}\n`);

for (let n = 0; ; n += 3) {
  const bodies = [n, n + 1, n + 2].map((number) => `${round}-${number}`);
  for (const body of bodies) say('sending', body);
  queues.sendMany('work', bodies);
  for (const body of bodies) say('sent', body);

  const taken = queues.receive('work', 2);
  for (const { body } of taken) say('removing', body);
  queues.remove(
    'work',
    taken.map(({ receiptHandle }) => receiptHandle),
  );
  for (const { body } of taken) say('removed', body);
}
