import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { adoptionLine, adoptionsIn } from './adoption.js';
import type { Checkpoint } from './checkpoint-content.js';

/** The log's name, in its checkpoints and in its key. */
export const ORIGIN = 'market-expansion-tracker';

const ED25519 = Buffer.of(1);

/**
 * The signed text: origin, size and root, one line each, then one line per adoption (C2SP tlog-checkpoint).
 */
function bodyOf({ origin, size, root, adoptions }: Checkpoint): string {
  const lines = [origin, size, root.toString('base64'), ...adoptions.map(adoptionLine)];
  return lines.map((line) => `${line}\n`).join('');
}

/** The raw 32 bytes of an Ed25519 public key: the end of its DER form. */
function rawPublicKey(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);
}

/** The first four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ key) (C2SP signed-note). */
function keyId(name: string, publicKey: Buffer): Buffer {
  return createHash('sha256').update(`${name}\n`).update(ED25519).update(publicKey).digest().subarray(0, 4);
}

/** The public key in the format that verifiers of signed notes accept: `name+id+key`. */
export function verifierKey(name: string, key: KeyObject): string {
  const raw = rawPublicKey(key);
  return `${name}+${keyId(name, raw).toString('hex')}+${Buffer.concat([ED25519, raw]).toString('base64')}`;
}

/** A checkpoint as a signed note (C2SP signed-note, tlog-checkpoint). */
export function signedCheckpoint(checkpoint: Checkpoint, key: KeyObject): string {
  const body = bodyOf(checkpoint);
  const signature = Buffer.concat([
    keyId(checkpoint.origin, rawPublicKey(key)),
    sign(null, Buffer.from(body), key),
  ]);
  return `${body}\n— ${checkpoint.origin} ${signature.toString('base64')}\n`;
}

/** The note is not a checkpoint, or its signature is invalid. */
export class InvalidCheckpoint extends Error {
  override readonly name = 'InvalidCheckpoint';
}

/** Reads a checkpoint, and checks its signature if a verifier key is given. Throws InvalidCheckpoint. */
export function readCheckpoint(note: string, verifier?: string): Checkpoint {
  const [body, signatures, ...rest] = note.replace(/\r\n/g, '\n').split('\n\n');
  const [origin, size, root, ...extensions] = body?.split('\n') ?? [];
  if (
    !origin ||
    !size ||
    !root ||
    signatures === undefined ||
    rest.length > 0 ||
    !/^(0|[1-9]\d{0,15})$/.test(size)
  ) {
    throw new InvalidCheckpoint(
      'the checkpoint must have the lines origin, size and root, an empty line, and a signature',
    );
  }
  const hash = Buffer.from(root, 'base64');
  if (hash.length !== 32)
    throw new InvalidCheckpoint('the root of the checkpoint is not a SHA-256 hash in base64');
  const text = `${[origin, size, root, ...extensions].join('\n')}\n`;
  if (verifier !== undefined) checkSignature(text, signatures, verifier);
  return { origin, size: Number(size), root: hash, adoptions: adoptionsIn(extensions) };
}

/** Reads a checkpoint without checking its signature. Returns undefined if the note is not a checkpoint. */
export function claimOf(note: string): Checkpoint | undefined {
  try {
    return readCheckpoint(note);
  } catch (error) {
    if (error instanceof InvalidCheckpoint) return undefined;
    throw error;
  }
}

function checkSignature(text: string, signatures: string, verifier: string): void {
  const match = /^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(verifier.trim());
  const raw = match?.[3] === undefined ? undefined : Buffer.from(match[3], 'base64');
  const name = match?.[1];
  if (!raw || name === undefined || raw.length !== 33 || raw[0] !== 1) {
    throw new InvalidCheckpoint(
      'the key must be a verifier key for Ed25519, name+id+key, as GET /api/ledger/key gives it',
    );
  }
  const publicKey = raw.subarray(1);
  const id = keyId(name, publicKey);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const holds = signatures.split('\n').some((line) => {
    const [, signer, base64] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = Buffer.from(base64 ?? '', 'base64');
    return (
      signer === name &&
      bytes.subarray(0, 4).equals(id) &&
      verify(null, Buffer.from(text), key, bytes.subarray(4))
    );
  });
  if (!holds) throw new InvalidCheckpoint(`no signature of ${name} on the checkpoint holds`);
}

/** A new private key as PEM, to be stored in a file that only the server can read. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function signingKeyFrom(pem: string): KeyObject {
  return createPrivateKey(pem);
}
