/**
 * How many lines without a version were read in which version, by type and version: `MarketEntered 1`. Types
 * with only one version are left out.
 */
export type VersionsRead = Readonly<Record<string, number>>;

export function addedUp(one: VersionsRead, other: VersionsRead = {}): VersionsRead {
  const sum: Record<string, number> = { ...one };
  for (const [version, lines] of Object.entries(other)) sum[version] = (sum[version] ?? 0) + lines;
  return sum;
}

/** Sentences for people; an empty list if there is nothing to report. */
export function versionsInWords(read: VersionsRead): string[] {
  return Object.entries(read).map(([name, lines]) => {
    const [type = '', version = ''] = name.split(' ');
    return `${lines} ${lines === 1 ? 'line' : 'lines'} of ${type} named no version: read in version ${version}`;
  });
}
