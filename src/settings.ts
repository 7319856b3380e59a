import 'reflect-metadata';
import { BlockList, isIP } from 'node:net';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  Validate,
  ValidatorConstraint,
  validateSync,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { textFault } from './domain/ledger/text.js';
import { isStreamPrefix } from './event-store/kurrentdb/stream-names.js';
import { connectionStringFault } from './event-store/kurrentdb/url.js';
import { STATE_CACHE_BYTES } from './event-store/stream-state-cache.js';

/** Injection token of the application's settings. */
export const SETTINGS = Symbol('settings');

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

@ValidatorConstraint()
class KurrentConnectionString implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && connectionStringFault(value) === undefined;
  }

  defaultMessage({ value }: ValidationArguments): string {
    return connectionStringFault(String(value)) ?? '';
  }
}

@ValidatorConstraint()
class StreamPrefix implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isStreamPrefix(value);
  }

  defaultMessage(): string {
    return 'must be up to 100 letters, digits and . _ - in front of the names of streams, such as tracker-, without the name of a stream of a ledger in it';
  }
}

/** Names of address ranges that Fastify knows. */
const RANGES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);
const MOST_PROXIES = 10;

@ValidatorConstraint()
class TrustedProxies implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (Array.isArray(value)) return value.length > 0 && value.every(isRange);
    return (
      value === false || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_PROXIES)
    );
  }

  defaultMessage(): string {
    return `must be false, the number of proxies in front (1 to ${MOST_PROXIES}), or their addresses, such as 10.0.0.0/8,::1 or loopback`;
  }
}

/** Whether a text is an address, a range with prefix length, or the name of a range. */
function isRange(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const [address = '', length, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0) return RANGES.has(text);
  return (
    more.length === 0 && (length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits))
  );
}

/**
 * A host name, a name with a port, a domain with all subdomains (leading dot), an address, or any name (*).
 */
