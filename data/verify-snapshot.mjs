// Verifies a snapshot of the Market Expansion Tracker. It needs Node 20 or later and nothing else:
//   node verify.mjs [folder] [--key <public key of the log>]
// Exit code 0: the events match the signed checkpoint, and every file its description. 1: something does not match.
// 2: it cannot be checked.
// The signature covers the events of ledger.jsonl and nothing else: the tables, and datapackage.json which describes
// them, are signed by nobody.
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const given = process.argv.slice(2);
const keyAt = given.indexOf('--key');
const key = keyAt < 0 ? undefined : given[keyAt + 1];
const folder = resolve(
  given.find((arg, index) => arg !== '--key' && (keyAt < 0 || index !== keyAt + 1)) ??
    dirname(fileURLToPath(import.meta.url)),
);
const faults = [];
const file = (name) => join(folder, name);

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** JSON in canonical form, with sorted fields (RFC 8785). */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
};

/**
 * The root of a Merkle tree (RFC 9162) whose leaves are added one by one. Holds complete subtrees, the
 * largest first.
 */
class Tree {
  size = 0;
  roots = [];

  add(leaf) {
    this.roots.push({ height: 0, hash: leaf });
    this.size += 1;
    while (this.roots.at(-2)?.height === this.roots.at(-1).height) {
      const [left, right] = this.roots.splice(-2);
      this.roots.push({ height: left.height + 1, hash: sha256(Buffer.of(1), left.hash, right.hash) });
    }
  }

  get root() {
    const [last, ...rest] = this.roots.toReversed();
    if (!last) return sha256('');
    return rest.reduce((right, left) => sha256(Buffer.of(1), left.hash, right), last.hash);
  }
}

async function hashOf(path) {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function checkFiles({ resources }) {
  for (const { path, bytes, hash } of resources) {
    if (!/^[\w-]+(?:\.[\w-]+)+$/.test(path) || !existsSync(file(path))) {
      faults.push(`${path} is missing`);
      continue;
    }
    const found = await hashOf(file(path));
    if (found.bytes !== bytes || `sha256:${found.sha256}` !== hash)
      faults.push(`${path} is not the file that datapackage.json describes`);
  }
}

/** Checks a signed note: a text, an empty line, and signatures (C2SP signed-note). */
function checkSignature(note, verifier) {
  const [, name, , base64] = /^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(verifier.trim()) ?? [];
  const raw = Buffer.from(base64 ?? '', 'base64');
  if (raw.length !== 33 || raw[0] !== 1) return faults.push('the key is not the public key of a log');
  const publicKey = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)]),
    format: 'der',
    type: 'spki',
  });
  const [body, signatures = ''] = note.split('\n\n');
  const holds = signatures.split('\n').some((line) => {
    const [, signer, signature = ''] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = Buffer.from(signature, 'base64');
    return signer === name && verify(null, Buffer.from(`${body}\n`), publicKey, bytes.subarray(4));
  });
  if (!holds) faults.push('the signature of the checkpoint does not hold under this key');
}

/** The lines of a file. Only a line feed ends one: texts of events may hold other characters that end lines. */
async function* linesOf(path) {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Checks the events of the package against the checkpoint, and returns their number. */
async function checkLedger() {
  const note = readFileSync(file('ledger.jsonl.checkpoint'), 'utf8');
  const hashes = readFileSync(file('ledger.jsonl.hashes'), 'utf8').split('\n');
  const [, size, root] = note.split('\n');
  const tree = new Tree();
  let otherHash;
  for await (const line of linesOf(file('ledger.jsonl'))) {
    const event = JSON.parse(line);
    if (event.position !== tree.size + 1) faults.push(`line ${tree.size + 1} holds event ${event.position}`);
    if (JSON.stringify(event) !== line)
      faults.push(`event ${event.position} is not written as an export writes it`);
    const hash = sha256(Buffer.of(0), canonical(event));
    if (hashes[tree.size] !== hash.toString('base64')) otherHash ??= event.position;
    tree.add(hash);
  }
  if (otherHash !== undefined)
    faults.push(`ledger.jsonl.hashes has another hash than event ${otherHash} has`);
  else if (hashes.length !== tree.size + 1 || hashes.at(-1) !== '')
    faults.push(`ledger.jsonl.hashes has not one line for each of the ${tree.size} events`);
  if (String(tree.size) !== size || tree.root.toString('base64') !== root)
    faults.push(`the ${tree.size} events are not the ${size} that the checkpoint is about`);
  checkSignature(note, key ?? readFileSync(file('log.key'), 'utf8'));
  return tree.size;
}

/** Says which files the signature does not cover, and how they are checked all the same. */
function tellUnsigned({ resources }) {
  const paths = resources.map(({ path }) => path);
  const tables = paths.filter((path) => path !== 'ledger.jsonl');
  console.log(
    `Nobody signs ${tables.join(', ')} or datapackage.json, which describes them: whoever changes a table can change its description too. To check the tables, make them again from ledger.jsonl (tracker import --restore ledger.jsonl, then tracker snapshot) and compare.`,
  );
  const others = readdirSync(folder).filter((name) => name.endsWith('.csv') && !paths.includes(name));
  if (others.length > 0) console.log(`Nothing describes ${others.join(', ')}: not checked.`);
}

try {
  if (keyAt >= 0 && key === undefined) throw new Error('--key is given without the public key of the log');
  const described = JSON.parse(readFileSync(file('datapackage.json'), 'utf8'));
  await checkFiles(described);
  const events = await checkLedger();
  for (const fault of faults.slice(0, 50)) console.log(fault);
  console.log(
    `${described.resources.length} files, ${events} events: ${faults.length === 0 ? 'OK' : 'NOT as they should be'}`,
  );
  tellUnsigned(described);
  if (key === undefined)
    console.log(
      'The signature was checked under the key of the archive itself. Give the key that you trust with --key.',
    );
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`cannot be checked: ${error.message}`);
  process.exitCode = 2;
}
