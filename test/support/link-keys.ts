/** The secret that signs links, as a test has it. */
export const testLinkKeys = JSON.stringify({ current: 'k1', k1: 'a-key-for-tests-only' });
