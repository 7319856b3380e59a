import { hash as digest, randomBytes } from 'node:crypto';
import { In, IsNull, LessThan, type DataSource, type Repository } from 'typeorm';
import { ApiKey, type Principal } from './api-key.js';
import { BrowserSession } from './browser-session.js';

/** A working day, in seconds. */
export const SESSION_SECONDS = 12 * 60 * 60;

/**
 * How long a verified session stays cached. A session ended by another process works at most this much
 * longer.
 */
const BELIEVED_MS = 1000;
const MOST_BELIEVED = 1000;
/** Maximum number of sessions per key. Another sign-in ends the oldest one. */
const MOST_SESSIONS = 50;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

interface Believed {
  readonly principal: Principal;
  readonly expiresAt: string;
  readonly at: number;
}

/** Browser sessions. Each has its own secret, so that no cookie contains the key itself. */
export class BrowserSessions {
  private readonly sessions: Repository<BrowserSession>;
  private readonly keys: Repository<ApiKey>;
  private readonly believed = new Map<string, Believed>();

  constructor(database: DataSource) {
    this.sessions = database.getRepository(BrowserSession);
    this.keys = database.getRepository(ApiKey);
  }

  /** Begins a session for a caller. Returns the secret that the browser must send from now on. */
  async begin({ keyId }: Principal): Promise<string> {
    const now = Date.now();
    const secret = randomBytes(32).toString('base64url');
    await this.sessions.delete({ expiresAt: LessThan(new Date(now).toISOString()) });
    await this.endOldest(keyId);
    await this.sessions.insert({
      hash: digest('sha256', secret),
      keyId,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + SESSION_SECONDS * 1000).toISOString(),
    });
    return secret;
  }

  /** The caller of a session; undefined if the secret is unknown or expired, or if its key was revoked. */
  async find(secret: string): Promise<Principal | undefined> {
    if (!SECRET.test(secret)) return undefined;
    const hash = digest('sha256', secret);
    const now = new Date().toISOString();
    const believed = this.believed.get(hash);
    // Taken before the look-up, so that the cache time includes the look-up; an end meanwhile takes effect in
    // time.
    const at = performance.now();
    if (believed && at - believed.at < BELIEVED_MS && now < believed.expiresAt) return believed.principal;
    this.believed.delete(hash);
    const session = await this.sessions.findOneBy({ hash });
    if (!session || session.expiresAt <= now) return undefined;
    const key = await this.keys.findOneBy({ id: session.keyId, revokedAt: IsNull() });
    if (!key) return undefined;
    const principal = { keyId: key.id, name: key.name, role: key.role };
    if (this.believed.size >= MOST_BELIEVED) this.believed.clear();
    this.believed.set(hash, { principal, expiresAt: session.expiresAt, at });
    return principal;
  }

  /** Ends a session. */
  async end(secret: string): Promise<void> {
    const hash = digest('sha256', secret);
    this.believed.delete(hash);
    await this.sessions.delete({ hash });
  }

  private async endOldest(keyId: string): Promise<void> {
    const newestFirst = { createdAt: 'DESC', hash: 'ASC' } as const;
    const surplus = await this.sessions.find({
      where: { keyId },
      order: newestFirst,
      skip: MOST_SESSIONS - 1,
      take: MOST_SESSIONS,
    });
    if (surplus.length > 0) await this.sessions.delete({ hash: In(surplus.map(({ hash }) => hash)) });
  }
}
