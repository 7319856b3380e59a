import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
// eslint-disable-next-line @typescript-eslint/ban-ts-comment
// @ts-ignore A configuration in JavaScript has no types.
import config from '../../.dependency-cruiser.js';

const FOLDERS = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const root = process.cwd();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layers-'));
});
afterEach(() => {
  process.chdir(root);
  rmSync(folder, { recursive: true });
});

function plant(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The rules that a source tree with planted files violates, each with the violating file. */
async function broken(): Promise<string[]> {
  process.chdir(folder);
  const { forbidden, options } = config;
  const { tsConfig: _, ...others } = options;
  const { output } = await cruise(['src'], {
    ...others,
    ruleSet: { forbidden },
    validate: true,
    baseDir: folder,
  });
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
}

describe('What `npm run lint` refuses among the dependencies', () => {
  it('finds an import that points outward, planted in every folder', async () => {
    const outer = FOLDERS.filter((name) => name !== 'cli');
    plant({
      'src/cli/outer.ts': 'export const outer = 1;\n',
      ...Object.fromEntries(outer.map((name) => [`src/${name}/planted.ts`, "import '../cli/outer.js';\n"])),
    });

    expect(await broken()).toEqual(outer.map((name) => `inward-from-${name}: src/${name}/planted.ts`).sort());
  });

  it('finds a circle, planted in every folder', async () => {
    plant(
      Object.fromEntries(
        FOLDERS.flatMap((name) => [
          [`src/${name}/one.ts`, "import type { Two } from './two.js';\nexport type One = Two | 1;\n"],
          [`src/${name}/two.ts`, "import type { One } from './one.js';\nexport type Two = One | 2;\n"],
        ]),
      ),
    );

    const found = await broken();

    for (const name of FOLDERS) expect(found).toContain(`no-circle: src/${name}/one.ts`);
  });

  it('finds a folder that nobody has said anything about', async () => {
    plant({
      'src/newcomer/planted.ts': "import '../domain/inner.js';\n",
      'src/domain/inner.ts': 'export const inner = 1;\n',
    });

    expect(await broken()).toEqual(['known-folder: src/newcomer/planted.ts']);
  });

  it('keeps packages and Node out of the core', async () => {
    plant({ 'src/domain/planted.ts': "import 'node:fs';\n" });

    expect(await broken()).toEqual(['pure-core: src/domain/planted.ts']);
  });
});
