import { hash as digest, randomBytes, timingSafeEqual } from 'node:crypto';
import { type DataSource, In, IsNull, type Repository } from 'typeorm';
import { NotFound } from '../problems/not-found.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { KeyNameTaken } from '../problems/access-problems.js';
import { ApiKey, type Principal, type Role, ROLES } from './api-key.js';
import { BrowserSession } from './browser-session.js';
import { KeyActs } from './key-acts.js';
import { sealOf } from './key-seal.js';

/** A key without its hash and seal, which may be shown. */
export type ListedKey = Omit<ApiKey, 'hash' | 'seal'>;

/** A new key. `key` is returned only this once and cannot be read again. */
export interface CreatedKey extends ListedKey {
  readonly key: string;
}

interface Verified {
  readonly hash: Buffer;
  readonly principal: Principal;
  readonly at: number;
}

/** How long a verified key stays cached. A key revoked by another process works at most this much longer. */
const BELIEVED_MS = 1000;
const KEY = /^met_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@'-]{0,63}$/u;

/** Creates, lists, revokes and verifies API keys. */
export class ApiKeys {
  private readonly keys: Repository<ApiKey>;
  private readonly sessions: Repository<BrowserSession>;
  /** Callbacks that end work when a key is revoked, by key id. */
  private readonly watched = new Map<string, Set<() => void>>();
  private watching: NodeJS.Timeout | undefined;
  private readonly verified = new Map<string, Verified>();

  private readonly acts: KeyActs | undefined;

  constructor(database: DataSource) {
    this.acts = KeyActs.of(database);
    this.keys = database.getRepository(ApiKey);
    this.sessions = database.getRepository(BrowserSession);
  }

  /** Creates a key. Throws KeyNameTaken when an active key has that name. */
  async create(givenName: string, role: Role): Promise<CreatedKey> {
    // The name becomes the author of events, so it is NFC-normalized like all texts.
    const name = givenName.normalize('NFC');
    validate(name, role);
    const id = randomBytes(8).toString('hex');
    const key = `met_${id}_${randomBytes(32).toString('base64url')}`;
    const made: ListedKey = { id, name, role, createdAt: new Date().toISOString(), revokedAt: null };
    try {
      const stored = { ...made, hash: digest('sha256', key) };
      const sealed = { ...stored, seal: sealOf(stored) };
      if (this.acts) this.acts.put(sealed);
      else await this.keys.insert(sealed);
    } catch (error) {
      if (!isNameConflict(error)) throw error;
      throw new KeyNameTaken({
        detail: `A live key is named "${name}". Revoke it first, or take another name.`,
      });
    }
    return { ...made, key };
  }

  /** Copies keys from another tier unchanged. */
  async take(keys: readonly ApiKey[]): Promise<void> {
    const known = new Map((await this.keys.find()).map((key) => [key.id, sealOf(key)]));
    const news = keys.filter((key) => known.get(key.id) !== sealOf(key));
    if (this.acts) for (const key of news) this.acts.put(key);
    else await this.keys.save(news);
  }

