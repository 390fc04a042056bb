/** What the private pages gain from JavaScript: copying, fresh figures, tests of a form, the sales inbox, and on a laptop the clock. All of them read without it. */
import { enableClock } from './clock.ts';
import { enableCopying } from './copy.ts';
import { keepFresh } from './fresh.ts';
import { enableInbox } from './sales.ts';
import { enableTests } from './try-form.ts';

enableCopying();
keepFresh();
enableClock();
enableTests();
enableInbox();
