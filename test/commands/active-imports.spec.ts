import { ActiveImports } from '../../src/commands/import/active-imports.js';

class OnOwnClock extends ActiveImports {
  time = 0;
  protected override now(): number {
    return this.time;
  }
}

describe('imports under way', () => {
  it('let what follows the ledger rest while they work, and shortly after', async () => {
    const imports = new OnOwnClock();
    expect(imports.any).toBe(false);
    await imports.during(async () => {
      imports.time += 10_000;
      expect(imports.any).toBe(true);
    });
    expect(imports.any).toBe(true);
    imports.time += 1000;
    expect(imports.any).toBe(false);
  });

  it('do not let it rest for good, however long they work', async () => {
    const imports = new OnOwnClock();
    for (let minute = 0; minute < 10; minute++) {
      for (let step = 0; step < 600; step++) {
        await imports.during(async () => {
          imports.time += 100;
        });
      }
      expect(imports.any).toBe(minute < 1);
    }
    imports.time += 1000;
    await imports.during(async () => undefined);
    expect(imports.any).toBe(true);
  });

  it('let it rest to the end in a process that nobody asks meanwhile', async () => {
    const imports = new OnOwnClock();
    imports.restToTheEnd();
    for (let minute = 0; minute < 10; minute++) {
      await imports.during(async () => {
        imports.time += 60_000;
      });
      expect(imports.any).toBe(true);
    }
    imports.time += 1000;
    expect(imports.any).toBe(false);
  });
});
