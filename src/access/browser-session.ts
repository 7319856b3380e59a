import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A browser session begun with an API key. Only the hash of the cookie's secret is stored. */
@Entity('browser_sessions')
export class BrowserSession {
  /** SHA-256 of the secret, in hex. */
  @PrimaryColumn('text')
  hash!: string;

  /** The key that began the session. The session ends with the key. */
  @Column('text')
  keyId!: string;

  /** ISO 8601 instants. */
  @Column('text')
  createdAt!: string;

  @Column('text')
  expiresAt!: string;
}
