/**
 * Sorts tables by a column when its head is pressed; a second press reverses the order. Without the script,
 * the server's order stays.
 */
export function addSorting(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) addTo(table);
}

function addTo(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (!body) return;
  [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.setAttribute('aria-label', `Sort by ${head.textContent.trim()}`);
    head.append(' ', button);
    button.addEventListener('click', () => {
      const isUp = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of table.tHead?.rows[0]?.cells ?? []) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
      const rows = [...body.rows].sort((a, b) => compare(keyOf(a, column), keyOf(b, column)));
      body.append(...(isUp ? rows : rows.reverse()));
    });
  });
}

const keyOf = (row: HTMLTableRowElement, column: number): string => {
  const cell = row.cells[column];
  return cell?.dataset['sort'] ?? cell?.textContent.trim() ?? '';
};

const compare = (a: string, b: string): number => {
  const [one, other] = [Number(a), Number(b)];
  return a !== '' && b !== '' && Number.isFinite(one) && Number.isFinite(other)
    ? one - other
    : a.localeCompare(b, 'en');
};
