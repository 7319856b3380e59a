import { createRequire } from 'node:module';
import type { Picture } from './svg-picture.js';

const require = createRequire(import.meta.url);
const FONTS = ['400Regular', '600SemiBold'].map((weight) =>
  require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`),
);

/** The picture as PNG, with two pixels per unit. */
export async function pngOf({ svg, width }: Picture): Promise<Buffer> {
  // Loaded on demand, because most runs never need it.
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: width * 2 },
    // The bundled font gives the same letters on every machine.
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'Source Sans 3' },
  });
  return image.asPng();
}
