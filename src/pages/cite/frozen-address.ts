/** So much of the root of a ledger goes into an address: enough that no other ledger has it by chance. */
const ROOT_LENGTH = 16;

/** A state of the ledger as an address names it: how many events, and the beginning of their root. */
export interface NamedState {
  readonly position: number;
  /** In base64url. */
  readonly rootBegins: string;
}

export const stateName = (position: number, root: Buffer): string =>
  `${position}-${root.toString('base64url').slice(0, ROOT_LENGTH)}`;

/** Undefined for what names none. */
export function namedState(text: string): NamedState | undefined {
  const [, position, rootBegins = ''] = /^([1-9]\d{0,14})-([\w-]{16})$/.exec(text) ?? [];
  return position === undefined ? undefined : { position: Number(position), rootBegins };
}

export const isRootOf = ({ rootBegins }: NamedState, root: Buffer): boolean =>
  root.toString('base64url').startsWith(rootBegins);
