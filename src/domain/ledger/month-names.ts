/** Months in English. */
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/**
 * Further names without accents, by month: German, French, Spanish, Italian, Portuguese, Dutch, Norwegian,
 * Danish and Swedish.
 */
const OTHER_NAMES: readonly string[] = [
  'januar janner janvier enero gennaio janeiro januari',
  'februar feber fevrier febrero febbraio fevereiro februari',
  'marz maerz mars marzo marco maart mrt marts',
  'avril abril aprile',
  'mai mayo maggio maio mei maj',
  'juni juin junio giugno junho',
  'juli juillet julio luglio julho',
  'aout agosto augustus augusti',
  'septembre septiembre setiembre settembre setembro',
  'oktober octobre octubre ottobre outubro',
  'novembre noviembre novembro',
  'dezember decembre diciembre dicembre dezembro desember',
];

const NAMES: readonly (readonly string[])[] = MONTH_NAMES.map((name, index) => [
  name.toLowerCase(),
  ...(OTHER_NAMES[index] ?? '').split(' '),
]);

/** The number of the month with a name, or the beginning of one, in lower case; undefined if none or several have. */
export function monthCalled(word = ''): number | undefined {
  const [found, ...others] = NAMES.flatMap((names, index) =>
    names.some((name) => name.startsWith(word)) ? [index + 1] : [],
  );
  return others.length === 0 ? found : undefined;
}
