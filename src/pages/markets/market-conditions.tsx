import type { VNode } from 'preact';
import type { Day } from '../../domain/ledger/edtf.js';
import { standingOf } from '../../domain/state/condition-standing.js';
import type { ConditionChange, ConditionRecord } from '../../domain/state/records.js';
import type { MarketAnswer } from '../../queries/markets/get-markets.js';
import { NAMING } from '../../queries/names.js';
import { isRateOfDuty } from '../../domain/events/market-condition-changed.js';
import { dateInWords } from '../design/dates.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { slugInWords, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';

/** A condition with its place in the answer, and the region that sets it, if it is not the market itself. */
interface Placed {
  readonly record: ConditionRecord;
  readonly at: string;
  readonly region?: { readonly market: string; readonly name: string };
}

interface Shown extends Placed {
  readonly changes: readonly ConditionChange[];
}

/** Demand is reported, and nobody puts it in force. */
const isRule = ({ record: { kind } }: Placed): boolean => kind !== 'demand';

/** The conditions of a market and its regions: in force, proposed or not yet effective, and ended. */
export function MarketConditions({
  answer: { conditions, regions, asOf, market },
}: {
  answer: MarketAnswer;
}): VNode {
  const all: Placed[] = [
    ...conditions.map((record, index) => ({ record, at: `/conditions/${index}` })),
    ...regions.flatMap(({ conditions: of, ...region }, place) =>
      of.map((record, index) => ({ record, at: `/regions/${place}/conditions/${index}`, region })),
    ),
  ];
  const law = pick(all.filter(isRule), asOf.trueOn, ({ law: now }) => (now ? [now] : []));
  const demand = pick(
    all.filter((each) => !isRule(each)),
    asOf.trueOn,
    ({ law: now }) => (now ? [now] : []),
  );
  const coming = pick(all, asOf.trueOn, ({ coming: next, overtaken: gone }) =>
    next.filter((change) => !gone.includes(change)),
  );
  const overtaken = pick(all, asOf.trueOn, ({ overtaken: gone }) => gone);
  const over = pick(all, asOf.trueOn, ({ law: now, coming: next, past }) =>
    now || next.length > 0 ? [] : past,
  );
  return (
    <Section
      id="conditions"
      title="Under which conditions"
      lead="Tariffs, quotas, rules and the like, of the market itself and of the regions that it lies in. Only what is in force is law; demand is none."
    >
      {all.length === 0 && (
        <p class="quiet">None is logged for {NAMING.place(market)} or a region that it lies in.</p>
      )}
      <Conditions caption="In force, by what is logged" shown={law} />
      {law.length > 0 && (
        <p class="small quiet">
          No end of these is logged; what was said to last until a day that is over may have ended.
        </p>
      )}
      <Conditions caption="Demand, as reported" shown={demand} />
      <Conditions caption="Proposed, or yet to take effect" shown={coming} />
      {overtaken.length > 0 && (
        <details>
          <summary>Proposed for a day that is over, and not logged as law ({overtaken.length})</summary>
          <Conditions caption="Proposed for a day that is over" shown={overtaken} />
        </details>
      )}
      {over.length > 0 && (
        <details>
          <summary>{over.length === 1 ? '1 that ended' : `${over.length} that ended`}</summary>
          <Conditions caption="Ended" shown={over} />
        </details>
      )}
    </Section>
  );
}

function pick(
  all: readonly Placed[],
  on: Day,
  of: (standing: ReturnType<typeof standingOf>) => readonly ConditionChange[],
): Shown[] {
  return all.flatMap((placed) => {
    const changes = of(standingOf(placed.record, on));
    return changes.length === 0 ? [] : [{ ...placed, changes }];
  });
}

function Conditions({ caption, shown }: { caption: string; shown: readonly Shown[] }): VNode | null {
  const link = useLink();
  if (shown.length === 0) return null;
  return (
    <table class="stack">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Condition</th>
          <th scope="col">Applies to</th>
          <th scope="col">Set by</th>
          <th scope="col">What and since when</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ record: { kind, appliesTo, changes: all }, at, region, changes }) => (
          <tr key={at}>
            <th scope="row">{slugInWords(kind)}</th>
            <td data-label="Applies to">{appliesTo}</td>
            <td data-label="Set by">
              {region ? (
                <a href={link(`/markets/${region.market}`)}>{withCapital(region.name)}</a>
              ) : (
                'the market itself'
              )}
            </td>
            <td data-label="What">
              {changes.map((change) => (
                <Change
                  key={change.event}
                  kind={kind}
                  change={change}
                  at={`${at}/changes/${all.indexOf(change)}`}
                />
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Change({
  kind,
  change: { event, occurredOn, rate, effectiveOn, stage },
  at,
}: {
  kind: ConditionRecord['kind'];
  change: ConditionChange;
  at: string;
}): VNode {
  const link = useLink();
  return (
    <div>
      {rate !== undefined && (
        <>
          {isRateOfDuty(kind) && 'with a duty of '}
          <Value value={rate} at={`${at}/rate`} unit="percent" />,{' '}
        </>
      )}
      {stage !== undefined && stage !== 'in-force' && `${stage}, `}
      <a href={link(`/events/${event}`)}>{dateInWords(occurredOn)}</a>
      {effectiveOn !== undefined && effectiveOn !== occurredOn && ` (effective ${dateInWords(effectiveOn)})`}
    </div>
  );
}
