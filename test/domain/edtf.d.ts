/** The package has no type declarations; the tests use only its parser. */
declare module 'edtf' {
  export default function edtf(text: string): unknown;
}
