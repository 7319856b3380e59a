/**
 * A ledger that was recorded over time, with a level at the end of each quarter from 2010 to 2021, as JSONL
 * with recording times.
 */
export function growingLedger(): string {
  let state = 7919;
  const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const evidence = [{ url: 'https://example.com/report', publisher: 'Example', grade: 'confirmed' }];
  const event = (index: number, type: string, occurredOn: string, recordedAt: string, data: object) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    stream: 'automaker-example',
    type,
    occurredOn,
    data,
    evidence,
    recordedAt: `${recordedAt}T09:00:00.000Z`,
    recordedBy: 'example',
  });
  let markets = 5;
  const figures = Array.from({ length: 48 }, (_, quarter) => {
    markets += Math.floor(4 * random());
    const [year, end] = [2010 + Math.floor(quarter / 4), ['03-31', '06-30', '09-30', '12-31'][quarter % 4]];
    const asOf = `${year}-${end ?? ''}`;
    const recorded = new Date(Date.parse(asOf) + 20 * 86_400_000).toISOString().slice(0, 10);
    return event(2 + quarter, 'FigureReported', asOf, recorded, {
      measure: 'overseas-markets',
      value: markets,
      asOf,
    });
  });
  const target = {
    target: 'eighty-markets',
    measure: 'overseas-markets',
    threshold: 80,
    unit: 'markets',
    deadline: '2022/2024',
    wording: 'eighty markets',
  };
  const events = [
    event(0, 'AutomakerRegistered', '2009', '2010-01-02', { name: 'Example', homeMarket: 'CN' }),
    event(1, 'TargetSet', '2010-01-02', '2010-01-02', target),
    ...figures,
  ];
  return events.map((each) => JSON.stringify(each)).join('\n');
}
