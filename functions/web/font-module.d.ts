/** Made by esbuild's `binary` loader: the bytes of a font. */
declare module '*.woff2' {
  const bytes: Uint8Array;
  export default bytes;
}
