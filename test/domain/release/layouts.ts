/** Releases as automakers lay them out, with made-up figures. Each tells how many figures are in it, and some of them. */
export interface Layout {
  readonly name: string;
  readonly month: string;
  readonly text: string;
  readonly figures: number;
  /** `entity|vehicles|measure period` and the value. */
  readonly some: Readonly<Record<string, number>>;
  /** A cell, and what somebody mistyped there: the sums find it. */
  readonly slip: readonly [right: string, wrong: string];
}

export const LAYOUTS: readonly Layout[] = [
  {
    name: 'brands down, month and year to date across, growth beside each, tabs',
    month: '2026-03',
    text: `Brand\tMarch 2026\tYoY\tYTD\tYoY
Geo\t20,100\t+12.0%\t55,300\t+10.1%
Lynk\t10,050\t-3.2%\t28,700\t+1.0%
Zeek\t9,850\t+41.0%\t26,000\t+30.5%
Total\t40,000\t+13.3%\t110,000\t+11.9%`,
    figures: 8,
    some: { 'geo||total-units 2026-03': 20_100, '||total-units 2026-01/2026-03': 110_000 },
    slip: ['10,050', '10,550'],
  },
  {
    name: 'months across, powertrains down, CSV with quotes',
    month: '2026-03',
    text: `Powertrain,Jan,Feb,Mar,Jan-Mar
BEV,"10,000","8,000","12,000","30,000"
PHEV,"5,000","4,000","6,000","15,000"
NEV total,"15,000","12,000","18,000","45,000"`,
    figures: 12,
    some: {
      '|battery-electric|total-units 2026-02': 8000,
      '|new-energy|total-units 2026-01/2026-03': 45_000,
    },
    slip: ['"12,000"', '"12,900"'],
  },
  {
    name: 'of which export under each brand, Markdown',
    month: '2026-05',
    text: `| Brand | May | Jan–May |
| --- | ---: | ---: |
| Haval | 50,000 | 240,000 |
| of which export | 20,000 | 90,000 |
| Tank | 20,000 | 100,000 |
| of which export | 8,000 | 41,000 |
| Total | 70,000 | 340,000 |
| of which export | 28,000 | 131,000 |`,
    figures: 12,
    some: { 'haval||overseas-units 2026-05': 20_000, '||overseas-units 2026-01/2026-05': 131_000 },
    slip: ['8,000', '8,800'],
  },
  {
    name: 'HTML with a head of two rows and spans',
    month: '2026-02',
    text: `<table><tr><th rowspan="2">Brand</th><th colspan="2">February</th><th colspan="2">Year to date</th></tr>
<tr><th>Units</th><th>YoY</th><th>Units</th><th>YoY</th></tr>
<tr><td>Roewe</td><td>12&nbsp;000</td><td>5%</td><td>25 000</td><td>6%</td></tr>
<tr><td>MG</td><td>30 000</td><td>-2%</td><td>61 000</td><td>1%</td></tr>
<tr><td><b>Total</b></td><td>42 000</td><td>0%</td><td>86 000</td><td>2%</td></tr></table>`,
    figures: 6,
    some: { 'mg||total-units 2026-02': 30_000, '||total-units 2026-01/2026-02': 86_000 },
    slip: ['61 000', '16 000'],
  },
  {
    name: 'text in columns, two blanks apart',
    month: '2026-01',
    text: `Sales            January 2026   January 2025   Change
Passenger cars   30,000         25,000         20.0%
Commercial cars  10,000         9,000          11.1%
Total            40,000         34,000         17.6%`,
    figures: 6,
    some: { '|passenger|total-units 2026-01': 30_000, '||total-units 2025-01': 34_000 },
    slip: ['25,000', '26,000'],
  },
  {
    name: 'this month and the same month of last year, semicolons, points for thousands',
    month: '2026-06',
    text: `Type;This month;Same month last year;YoY
BEV;20.500;16.400;25,0%
PHEV;10.500;10.000;5,0%
NEV;31.000;26.400;17,4%`,
    figures: 6,
    some: { '|battery-electric|total-units 2026-06': 20_500, '|new-energy|total-units 2025-06': 26_400 },
    slip: ['10.500', '15.000'],
  },
  {
    name: 'one line of deliveries by month, with the year to date at its end',
    month: '2026-04',
    text: `Month\tJan\tFeb\tMar\tApr\tYTD
Deliveries\t30,350\t15,256\t33,205\t35,045\t113,856`,
    figures: 5,
    some: { '||total-units 2026-04': 35_045, '||total-units 2026-01/2026-04': 113_856 },
    slip: ['33,205', '32,305'],
  },
  {
    name: 'months down, brands across',
    month: '2026-03',
    text: `Month\tNio\tOnvo\tFirefly\tTotal
January\t14,000\t6,000\t1,000\t21,000
February\t9,000\t4,000\t1,500\t14,500
March\t15,000\t8,000\t3,000\t26,000`,
    figures: 12,
    some: { 'onvo||total-units 2026-02': 4000, '||total-units 2026-03': 26_000 },
    slip: ['14,500', '14,900'],
  },
  {
    name: 'Chinese labels, with ten thousands',
    month: '2026-02',
    text: `项目\t2月\t同比\t1-2月累计\t同比
纯电\t1.2万\t+20.0%\t2.5万\t+18.0%
插混\t0.8万\t+50.0%\t1.5万\t+45.0%
新能源合计\t20,000\t+30.7%\t40,000\t+27.0%`,
    figures: 6,
    some: {
      '|battery-electric|total-units 2026-02': 12_000,
      '|new-energy|total-units 2026-01/2026-02': 40_000,
    },
    slip: ['0.8万', '0.9万'],
  },
  {
    name: 'exports only, by brand, growth in brackets',
    month: '2026-07',
    text: `Exports\tJuly\tYoY
Chery\t80,000\t(5.2%)
Jetour\t20,000\t12.5%
Total exports\t100,000\t(2.1%)`,
    figures: 3,
    some: { 'jetour||overseas-units 2026-07': 20_000, '||overseas-units 2026-07': 100_000 },
    slip: ['80,000', '8,000'],
  },
  {
    name: 'a head of two rows without spans: months above units and growth',
    month: '2026-03',
    text: `\tMarch 2026\t\tMarch 2025
Brand\tUnits\tYoY\tUnits
Aito\t36,000\t20.0%\t30,000
Landian\t4,000\t-20.0%\t5,000
Total\t40,000\t14.3%\t35,000`,
    figures: 6,
    some: { 'aito||total-units 2026-03': 36_000, '||total-units 2025-03': 35_000 },
    slip: ['30,000', '33,000'],
  },
  {
    name: 'brands and powertrains down, with nothing in some cells and notes',
    month: '2026-08',
    text: `Brand | Type | August | Share
Deepal | NEV | 25,000 | 50%
Deepal | BEV | 10,000 | –
Deepal | PHEV | 15,000 | n/a
Avatr | NEV | 11,000 | 22%
Avatr | BEV | 6,000 |
Avatr | PHEV | 5,000* |`,
    figures: 6,
    some: {
      'deepal|battery-electric|total-units 2026-08': 10_000,
      'avatr|plug-in-hybrid|total-units 2026-08': 5000,
    },
    slip: ['15,000', '15,500'],
  },
];
