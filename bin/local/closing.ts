/** What has been opened, to be closed the other way round. */
export interface Closing {
  add(close: () => unknown): void;
  /** Closes everything once, the last opened first. */
  run(): Promise<void>;
}

export function openClosing(): Closing {
  const steps: (() => unknown)[] = [];
  return {
    add(close) {
      steps.push(close);
    },
    async run() {
      for (let step = steps.pop(); step; step = steps.pop()) await step();
    },
  };
}
