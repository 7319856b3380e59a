/**
 * Releases in the layouts that automakers use, with made-up figures. Each gives the number of its figures,
 * and some of them.
 */
export interface Layout {
  readonly name: string;
  readonly month: string;
  readonly text: string;
  readonly figures: number;
  /** Maps `entity|vehicles|measure period` to the value. */
  readonly some: Readonly<Record<string, number>>;
}

/** A layout, and a cell of it with a typing mistake that the sums reveal. */
export interface LayoutWithSlip extends Layout {
  readonly slip: readonly [right: string, wrong: string];
}

export const LAYOUTS: readonly LayoutWithSlip[] = [
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

/** More releases, in other layouts. */
export const MORE_LAYOUTS: readonly Layout[] = [
  {
    name: 'a title, and under month and year to date the two years with their growth',
    month: '2026-03',
    text: `Sales volume March 2026 (units)
\tMarch\t\t\tYear to date
\t2026\t2025\tChange\t2026\t2025\tChange
Volvo\t60,000\t50,000\t20.0%\t150,000\t140,000\t7.1%
Polestar\t6,000\t5,000\t20.0%\t15,000\t10,000\t50.0%
Total\t66,000\t55,000\t20.0%\t165,000\t150,000\t10.0%`,
    figures: 12,
    some: {
      'volvo||total-units 2025-03': 50_000,
      'polestar||total-units 2025-01/2025-03': 10_000,
      '||total-units 2026-01/2026-03': 165_000,
    },
  },
  {
    name: 'months down and years across, with the sum of the year',
    month: '2026-03',
    text: `Month;2024;2025;2026
January;10.000;12.000;15.000
February;8.000;9.000;11.000
March;12.000;14.000;16.000
Jan–Mar;30.000;35.000;42.000`,
    figures: 12,
    some: { '||total-units 2024-02': 8000, '||total-units 2025-01/2025-03': 35_000 },
  },
  {
    name: 'growth in a row of its own below the figures, brands across',
    month: '2026-03',
    text: `,Zeekr,Lynk & Co,Total
Mar-26,"20,000","30,000","50,000"
Mar-25,"16,000","24,000","40,000"
YoY,+25.0%,+25.0%,+25.0%
YTD Mar-26,"52,000","80,000","132,000"
YTD Mar-25,"40,000","64,000","104,000"
YoY,+30.0%,+25.0%,+26.9%`,
    figures: 12,
    some: { 'lynk-co||total-units 2025-03': 24_000, '||total-units 2025-01/2025-03': 104_000 },
  },
  {
    name: 'sections for all and for exports, each with its total',
    month: '2026-05',
    text: `Brand\tMay 2026\tApr 2026\tMoM\tMay 2025\tYoY
Sales
Great Wall\t30,000\t28,000\t7.1%\t25,000\t20.0%
Haval\t50,000\t49,000\t2.0%\t40,000\t25.0%
Total\t80,000\t77,000\t3.9%\t65,000\t23.1%
Exports
Great Wall\t10,000\t9,000\t11.1%\t8,000\t25.0%
Haval\t20,000\t18,000\t11.1%\t16,000\t25.0%
Total\t30,000\t27,000\t11.1%\t24,000\t25.0%`,
    figures: 18,
    some: {
      'haval||overseas-units 2026-04': 18_000,
      '||overseas-units 2026-05': 30_000,
      '||total-units 2025-05': 65_000,
    },
  },
  {
    name: 'text out of a PDF, one blank apart',
    month: '2026-03',
    text: `Brand March 2026 YoY YTD YoY
Geo One 20,100 12.0% 55,300 10.1%
Lynk 10,050 (3.2%) 28,700 1.0%
Total 30,150 6.4% 84,000 6.8%`,
    figures: 6,
    some: { 'geo-one||total-units 2026-03': 20_100, '||total-units 2026-01/2026-03': 84_000 },
  },
  {
    name: 'growth in the cell of the figure',
    month: '2026-03',
    text: `| | Mar 2026 |
| --- | --- |
| BEV | 12.000 (+20,0 %) |
| PHEV | 6.000 (-5,0 %) |
| NEV | 18.000 (+10,4 %) |`,
    figures: 3,
    some: { '|battery-electric|total-units 2026-03': 12_000 },
  },
  {
    name: 'in thousands, as its title says',
    month: '2026-03',
    text: `Deliveries in thousands
Brand\tMarch\tYTD
Audi\t151.2\t402.5
Skoda\t80.1\t230.4
Total\t231.3\t632.9`,
    figures: 6,
    some: { 'audi||total-units 2026-03': 151_200, '||total-units 2026-01/2026-03': 632_900 },
  },
  {
    name: 'others, and powertrains with and without a plug, which the ledger does not tell apart',
    month: '2026-03',
    text: `Item,March 2026
Chery,"40,000"
Omoda,"10,000"
Others,"5,000"
Total,"55,000"
NEV,"30,000"
BEV,"18,000"
PHEV,"12,000"
ICE,"20,000"
HEV,"5,000"`,
    figures: 9,
    some: { 'omoda||total-units 2026-03': 10_000, '|new-energy|total-units 2026-03': 30_000 },
  },
  {
    name: 'a home market beside what is sold abroad',
    month: '2026-03',
    text: `Region\tMarch\tQ1
China\t30,000\t80,000
Overseas\t10,000\t25,000
Total\t40,000\t105,000`,
    figures: 6,
    some: { '||market-units 2026-03': 30_000, '||overseas-units 2026-01/2026-03': 25_000 },
  },
  {
    name: 'Chinese, in ten thousands, with the same period of last year',
    month: '2026-03',
    text: `产销快报(单位:万辆)
项目\t2026年3月\t去年同期\t同比\t1-3月累计\t去年同期累计\t累计同比
乘用车\t12.5\t10.0\t25.0%\t31.5\t27.0\t16.7%
商用车\t2.5\t2.0\t25.0%\t6.5\t5.0\t30.0%
合计\t15.0\t12.0\t25.0%\t38.0\t32.0\t18.8%
其中:出口\t4.0\t3.0\t33.3%\t10.0\t8.0\t25.0%`,
    figures: 16,
    some: {
      '|passenger|total-units 2025-03': 100_000,
      '||total-units 2025-01/2025-03': 320_000,
      '||overseas-units 2026-01/2026-03': 100_000,
    },
  },
  {
    name: 'growth without its sign of percent',
    month: '2026-11',
    text: `Brand\tNov '26\tYoY\tJan.–Nov. 2026\tYoY
Nio\t20,000\t12.5\t200,000\t-1.5
Onvo\t10,000\t30.0\t90,000\t45.5
Total\t30,000\t17.8\t290,000\t9.2`,
    figures: 6,
    some: { 'onvo||total-units 2026-11': 10_000, '||total-units 2026-01/2026-11': 290_000 },
  },
  {
    name: 'rates after all figures, in their order',
    month: '2026-02',
    text: `Brand\t02/2026\t01-02/2026 YTD\tYoY\tYoY
Aion\t20,000\t45,000\t10.0%\t12.0%
Hyptec\t1,000\t2,500\t-5.0%\t-4.0%
Total\t21,000\t47,500\t9.2%\t11.0%`,
    figures: 6,
    some: { 'aion||total-units 2026-02': 20_000, '||total-units 2026-01/2026-02': 47_500 },
  },
];
