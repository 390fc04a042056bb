import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';

/**
 * From now on this process packs nothing: what is packed is not smaller, and reads back the same. Packing leads is a tenth of the
 * time of a simulation, and none of what it is about.
 */
export function packNothing(): void {
  const asIs = (text: string | Uint8Array) => Buffer.from(text);
  Object.assign(zlib, { deflateRawSync: asIs, inflateRawSync: asIs });
  syncBuiltinESMExports();
}
