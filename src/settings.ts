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

/** Names of address ranges that Fastify knows by themselves. */
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

/** Whether a text is an address, a range of them with its length, or the name of a range. */
function isRange(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const [address = '', length, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0) return RANGES.has(text);
  return (
    more.length === 0 && (length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits))
  );
}

/** A name, a name with a port, a name of all below it (a dot first), an address, or any name at all. */
const HOST = /^(\*|\.?[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?)$/i;

/** What the environment decides. The defaults are those of the embedded tier: nothing has to be set. */
export class Settings {
  /** Folder of the ledger, the views and the keys. */
  @IsString()
  @IsNotEmpty({ message: 'must name a folder, such as ./data/store' })
  dataDir = './data/store';

  /** Database of the views, the keys and the log's key, which several nodes share. Left out: files of the folder. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/[^\s/]+\/[^\s/?]+(\?\S*)?$/, {
    message:
      'must be a URL with a host and a database, such as postgres://user:password@127.0.0.1:5432/tracker',
  })
  postgresUrl?: string;

  /** Address to listen on. Loopback unless told otherwise. */
  @IsString()
  @IsNotEmpty({ message: 'must name an address to listen on, such as 127.0.0.1 or 0.0.0.0' })
  host = '127.0.0.1';

  @IntBetween(0, 65_535, 'a port: a whole number from 0 to 65535, such as 3000')
  port = 3000;

  /** Bytes of the largest body that is read into memory. */
  @IntBetween(1024, 1024 ** 3, 'a size from 1 KiB to 1 GiB, such as 1MiB or 1048576')
  bodyLimit = 1024 ** 2;

  /** Requests a minute and client. 0 switches the limit off. */
  @IntBetween(0, 1e9, 'a whole number of requests a minute, such as 6000, or 0 for no limit')
  rateLimit = 6000;

  /** Whether reading needs no key. */
  @IsBoolean({ message: 'must be true or false' })
  openReading = true;

  /** Whether events are dated by the clock of the machine even where it is far from the newest event and this release. */
  @IsBoolean({ message: 'must be true or false' })
  trustClock = false;

  /** Names by which the server is reached from elsewhere, such as tracker.example.org. Those of loopback need not be named. */
  @IsOptional()
  @Matches(HOST, {
    each: true,
    message:
      'must be host names with commas between them, such as tracker.example.org, .example.org for all below it, or * for any',
  })
  allowedHosts?: readonly string[];

  /** Which proxies may say whom a request comes from, and under which name: none, so many, or those of these addresses. */
  @Validate(TrustedProxies)
  trustProxy: false | number | readonly string[] = false;

  @IsIn(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
  logLevel: LogLevel = 'info';

  /** Log lines for people instead of JSON. */
  @IsBoolean({ message: 'must be true or false' })
  logPretty = false;

  /** Milliseconds that a client may take to send a request whole. Generous, because imports are long. */
  @IntBetween(1000, 86_400_000, 'milliseconds from 1000 to 86400000, such as 300000')
  requestTimeout = 300_000;

  /** Longest wait, in milliseconds, of a read for a position that the views do not have yet. */
  @IntBetween(0, 60_000, 'milliseconds from 0 to 60000, such as 5000')
  minPositionWaitMs = 5000;

  /** Connection string of the KurrentDB server that keeps the events, in place of a SQLite file. May hold a password. */
  @IsOptional()
  @Validate(KurrentConnectionString)
  kurrentdbUrl?: string;

  /** Bytes of the largest append to KurrentDB, at most the MaxAppendSize that its servers are set to. */
  @IntBetween(64 * 1024, 256 * 1024 ** 2, 'a size from 64 KiB to 256 MiB, such as 1MiB or 1048576')
  kurrentdbMaxAppend = 1024 ** 2;

  /** What the names of the ledger's streams begin with, on a server that keeps more than one ledger. */
  @Validate(StreamPrefix)
  kurrentdbStreamPrefix = '';

  /** Whether webhooks may go to addresses of private networks. */
  @IsBoolean({ message: 'must be true or false' })
  webhookPrivateTargets = false;

  /** Bytes of memory, about, that the states of streams used lately may take. What does not fit is read again. */
  @IntBetween(1024 ** 2, 64 * 1024 ** 3, 'a size from 1 MiB to 64 GiB, such as 160MiB')
  stateCache = STATE_CACHE_BYTES;
}

/** One variable that does not fit. */
export interface WrongSetting {
  readonly variable: string;
  readonly message: string;
}

/** The environment does not fit: every variable that is wrong, and how to mend it. */
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

/** Environment variables, and the setting that each gives. */
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

/** Variables with a password in them, which no message may repeat. */
const SECRET: ReadonlySet<string> = new Set(['POSTGRES_URL', 'KURRENTDB_URL']);

/** Settings in bytes, which may be given with a unit. */
const SIZES: ReadonlySet<keyof Settings> = new Set(['bodyLimit', 'kurrentdbMaxAppend', 'stateCache']);

/** The settings that an environment asks for. Throws InvalidSettings, which names every wrong variable. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  const settings = new Settings();
  for (const [variable, property] of Object.entries(VARIABLES)) {
    const text = env[variable]?.trim();
    // Compose files and shells hand over empty variables for unset ones.
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

/** Whether a name or an address, in brackets or not, is reached from this machine only. */
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

/** What cannot be read stays text, so that the validation refuses it. */
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

/** Whoever only says that there is a proxy means one: the last address that is told is then the one that it saw. */
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
