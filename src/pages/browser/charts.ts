/** Lets a reader walk through the points of every chart with the arrow keys, or a pointer, and says where they are. */
export function addCursors(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) addCursor(figure);
}

function addCursor(figure: HTMLElement): void {
  const drawing = figure.querySelector<HTMLElement>('.drawing');
  const reading = figure.querySelector<HTMLElement>('.reading');
  if (!drawing || !reading || !drawing.querySelector('[data-point]')) return;
  let at = -1;

  drawing.tabIndex = 0;
  drawing.setAttribute('role', 'group');
  drawing.setAttribute('aria-label', 'Points of the chart: use the arrow keys');

  const points = (): SVGGElement[] => {
    const shown = [...drawing.querySelectorAll('svg')].find((svg) => svg.getBoundingClientRect().width > 0);
    return shown ? [...shown.querySelectorAll<SVGGElement>('[data-point]')] : [];
  };

  const show = (index: number): void => {
    const all = points();
    at = Math.max(0, Math.min(all.length - 1, index));
    const point = all[at];
    if (!point) return;
    figure.querySelectorAll('.cursor').forEach((cursor) => cursor.remove());
    const circle = point.querySelector('circle');
    if (circle) {
      const ring = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      ring.setAttribute('class', 'cursor');
      ring.setAttribute('cx', circle.getAttribute('cx') ?? '0');
      ring.setAttribute('cy', circle.getAttribute('cy') ?? '0');
      ring.setAttribute('r', '8');
      point.append(ring);
    }
    reading.textContent = point.dataset['say'] ?? '';
  };

  drawing.addEventListener('keydown', (event) => {
    const steps: Record<string, () => number> = {
      ArrowRight: () => at + 1,
      ArrowUp: () => at + 1,
      ArrowLeft: () => (at < 0 ? points().length - 1 : at - 1),
      ArrowDown: () => (at < 0 ? points().length - 1 : at - 1),
      Home: () => 0,
      End: () => points().length - 1,
    };
    const next = steps[event.key];
    if (!next) return;
    event.preventDefault();
    show(next());
  });

  drawing.addEventListener('pointermove', (event) => {
    const distances = points().map((point) => {
      const { left, width } = point.getBoundingClientRect();
      return Math.abs(left + width / 2 - event.clientX);
    });
    const nearest = distances.indexOf(Math.min(...distances));
    if (nearest >= 0 && nearest !== at) show(nearest);
  });
}