const HOST = /^(\*|\.?[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?)$/i;

/** The settings from the environment. The defaults are for the embedded tier, so nothing needs to be set. */
export class Settings {
  /** Folder of the ledger, the views and the keys. */
  @IsString()
  @IsNotEmpty({ message: 'must name a folder, such as ./data/store' })
  dataDir = './data/store';

  /**
   * Database of the views, the keys and the log's key, shared by several nodes. Default: files in the folder.
   */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/[^\s/]+\/[^\s/?]+(\?\S*)?$/, {
    message:
      'must be a URL with a host and a database, such as postgres://user:password@127.0.0.1:5432/tracker',
  })
  postgresUrl?: string;

  /** Address to listen on. Default: loopback. */
  @IsString()
  @IsNotEmpty({ message: 'must name an address to listen on, such as 127.0.0.1 or 0.0.0.0' })
  host = '127.0.0.1';

  @IntBetween(0, 65_535, 'a port: a whole number from 0 to 65535, such as 3000')
  port = 3000;

  /** Maximum size in bytes of a body that is read into memory. */
  @IntBetween(1024, 1024 ** 3, 'a size from 1 KiB to 1 GiB, such as 1MiB or 1048576')
  bodyLimit = 1024 ** 2;

  /** Requests per minute and client. 0 disables the limit. */
  @IntBetween(0, 1e9, 'a whole number of requests a minute, such as 6000, or 0 for no limit')
  rateLimit = 6000;

  /** Whether reading is possible without a key. */
  @IsBoolean({ message: 'must be true or false' })
  openReading = true;

  /** Whether to trust the machine's clock even if it is far from the newest event and this release. */
  @IsBoolean({ message: 'must be true or false' })
  trustClock = false;

  /**
   * Host names by which clients reach the server, such as tracker.example.org. Loopback names are always
   * accepted.
   */
  @IsOptional()
  @Matches(HOST, {
    each: true,
    message:
      'must be host names with commas between them, such as tracker.example.org, .example.org for all below it, or * for any',
  })
  allowedHosts?: readonly string[];

  /**
   * Which proxies are trusted to report the client's address and host: none, a number of hops, or certain
   * addresses.
   */
  @Validate(TrustedProxies)
  trustProxy: false | number | readonly string[] = false;

  @IsIn(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
  logLevel: LogLevel = 'info';

  /** Human-readable log lines instead of JSON. */
  @IsBoolean({ message: 'must be true or false' })
  logPretty = false;

  /** Milliseconds for a client to send its whole request. Generous, because imports take long. */
  @IntBetween(1000, 86_400_000, 'milliseconds from 1000 to 86400000, such as 300000')
  requestTimeout = 300_000;

  /** Maximum time, in milliseconds, that a read waits for the views to reach a position. */
  @IntBetween(0, 60_000, 'milliseconds from 0 to 60000, such as 5000')
  minPositionWaitMs = 5000;

  /**
   * Connection string of the KurrentDB server for the events, instead of a SQLite file. May contain a
   * password.
   */
  @IsOptional()
  @Validate(KurrentConnectionString)
  kurrentdbUrl?: string;

  /** Size limit in bytes of an append to KurrentDB. It must not exceed the MaxAppendSize of its servers. */
  @IntBetween(64 * 1024, 256 * 1024 ** 2, 'a size from 64 KiB to 256 MiB, such as 1MiB or 1048576')
  kurrentdbMaxAppend = 1024 ** 2;

  /** Prefix of the ledger's stream names, on a server with several ledgers. */
  @Validate(StreamPrefix)
  kurrentdbStreamPrefix = '';

  /** Whether webhooks may use addresses of private networks. */
  @IsBoolean({ message: 'must be true or false' })
  webhookPrivateTargets = false;

  /** Approximate memory in bytes for the states of recently used streams. Evicted states are read again. */
  @IntBetween(1024 ** 2, 64 * 1024 ** 3, 'a size from 1 MiB to 64 GiB, such as 160MiB')
  stateCache = STATE_CACHE_BYTES;
}

/** An invalid environment variable. */
export interface WrongSetting {
  readonly variable: string;
  readonly message: string;
}

/** The environment is invalid: lists every invalid variable and its correction. */
export class InvalidSettings extends Error {
  constructor(readonly wrong: readonly WrongSetting[]) {
    super(
      ['The settings are not valid:', ...wrong.map((each) => `  ${each.variable} ${each.message}`)].join(
        '\n',
      ),
    );
    this.name = 'InvalidSettings';
  }
}

/** Maps environment variables to settings. */
export const VARIABLES: Readonly<Record<string, keyof Settings>> = {
  DATA_DIR: 'dataDir',
  POSTGRES_URL: 'postgresUrl',
  HOST: 'host',
  PORT: 'port',
  BODY_LIMIT: 'bodyLimit',
  RATE_LIMIT: 'rateLimit',
  OPEN_READING: 'openReading',
  TRUST_CLOCK: 'trustClock',
  ALLOWED_HOSTS: 'allowedHosts',
  TRUST_PROXY: 'trustProxy',
  LOG_LEVEL: 'logLevel',
  LOG_PRETTY: 'logPretty',
  REQUEST_TIMEOUT: 'requestTimeout',
  MIN_POSITION_WAIT_MS: 'minPositionWaitMs',
  KURRENTDB_URL: 'kurrentdbUrl',
  KURRENTDB_MAX_APPEND: 'kurrentdbMaxAppend',
  KURRENTDB_STREAM_PREFIX: 'kurrentdbStreamPrefix',
  STATE_CACHE: 'stateCache',
  WEBHOOK_PRIVATE_TARGETS: 'webhookPrivateTargets',
};

/** Variables that contain a password; messages must not repeat their values. */
const SECRET: ReadonlySet<string> = new Set(['POSTGRES_URL', 'KURRENTDB_URL']);

/** Settings in bytes, which accept a unit. */
const SIZES: ReadonlySet<keyof Settings> = new Set(['bodyLimit', 'kurrentdbMaxAppend', 'stateCache']);

/** Reads the settings from an environment. Throws InvalidSettings, which names every invalid variable. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  const settings = new Settings();
  for (const [variable, property] of Object.entries(VARIABLES)) {
    const text = env[variable]?.trim();
    // Compose files and shells pass empty values for unset variables.
    if (text === undefined || text === '') continue;
    Object.assign(settings, { [property]: read(text, property, typeof settings[property]) });
  }
  if (!env['OPEN_READING']?.trim()) settings.openReading = isLoopback(settings.host);
  const unfit = Object.keys(VARIABLES).flatMap((variable): WrongSetting[] => {
    const fault = textFault(env[variable] ?? '');
    return fault === undefined ? [] : [{ variable, message: fault }];
  });
  if (unfit.length > 0) throw new InvalidSettings(unfit);
  const wrong = validateSync(settings).map((error): WrongSetting => {
    const variable = variableOf(error.property);
    const messages = Object.values(error.constraints ?? {});
    const given = SECRET.has(variable) ? 'is not shown here' : `is "${env[variable] ?? ''}"`;
    return { variable, message: `${given}; it ${messages[0] ?? 'is not valid'}` };
  });
  if (wrong.length > 0) throw new InvalidSettings(wrong);
  return settings;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether a name or an address, with or without brackets, is reachable only from this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const family = isIP(bare);
  return family === 0 ? bare === 'localhost' : LOOPBACK.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

function IntBetween(least: number, most: number, kind: string): PropertyDecorator {
  const message = `must be ${kind}`;
  const decorators = [IsInt({ message }), Min(least, { message }), Max(most, { message })];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

/** Unparsable values stay texts, so that the validation refuses them. */
function read(text: string, property: keyof Settings, type: string): unknown {
  if (property === 'allowedHosts') return listOf(text);
  if (property === 'trustProxy') return proxiesFrom(text);
  if (type === 'number') {
    const size = /^(\d+)\s*(KiB|MiB|GiB)$/i.exec(text);
    if (SIZES.has(property) && size) return Number(size[1]) * (BYTES[size[2]?.toLowerCase() ?? ''] ?? NaN);
    return /^\d+$/.test(text) ? Number(text) : text;
  }
  if (type === 'boolean') return TRUTHS[text.toLowerCase()] ?? text;
  return text;
}

const listOf = (text: string): string[] => text.split(',').map((each) => each.trim());

/**
 * `true` means one proxy: only the last reported address is then trusted, which is the one that the proxy
 * saw.
 */
function proxiesFrom(text: string): unknown {
  if (/^\d+$/.test(text)) return Number(text) || false;
  const truth = Object.hasOwn(TRUTHS, text.toLowerCase()) ? TRUTHS[text.toLowerCase()] : undefined;
  return truth === undefined ? listOf(text) : truth && 1;
}

const BYTES: Readonly<Record<string, number>> = { kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 };
const TRUTHS: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  false: false,
  '0': false,
  no: false,
};

function variableOf(property: string): string {
  return Object.keys(VARIABLES).find((variable) => VARIABLES[variable] === property) ?? property;
}
