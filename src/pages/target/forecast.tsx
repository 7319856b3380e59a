import type { VNode } from 'preact';
import type { Band } from '../../domain/forecast/bands.js';
import type { ForecastValue } from '../../domain/forecast/method-forecast.js';
import type { ForecastAnswer } from '../../queries/automakers/get-forecast.js';
import { dayInWords } from '../design/dates.js';
import { Explained } from '../design/explained.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { METHOD_WORDS } from '../../domain/forecast/forecast-words.js';
import { addressOf } from '../page-context.js';
import { withCapital } from '../design/words.js';

/**
 * Where the measure is going: each method with its track record, in words and as a table; or why there is no
 * forecast.
 */
export function ForecastSection({ forecast }: { forecast: ForecastAnswer }): VNode | null {
  const { status, reasons, words, methods, automaker, target, measure, perimeter, originClock } = forecast;
  if (status === 'not-applicable') return null;
  const { market, entity } = perimeter ?? {};
  const from =
    target === undefined
      ? addressOf(`/api/automakers/${automaker}/forecast`, { measure, market, entity })
      : `/api/automakers/${automaker}/targets/${target}/forecast`;
  return (
    <Section
      id="forecast"
      title="Where it is going"
      lead={`By each method that was nearer than “nothing changes”, on what had been ${originClock === 'published' ? 'published' : 'recorded'} at the time; never averaged.`}
    >
      {status === 'not-enough-evidence' && (
        <p class="note">
          <strong>
            <Explained method="forecasts">Not enough evidence</Explained>
          </strong>{' '}
          for a forecast; there is the pace alone.
        </p>
      )}
      {[...reasons, ...words].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {status === 'forecast' && (
        <section class="table-scroll" tabIndex={0} aria-label="Forecasts by method and year">
          <table>
            <caption>Bands are from the method’s own past errors about as far ahead</caption>
            <thead>
              <tr>
                <th scope="col">Method</th>
                <th scope="col">On</th>
                {HEADS.map((head) => (
                  <th key={head} scope="col" class="num">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {methods.flatMap(({ method, values }, index) =>
                values.map((value, row) => (
                  <Row
                    key={`${method} ${value.on}`}
                    method={withCapital(METHOD_WORDS[method])}
                    value={value}
                    at={`/methods/${index}/values/${row}`}
                    from={from}
                  />
                )),
              )}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  );
}

const HEADS = [
  'Value',
  '50 % band',
  '80 % band',
  'Chance to be there',
  'Past errors',
  'Bands of 50 % that held',
  'Mean error, in usual steps',
];

interface RowProps {
  readonly method: string;
  readonly value: ForecastValue;
  readonly at: string;
  readonly from: string;
}

function Row({ method, value: told, at, from }: RowProps): VNode {
  const { on, value, bands, chance, errors, accuracy } = told;
  return (
    <tr>
      <th scope="row">{method}</th>
      <td class="date">{dayInWords(on)}</td>
      <td class="num">
        <Value value={value} at={`${at}/value`} from={from} />
      </td>
      <BandCell bands={bands} percent={50} at={at} from={from} />
      <BandCell bands={bands} percent={80} at={at} from={from} />
      <td class="num">
        {chance && (
          <>
            <Value value={chance.lo} at={`${at}/chance/lo`} from={from} isRatio /> to{' '}
            <Value value={chance.hi} at={`${at}/chance/hi`} from={from} isRatio />
          </>
        )}
      </td>
      <td class="num">
        <Value value={errors} at={`${at}/errors`} from={from} />
      </td>
      <HeldCell accuracy={accuracy} at={at} from={from} />
      <td class="num">
        {accuracy.mase !== undefined && (
          <Value value={accuracy.mase} at={`${at}/accuracy/mase`} from={from} />
        )}
      </td>
    </tr>
  );
}

function BandCell({
  bands,
  percent,
  at,
  from,
}: {
  bands: readonly Band[];
  percent: Band['percent'];
  at: string;
  from: string;
}): VNode {
  const index = bands.findIndex((band) => band.percent === percent);
  const band = bands[index];
  return (
    <td class="num">
      {band && (
        <>
          <Value value={band.lo} at={`${at}/bands/${index}/lo`} from={from} /> to{' '}
          <Value value={band.hi} at={`${at}/bands/${index}/hi`} from={from} />
        </>
      )}
    </td>
  );
}

/** How many of the scored 50 % bands, shown or not, contained the actual value. */
function HeldCell({
  accuracy: { coverage },
  at,
  from,
}: {
  accuracy: ForecastValue['accuracy'];
  at: string;
  from: string;
}): VNode {
  const index = coverage.findIndex(({ percent }) => percent === 50);
  const half = coverage[index];
  const place = `${at}/accuracy/coverage/${index}`;
  return (
    <td class="num">
      {half && half.given > 0 && (
        <>
          <Value value={half.held} at={`${place}/held`} from={from} /> of{' '}
          <Value value={half.given} at={`${place}/given`} from={from} />
        </>
      )}
    </td>
  );
}
