import { isPublicAddress } from '../../src/outbound/public-addresses.js';
import { guardedLookup } from '../../src/outbound/guarded-lookup.js';
import { targetFrom } from '../../src/webhooks/webhook-target.js';

const anyAddresses: unknown = expect.arrayContaining([expect.anything()]);

const looked = (address: string, name: string, allowsPrivate: boolean, options = { all: true }) =>
  new Promise<unknown>((resolve) => {
    const lookUp = guardedLookup(new URL(address), { allowsPrivate });
    lookUp(name, options, (error, found) => resolve(error?.message ?? found));
  });

describe('where webhooks go', () => {
  it.each(['8.8.8.8', '203.0.112.1', '2606:4700::1111', '2a00:1450::1'])('to %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2001:db8::1',
    '2002:a00:1::',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    'nonsense',
  ])('not to %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('a name is looked up when it is connected to, and all its addresses have to be allowed', async () => {
    // The name is resolved at connection time; this one resolves to the local machine.
    expect(await looked('https://hook.example.org/', 'localhost', false)).toMatch(/leads to (127\.|::1)/);
    expect(await looked('https://hook.example.org/', 'localhost', true)).toEqual(anyAddresses);
    expect(await looked('http://localhost/hook', 'localhost', false)).toEqual(anyAddresses);
    expect(await looked('http://localhost/hook', 'localhost', false, { all: false })).toMatch(/^(127\.|::1)/);
  });

  it('private networks are allowed by a setting alone', () => {
    expect(() => targetFrom('https://10.0.0.1/', { allowsPrivate: false })).toThrow();
    expect(targetFrom('https://10.0.0.1/', { allowsPrivate: true }).href).toBe('https://10.0.0.1/');
  });
});
