import { answerTo, startServer, type TestServer } from './server.js';

const event = (type: string, occurredOn: string, data: object) => ({
  type,
  occurredOn,
  data,
  evidence: [{ url: `https://example.org/${type}/${occurredOn}`, publisher: 'Example', grade: 'confirmed' }],
  confirm: ['same-evidence'],
});

describe('companies', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const record = async (path: string, events: object[]) => {
      const { status, body } = await server.post(`/api/${path}/events`, events);
      if (status !== 201) throw new Error(JSON.stringify(body));
    };
    await record('companies/renault-group', [
      event('CompanyRegistered', '1899', {
        names: ['Renault Group', '雷诺集团'],
        kind: 'group',
        aliases: ['Renault'],
      }),
    ]);
    await record('companies/horse', [
      event('CompanyRegistered', '2024-05-31', { names: ['Horse Powertrain'], kind: 'joint-venture' }),
      event('OwnershipChanged', '2024-05-31', { parent: 'renault-group', share: 100 }),
      event('OwnershipChanged', '2025-01-01', { parent: 'renault-group', share: 45 }),
      event('OwnershipChanged', '2025-01-01', { parent: 'Aramco', share: 10, role: 'minority' }),
    ]);
    await record('automakers/xpeng', [
      event('AutomakerRegistered', '2014', { name: 'XPeng', homeMarket: 'CN' }),
      event('MarketEntered', '2024-02', { market: 'NO', entryMode: 'distributor', partner: 'renault' }),
      event('MarketEntered', '2021', { market: 'SE', partner: 'Bilia' }),
      event('MarketExited', '2023', { market: 'SE', reason: 'demand' }),
      event('MarketEntryAnnounced', '2025', { market: 'FI', partner: 'Bilia' }),
      event('PartnerSigned', '2024-06', {
        partnership: 'engines',
        partner: 'HORSE POWERTRAIN',
        roles: ['technology'],
        markets: ['FR'],
      }),
      event('ProductionStarted', '2025-06', { site: 'graz-at', market: 'AT', partner: 'Magna Steyr' }),
    ]);
  });
  afterAll(() => server.stop());

  const get = async (path: string) => {
    const seen = path.includes('?') ? `${path}&minPosition=12` : `${path}?minPosition=12`;
    return (await server.get(seen)).body;
  };

  it('are listed page by page, with the group of each', async () => {
    const first = await get('/api/companies?limit=1&trueOn=2024-06-01');
    expect(first.companies).toEqual([
      {
        company: 'horse',
        name: 'Horse Powertrain',
        otherNames: [],
        kind: 'joint-venture',
        group: { company: 'renault-group', name: 'Renault Group' },
      },
    ]);
    const second = await get(`/api/companies?limit=1&trueOn=2024-06-01&cursor=${first.next}`);
    expect(second.companies.map(({ company }: { company: string }) => company)).toEqual(['renault-group']);
    expect(second.next).toBeUndefined();
  });

  it.each(['renault-group', 'Renault', 'RENAULT  GROUP', '雷诺集团'])('is found as %s', async (name) => {
    expect(await get(`/api/companies/${encodeURIComponent(name)}`)).toMatchObject({
      company: 'renault-group',
      name: 'Renault Group',
      otherNames: ['雷诺集团', 'Renault'],
      owners: [],
      owns: [{ company: 'horse', name: 'Horse Powertrain', share: 45, occurredOn: '2025-01-01' }],
      partnerOf: [{ automaker: 'xpeng', name: 'XPeng', as: [{ partner: 'renault', markets: ['NO'] }] }],
    });
  });

  it('tells whose a company was on a day, and what its group did with whom', async () => {
    const then = await get('/api/companies/renault?trueOn=2024-06-30');
    expect(then.partnerOf[0].as.map(({ partner }: { partner: string }) => partner)).toEqual([
      'HORSE POWERTRAIN',
      'renault',
    ]);
    expect(await get('/api/companies/horse?trueOn=2024-06-30')).toMatchObject({
      group: { company: 'renault-group' },
      owners: [{ company: 'renault-group', share: 100 }],
    });
    const now = await get('/api/companies/horse');
    expect(now.group).toBeUndefined();
    expect(now.owners).toMatchObject([
      { company: 'renault-group', name: 'Renault Group', share: 45 },
      { name: 'Aramco', share: 10, role: 'minority' },
    ]);
  });

  it('may be known by the name of a partner alone', async () => {
    const answer = await get('/api/companies/magna%20steyr');
    expect(answer).toMatchObject({
      name: 'Magna Steyr',
      partnerOf: [{ as: [{ sites: [{ site: 'graz-at' }] }] }],
    });
    expect(answer.company).toBeUndefined();
    expect((await get('/api/companies/Bilia')).partnerOf[0].as).toMatchObject([
      { markets: [], formerMarkets: ['SE'], plannedMarkets: ['FI'] },
    ]);
  });

  it('is an owner by name, or an automaker of its own', async () => {
    expect(await get('/api/companies/aramco')).toMatchObject({
      name: 'Aramco',
      owns: [{ company: 'horse', share: 10 }],
      partnerOf: [],
    });
    expect(await get('/api/companies/XPENG')).toMatchObject({ automaker: 'xpeng', owns: [] });
  });

  it('that nobody names are not found, and what is no name is refused', async () => {
    expect(await server.get('/api/companies/nobody')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('called nobody') },
    });
    expect((await server.get(`/api/companies/${'x'.repeat(201)}`)).status).toBe(400);
    expect((await server.get('/api/companies/constructor')).status).toBe(404);
  });

  it('have one page each, whatever name it is asked for by, and a stream that the timeline tells', async () => {
    const moved = await fetch(`${server.url}/companies/Renault?trueOn=2025-06-01`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([
      303,
      '/companies/renault-group?trueOn=2025-06-01',
    ]);
    const events = await get('/api/events?company=horse');
    expect(events.events).toHaveLength(4);
    expect((await server.get('/api/events?company=Horse%20Powertrain')).status).toBe(400);
  });
});

describe('a name that two companies would have', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.stop());
  const registered = (name: string) =>
    event('CompanyRegistered', '2024', { names: [name], kind: 'group', aliases: ['Horse'] });
  const register = (id: string, query = '') =>
    server.post(`/api/companies/${id}/events${query}`, registered(`Company ${id}`));

  it('goes to the one that is registered first, also where both come at once', async () => {
    const answers = await Promise.all(['one', 'two', 'three'].map((id) => register(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.detail).toMatch(/^the name Horse belongs to Company (one|two|three); one name/);
    expect((await register('four', '?dryRun=true')).body).toMatchObject({ accepted: false });
  });

  it('goes to one line of an import, and is refused to the other with its reason', async () => {
    const lines = ['one', 'two'].map((id) =>
      JSON.stringify({ stream: `company-${id}`, ...registered(`Company ${id}`) }),
    );
    const send = (query: string) =>
      answerTo(
        fetch(`${server.url}/api/imports${query}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${server.keys.analyst}` },
          body: lines.join('\n'),
        }),
      );
    expect((await send('?dryRun=true')).body).toMatchObject({ recorded: 1, refused: 1 });
    const { body } = await send('');
    expect(body).toMatchObject({ recorded: 1, refused: 1 });
    expect(JSON.stringify(body)).toContain('the name Horse belongs to Company one');
  });
});
