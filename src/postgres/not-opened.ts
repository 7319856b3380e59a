import type pg from 'pg';

/**
 * PostgreSQL cannot be opened. The message names the database and the reason in one line, without the
 * password.
 */
export class PostgresNotOpened extends Error {
  override readonly name = 'PostgresNotOpened';

  constructor(client: Pick<pg.Client, 'host' | 'port' | 'user' | 'database'>, cause: unknown) {
    super(
      `PostgreSQL at ${client.host}:${client.port}, named by POSTGRES_URL, cannot be opened: ${reasonOf(cause, client)}.`,
      { cause },
    );
  }
}

type Opened = ConstructorParameters<typeof PostgresNotOpened>[0];

/** By error codes of the system and of PostgreSQL (its manual, appendix A). */
const REASONS = new Map<string, (opened: Opened, told: string) => string>([
  ['ECONNREFUSED', () => 'nothing listens there'],
  ['ENOTFOUND', ({ host }) => `no host is named ${host}`],
  ['EAI_AGAIN', ({ host }) => `the name ${host} cannot be looked up`],
  ['EHOSTUNREACH', () => 'no way leads to that host'],
  ['ENETUNREACH', () => 'no way leads to that host'],
  ['ETIMEDOUT', () => 'it does not answer'],
  ['ECONNRESET', () => 'what listens there hangs up; is it PostgreSQL?'],
  ['28P01', ({ user }) => `the password of the user ${user} is wrong`],
  ['28000', ({ user }, told) => `the user ${user} is not let in (${told})`],
  ['3D000', ({ database }) => `it has no database ${database}`],
  [
    '42501',
    ({ user, database }) =>
      `the user ${user} may not make schemas in the database ${database}, and has to own it`,
  ],
  ['25006', ({ database }) => `the database ${database} takes no writes; is it a standby?`],
  ['53300', () => 'it has as many connections as it takes'],
  ['57P03', () => 'it is starting or stopping'],
]);

/** Driver messages that have no code. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/timeout expired/, 'it does not answer'],
  [/Connection terminated/, 'what listens there hangs up; is it PostgreSQL?'],
  [/client password must be a (non-empty )?string/, 'it asks for a password, and the URL has none'],
  [/does not support SSL/, 'it does not speak TLS, which the URL asks for'],
];

function reasonOf(cause: unknown, opened: Opened): string {
  const told = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? '';
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return (
    REASONS.get(code)?.(opened, told) ??
    WORDS.find(([pattern]) => pattern.test(told))?.[1] ??
    (told === '' ? `it fails with ${code}` : told)
  );
}
