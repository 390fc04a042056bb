/**
 * By how much a clock may be wrong, in milliseconds: two machines differ by twice that at most. With the lease of a send it makes an
 * unsubscribe wait 11.5 seconds at worst, twelve with all it does.
 */
export const skewMs = 1_750;
