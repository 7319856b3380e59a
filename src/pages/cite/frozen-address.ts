/**
 * Length of the root's prefix in an address; long enough that no other ledger has the same prefix by chance.
 */
const ROOT_LENGTH = 16;

/** A state of the ledger as named in an address: the number of events, and a prefix of their root. */
export interface NamedState {
  readonly position: number;
  /** In base64url. */
  readonly rootBegins: string;
}

export const stateName = (position: number, root: Buffer): string =>
  `${position}-${root.toString('base64url').slice(0, ROOT_LENGTH)}`;

/** Undefined if the text names no state. */
export function namedState(text: string): NamedState | undefined {
  const [, position, rootBegins = ''] = /^([1-9]\d{0,14})-([\w-]{16})$/.exec(text) ?? [];
  return position === undefined ? undefined : { position: Number(position), rootBegins };
}

export const isRootOf = ({ rootBegins }: NamedState, root: Buffer): boolean =>
  root.toString('base64url').startsWith(rootBegins);