  /** All keys, including revoked ones, by creation time. */
  async list(): Promise<ListedKey[]> {
    const select = { id: true, name: true, role: true, createdAt: true, revokedAt: true } as const;
    return this.keys.find({ select, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /**
   * Permanently revokes the active key with that id or name, and ends its browser sessions. Throws NotFound
   * if there is none.
   */
  async revoke(nameOrId: string): Promise<ListedKey> {
    const found = await this.keys.find({
      where: [
        { id: nameOrId, revokedAt: IsNull() },
        { name: In([nameOrId, nameOrId.normalize('NFC')]), revokedAt: IsNull() },
      ],
    });
    const key = found.find(({ id }) => id === nameOrId) ?? found[0];
    if (!key) throw new NotFound({ detail: `No live key has the name or id "${nameOrId}".` });
    const revokedAt = new Date().toISOString();
    const seal = sealOf({ ...key, revokedAt });
    if (this.acts) this.acts.put({ ...key, revokedAt });
    else await this.keys.update({ id: key.id, revokedAt: IsNull() }, { revokedAt, seal });
    this.letGo(key.id);
    await this.sessions.delete({ keyId: key.id });
    const { id, name, role, createdAt } = key;
    return { id, name, role, createdAt, revokedAt };
  }

  /**
   * The holder of a key; undefined if the key is malformed, unknown or revoked. Without a promise for a key that was
   * verified a moment ago.
   */
  authenticate(key: string): Principal | undefined | Promise<Principal | undefined> {
    const id = KEY.exec(key)?.[1];
    if (id === undefined) return undefined;
    const hash = digest('sha256', key, 'buffer');
    const believed = this.verified.get(id);
    // Taken before the look-up, so that the cache time includes the look-up; a revocation meanwhile takes
    // effect in time.
    const at = performance.now();
    if (believed && at - believed.at < BELIEVED_MS) {
      return timingSafeEqual(hash, believed.hash) ? believed.principal : undefined;
    }
    return this.lookedUp(id, hash, at);
  }

  private async lookedUp(id: string, hash: Buffer, at: number): Promise<Principal | undefined> {
    const stored = await this.keys.findOneBy({ id, revokedAt: IsNull() });
    if (!stored) {
      this.verified.delete(id);
      return undefined;
    }
    const expected = Buffer.from(stored.hash, 'hex');
    if (expected.length !== hash.length || !timingSafeEqual(hash, expected)) return undefined;
    const principal = { keyId: id, name: stored.name, role: stored.role };
    this.verified.set(id, { hash: expected, principal, at });
    return principal;
  }

  /**
   * Calls `end` when a key is revoked: at once if this process revokes it, within a second or two if another
   * one does. For long requests that passed the access check at their start. Returns a function that stops
   * watching.
   */
  onRevoked(id: string, end: () => void): () => void {
    const ends = this.watched.get(id) ?? new Set();
    this.watched.set(id, ends.add(end));
    this.watching ??= setInterval(() => void this.lookAfterWatched(), BELIEVED_MS).unref();
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.watched.get(id) === ends) this.watched.delete(id);
      this.restIfNothingIsWatched();
    };
  }

  private async lookAfterWatched(): Promise<void> {
    const ids = [...this.watched.keys()];
    // While the database is unreachable, the state of the keys is unknown, as for any other request.
    const live = await this.keys.findBy({ id: In(ids), revokedAt: IsNull() }).catch(() => undefined);
    if (live === undefined) return;
    for (const id of ids) if (!live.some((key) => key.id === id)) this.letGo(id);
  }

  /** Removes a revoked key from the cache and ends the work that depends on it. */
  private letGo(id: string): void {
    this.verified.delete(id);
    const ends = this.watched.get(id);
    this.watched.delete(id);
    for (const end of ends ?? []) end();
    this.restIfNothingIsWatched();
  }

  private restIfNothingIsWatched(): void {
    if (this.watched.size > 0) return;
    clearInterval(this.watching);
    this.watching = undefined;
  }
}

function validate(name: string, role: string): void {
  const errors = [];
  if (!NAME.test(name) || name !== name.trim()) {
    const message = "must be 1 to 64 letters, digits, spaces or . _ @ ' -, and begin with a letter or digit";
    errors.push({ field: 'name', message });
  }
  if (!ROLES.some((known) => known === role)) {
    errors.push({ field: 'role', message: `must be one of ${ROLES.join(', ')}` });
  }
  if (errors.length > 0) throw new InvalidRequest(errors);
}

/** SQLite names the column, PostgreSQL the index. */
function isNameConflict(error: unknown): boolean {
  return (
    error instanceof Error &&
    /UNIQUE constraint failed: api_keys\.name|unique constraint "api_keys_live_name"/.test(error.message)
  );
}
