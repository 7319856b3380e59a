/**
 * How many lines that name no version of their type were read in which, by type and version: `MarketEntered 1`. Types
 * that have one version only are left out.
 */
export type VersionsRead = Readonly<Record<string, number>>;

export function addedUp(one: VersionsRead, other: VersionsRead = {}): VersionsRead {
  const sum: Record<string, number> = { ...one };
  for (const [version, lines] of Object.entries(other)) sum[version] = (sum[version] ?? 0) + lines;
  return sum;
}

/** Sentences for people; none where there is nothing to tell. */
export function versionsInWords(read: VersionsRead): string[] {
  return Object.entries(read).map(([name, lines]) => {
    const [type = '', version = ''] = name.split(' ');
    return `${lines} ${lines === 1 ? 'line' : 'lines'} of ${type} named no version: read in version ${version}`;
  });
}
