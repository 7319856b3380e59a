/** Lets a reader walk through the points of every chart with the arrow keys, a pointer or a finger, and says each where it is. */
export function addCursors(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) addCursor(figure);
}

interface Place {
  readonly mark: SVGGElement;
  readonly x: number;
  readonly y: number;
}

function addCursor(figure: HTMLElement): void {
  const drawing = figure.querySelector<HTMLElement>('.drawing');
  const reading = figure.querySelector<HTMLElement>('.reading');
  if (!drawing || !reading || !drawing.querySelector('[data-point]')) return;
  let at = -1;

  drawing.tabIndex = 0;
  drawing.setAttribute('role', 'group');
  drawing.setAttribute('aria-label', 'Points of the chart: use the arrow keys');

  const marks = (which: string): SVGGElement[] => {
    const shown = [...drawing.querySelectorAll('svg')].find((svg) => svg.getBoundingClientRect().width > 0);
    return shown ? [...shown.querySelectorAll<SVGGElement>(which)] : [];
  };
  const points = (): SVGGElement[] => marks('[data-point]');

  const placeOf = (mark: SVGGElement): Place => {
    const box = (mark.querySelector('circle') ?? mark).getBoundingClientRect();
    return { mark, x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };

  const tell = ({ mark, x, y }: Place): void => {
    figure.querySelectorAll('.cursor').forEach((cursor) => cursor.remove());
    const circle = mark.querySelector('circle');
    if (circle) {
      const ring = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      ring.setAttribute('class', 'cursor');
      ring.setAttribute('cx', circle.getAttribute('cx') ?? '0');
      ring.setAttribute('cy', circle.getAttribute('cy') ?? '0');
      ring.setAttribute('r', '8');
      mark.append(ring);
    }
    reading.textContent = mark.dataset['say'] ?? '';
    reading.classList.add('shown');
    // Above the point where there is room, below it where there is not; never beyond the drawing.
    const frame = drawing.getBoundingClientRect();
    const { width, height } = reading.getBoundingClientRect();
    const left = Math.max(0, Math.min(frame.width - width, x - frame.left - width / 2));
    const above = y - frame.top - height - 14;
    reading.style.left = `${left}px`;
    reading.style.top = `${above >= -height ? above : y - frame.top + 14}px`;
  };

  const show = (index: number): void => {
    const all = points();
    at = Math.max(0, Math.min(all.length - 1, index));
    const point = all[at];
    if (point) tell(placeOf(point));
  };

  const hide = (): void => {
    reading.classList.remove('shown');
    figure.querySelectorAll('.cursor').forEach((cursor) => cursor.remove());
    at = -1;
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
    if (event.key === 'Escape') hide();
    const next = steps[event.key];
    if (!next) return;
    event.preventDefault();
    show(next());
  });

  const nearest = ({ clientX, clientY }: PointerEvent): void => {
    const distance = ({ x, y }: Place): number => Math.abs(x - clientX) + Math.abs(y - clientY) / 4;
    const near = [
      ...points().map(placeOf),
      ...marks('[data-event]')
        .map(placeOf)
        .filter((each) => Math.abs(each.y - clientY) < 14 && Math.abs(each.x - clientX) < 12),
    ];
    const events = near.filter(({ mark }) => mark.dataset['event'] !== undefined);
    const [closest] = (events.length > 0 ? events : near).sort((a, b) => distance(a) - distance(b));
    if (!closest) return;
    at = points().indexOf(closest.mark);
    tell(closest);
  };
  drawing.addEventListener('pointermove', nearest);
  drawing.addEventListener('pointerdown', nearest);
  drawing.addEventListener('pointerleave', hide);
  drawing.addEventListener('blur', hide);
}
