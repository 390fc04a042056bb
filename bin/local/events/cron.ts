import awsCron from 'aws-cron-parser';

/** The parsed fields of an EventBridge `cron(…)`. */
export type Cron = ReturnType<typeof awsCron.parse>;

const DAY_MS = 86_400_000;
const SATURDAY = 7;
const SUNDAY = 1;

const DAY = '(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)';
const MONTH = '(?:\\d{1,2}|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';

const FIELDS = [
  { name: 'minutes', form: form('\\d{1,2}') },
  { name: 'hours', form: form('\\d{1,2}') },
  { name: 'daysOfMonth', form: form('\\d{1,2}', '\\?|L|L-\\d{1,2}|\\d{1,2}W') },
  { name: 'months', form: form(MONTH) },
  { name: 'daysOfWeek', form: form(DAY, `\\?|L|${DAY}L|${DAY}#[1-5]`) },
  { name: 'years', form: form('\\d{4}') },
] as const;

/** A field is `*`, a list of values and ranges, steps from a start, or one of its own special forms. */
function form(value: string, special = '\\*'): RegExp {
  const range = `${value}(?:-${value})?`;
  return new RegExp(`^(?:\\*|${range}(?:,${range})*|(?:\\*|${range})/\\d{1,4}|${special})$`, 'i');
}

/** Parses the six fields. The parser below trusts its input, so a mistake is refused here, not a schedule that never fires. */
export function parseCron(body: string): Cron {
  const error = (reason: string) => new Error(`schedule cron(${body}): ${reason}`);
  const given = body.trim().split(/\s+/);
  if (given.length !== FIELDS.length) {
    throw error('it has six fields: minutes, hours, day of month, month, day of week, year');
  }
  const wrong = FIELDS.find((field, index) => !field.form.test(given[index] ?? ''));
  if (wrong) throw error(`its ${wrong.name} cannot be read`);
  if ((given[2] === '?') === (given[4] === '?')) throw error('exactly one of day of month and day of week must be ?');
  try {
    const cron = awsCron.parse(given.join(' '));
    const empty = FIELDS.find(({ name }, index) => given[index] !== '?' && cron[name].length === 0);
    if (empty) throw new Error(`its ${empty.name} leave nothing`);
    return cron;
  } catch (cause) {
    throw error(cause instanceof Error ? cause.message : String(cause));
  }
}

/**
 * The first matching minute strictly after `after`, in UTC; null when there is none. Walks day by day: the parser's own
 * search fires the 31st of a short month on the 1st of the next, and gives up on the 29th of February.
 */
export function nextMatch(cron: Cron, after: number): number | null {
  const timesOfDay = numbers(cron.hours).flatMap((hour) =>
    numbers(cron.minutes).map((minute) => (hour * 60 + minute) * 60_000),
  );
  const lastYear = Math.max(...numbers(cron.years));

  for (let day = Math.floor(after / DAY_MS) * DAY_MS; new Date(day).getUTCFullYear() <= lastYear; day += DAY_MS) {
    if (!isDay(cron, new Date(day))) continue;
    const time = timesOfDay.find((timeOfDay) => day + timeOfDay > after);
    if (time !== undefined) return day + time;
  }
  return null;
}

function isDay(cron: Cron, date: Date): boolean {
  if (!cron.years.includes(date.getUTCFullYear()) || !cron.months.includes(date.getUTCMonth() + 1)) return false;
  return cron.daysOfMonth.length > 0 ? isDayOfMonth(cron.daysOfMonth, date) : isDayOfWeek(cron.daysOfWeek, date);
}

/** `L` is the last day, `L-3` the third before it, `15W` the weekday nearest to the 15th of the same month. */
function isDayOfMonth(days: Cron['daysOfMonth'], date: Date): boolean {
  const day = date.getUTCDate();
  const last = lastDayOfMonth(date);
  const [kind, value] = days;
  if (kind === 'L') return day === last - Number(value);
  if (kind === 'W') return day === nearestWeekday(date, Number(value), last);
  return days.includes(day);
}

function nearestWeekday(date: Date, wanted: number, last: number): number | null {
  if (wanted > last) return null;
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), wanted)).getUTCDay() + 1;
  if (weekday === SATURDAY) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === SUNDAY) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

/** Sunday is 1. `6L` is the last Friday of the month, `6#2` the second, a bare `L` every Saturday. */
function isDayOfWeek(days: Cron['daysOfWeek'], date: Date): boolean {
  const day = date.getUTCDate();
  const weekday = date.getUTCDay() + 1;
  const [kind, value, week] = days;
  if (kind === 'L' && value === 0) return weekday === SATURDAY;
  if (kind === 'L') return weekday === value && day + 7 > lastDayOfMonth(date);
  if (kind === '#') return weekday === value && Math.ceil(day / 7) === week;
  return days.includes(weekday);
}

function lastDayOfMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function numbers(field: readonly (string | number)[]): readonly number[] {
  return field.filter((value) => typeof value === 'number').toSorted((a, b) => a - b);
}
