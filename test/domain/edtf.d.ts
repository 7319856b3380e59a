/** The package has no types of its own; the tests use its parser alone. */
declare module 'edtf' {
  export default function edtf(text: string): unknown;
}
