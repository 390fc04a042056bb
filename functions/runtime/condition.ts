/** Waits for a conditional write. That its condition does not hold means that somebody was first, and is no fault. */
export async function ifItHolds(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
  }
}
