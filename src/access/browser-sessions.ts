import { hash as digest, randomBytes } from 'node:crypto';
import { In, IsNull, LessThan, type DataSource, type Repository } from 'typeorm';
import { ApiKey, type Principal } from './api-key.js';
import { BrowserSession } from './browser-session.js';

/** A working day, in seconds. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** How long a session that was looked up is believed. One that ends elsewhere works at most this much longer. */
const BELIEVED_MS = 1000;
const MOST_BELIEVED = 1000;
/** Of one key. Who signs in once more ends the oldest. */
const MOST_SESSIONS = 50;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

interface Believed {
  readonly principal: Principal;
  readonly expiresAt: string;
  readonly at: number;
}

/** Browsers that are signed in. Each has a secret of its own, so that the key itself is in no cookie. */
export class BrowserSessions {
  private readonly sessions: Repository<BrowserSession>;
  private readonly keys: Repository<ApiKey>;
  private readonly believed = new Map<string, Believed>();

  constructor(database: DataSource) {
    this.sessions = database.getRepository(BrowserSession);
    this.keys = database.getRepository(ApiKey);
  }

  /** Signs a browser in as a caller, and answers with the secret that it has to show from now on. */
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

  /** Who is signed in by a secret; undefined where it is unknown or expired, or its key was revoked. */
  async find(secret: string): Promise<Principal | undefined> {
    if (!SECRET.test(secret)) return undefined;
    const hash = digest('sha256', secret);
    const now = new Date().toISOString();
    const believed = this.believed.get(hash);
    // Taken before the look-up, so that an end meanwhile is not outlived by its age.
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

  /** Signs a browser out. */
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
