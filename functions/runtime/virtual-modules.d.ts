/** Made by bin/build.ts: a compiled part of the playbook. Its shape is checked by the room that reads it. */
declare module 'ripen:playbook/version' {
  const version: string;
  export default version;
}
declare module 'ripen:playbook/model-version' {
  const modelVersion: string;
  export default modelVersion;
}
declare module 'ripen:playbook/*' {
  const part: unknown;
  export default part;
}
/** Made by bin/build.ts: a script of functions/web/browser, as text. */
declare module 'ripen:browser/*' {
  const text: string;
  export default text;
}
/** Made by bin/build.ts: a file of the tree or of a package, as text. */
declare module 'ripen:text/*' {
  const text: string;
  export default text;
}
