/** The secrets of a simulated account, the same in every history. */
export const pepper = 'pepper';
export const linkKeys = JSON.stringify({ current: 'k1', k1: 'a key of the simulation' });
