type Around = (work: () => void) => void;

/** Nobody reads where in the table's twin a condition did not hold, and finding out takes a tenth of the time. */
export function withoutStacks(beforeAll: Around, afterAll: Around): void {
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}
