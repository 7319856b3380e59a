import { Matches, ValidateBy, ValidateIf } from 'class-validator';
import { isKnownOn, type Clocks } from '../domain/ledger/clocks.js';
import { isDay } from '../domain/ledger/edtf.js';

const isText =
  (accepts: (text: string) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'string' && accepts(value);

/** Like IsOptional, but null and the empty string do not count as omitted. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: { validate: isText(isDay), defaultMessage: () => 'must be a day such as 2025-12-31' },
  });

const IsDayOrInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDayOrInstant',
    validator: {
      validate: isText(isKnownOn),
      defaultMessage: () => 'must be a day such as 2025-12-31, or an instant such as 2025-12-31T12:00:00Z',
    },
  });

/** The parameters of every GET: the three clocks, and a position that the views must have reached. */
export class ClockParameters {
  /** The world on this day, today at the latest. Defaults to the earlier of `knownOn` and `publicOn`. */
  @Optional()
  @IsDay()
  trueOn?: string;

  /** Uses only what was recorded by the end of this day (UTC), or by this instant; today at the latest. */
  @Optional()
  @IsDayOrInstant()
  knownOn?: string;

  /** Uses only what was published by the end of this day. Undated evidence is left out and counted. */
  @Optional()
  @IsDay()
  publicOn?: string;

  /** Waits, for some seconds at most, until the views contain the event at this position. */
  @Optional()
  @Matches(/^\d{1,15}$/, { message: 'must be a position, as a write answers with it' })
  minPosition?: string;
}

export function clocksOf({ trueOn, knownOn, publicOn }: ClockParameters): Clocks {
  return {
    ...(trueOn !== undefined && { trueOn }),
    ...(knownOn !== undefined && { knownOn }),
    ...(publicOn !== undefined && { publicOn }),
  };
}
