import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { Server, ServerCredentials, status, type Metadata, type ServiceError } from '@grpc/grpc-js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import featureMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import gossipMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import { freePort } from '../../e2e/free-port.js';
import { appending } from './appending.js';
import { callError } from './call-error.js';
import type { CallKind, Fault, FaultSchedule } from './faults.js';
import { DoubleLog } from './log.js';
import { reading } from './reading.js';

export interface DoubleOptions {
  /** Whether to offer BatchAppend, which the client then uses, or only Append. */
  readonly batchAppend?: boolean;
  /** Certificate and key as PEM; without them, the connection is not encrypted. */
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer };
  /** `user:password` that each call must send. */
  readonly credentials?: string;
}

/** Nodes that share a log; one of them is the leader. */
export class DoubleCluster {
  readonly log = new DoubleLog();
  readonly nodes: KurrentDouble[] = [];
  /** Undefined during an election. */
  leader: KurrentDouble | undefined;
  /** Whether the gossip reports stopped nodes as alive. */
  gossipIsOld = false;

  static async start(size: number, options: DoubleOptions = {}): Promise<DoubleCluster> {
    const cluster = new DoubleCluster();
    for (let count = 0; count < size; count++)
      cluster.nodes.push(await KurrentDouble.start(options, cluster));
    [cluster.leader] = cluster.nodes;
    return cluster;
  }

  /** Connection string with all nodes. */
  get url(): string {
    return `kurrentdb://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`;
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) if (!node.isDown) await node.stop();
  }
}

/**
 * A double of a KurrentDB 24.6 node. The real client, including its native reader, talks to it over the
 * network, with the client package's own service definitions. It sends only what a server of that version
 * sends.
 */
export class KurrentDouble {
  /** Decides which calls fail, and how. */
  faults: FaultSchedule | undefined;
  /** All calls so far. */
  readonly calls: { readonly kind: CallKind; readonly leaderOnly: boolean }[] = [];
  /** Reads and subscriptions that have not ended. */
  readonly open = new Set<object>();
  private server = new Server({ 'grpc.max_receive_message_length': -1 });
  private readonly sockets = new Set<Socket>();
  private listener: NetServer | undefined;
  private lastPort = 0;
  isDown = false;
  /** Kinds of calls for which the user has no permission. */
  readonly forbidden = new Set<CallKind>();
  /** Time that a filtered read spends on one foreign event, in milliseconds. */
  lookMs = 0;
  /** Number of foreign events that filtered reads have examined. */
  looked = 0;

  private constructor(
    readonly cluster: DoubleCluster,
    private readonly options: DoubleOptions,
  ) {}

  static async start(options: DoubleOptions = {}, cluster = new DoubleCluster()): Promise<KurrentDouble> {
    const double = new KurrentDouble(cluster, options);
    cluster.leader ??= double;
    await double.listen(await freePort());
    return double;
  }

  get log(): DoubleLog {
    return this.cluster.log;
  }

  get port(): number {
    return this.isDown ? this.lastPort : (this.listener?.address() as AddressInfo).port;
  }

  /** Connection string of this node. */
  get url(): string {
    return `kurrentdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Number of open connections. */
  get connections(): number {
    return this.sockets.size;
  }

  /** Breaks all connections without notice; new ones are accepted. */
  dropConnections(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Waits until no read and no subscription is open. A client that leaks one makes the test time out. */
  async isIdle(): Promise<void> {
    while (this.open.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Restarts on the same port after a stop. */
  async restart(): Promise<void> {
    const { port } = this;
    this.server = new Server({ 'grpc.max_receive_message_length': -1 });
    await this.listen(port);
  }

  async stop(): Promise<void> {
    this.lastPort = this.port;
    this.isDown = true;
    this.server.forceShutdown();
    // Closes the sockets without a reset: after a reset of its last connection, a client keeps its process
    // alive.
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.listener?.close(resolve));
  }

  /** The fault that the schedule has for a call. */
  faultFor(kind: CallKind, stream?: string): Fault | undefined {
    return this.faults?.({ kind, stream });
  }

  /** The reason to reject a call entirely: missing credentials, or this node is not the leader. */
  refusal(kind: CallKind, metadata: Metadata): ServiceError | undefined {
    const leaderOnly = metadata.get('requires-leader')[0] === 'true';
    this.calls.push({ kind, leaderOnly });
    const { credentials } = this.options;
    const given = String(metadata.get('authorization')[0] ?? '');
    if (credentials !== undefined && given !== `Basic ${Buffer.from(credentials).toString('base64')}`)
      return given === ''
        ? callError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })
        : callError(status.UNAUTHENTICATED, 'Unauthenticated');
    if (this.forbidden.has(kind))
      return callError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
    const { leader } = this.cluster;
    if (leaderOnly && !leader) return callError(status.UNAVAILABLE, 'Server Is Not Ready');
    if (leaderOnly && leader && leader !== this)
      return callError(status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': '127.0.0.1',
        'leader-endpoint-port': String(leader.port),
      });
    return undefined;
  }

  private async listen(port: number): Promise<void> {
    this.isDown = false;
    const { tls, batchAppend = true } = this.options;
    this.server.addService(features.ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, callback: (error: null, answer: object) => void) =>
        callback(null, supportedMethods(batchAppend)),
    });
    this.server.addService(gossip.GossipService, {
      read: (_call: unknown, callback: (error: null, answer: object) => void) =>
        callback(null, this.gossip()),
    });
    this.server.addService(streams.StreamsService, { ...reading(this), ...appending(this) });
    const credentials = tls
      ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
      : ServerCredentials.createInsecure();
    const injector = this.server.createConnectionInjector(credentials);
    this.listener = createServer({ noDelay: true }, (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
      injector.injectConnection(socket);
    });
    this.listener.listen(port, '127.0.0.1');
    await once(this.listener, 'listening');
  }

  private gossip(): gossipMessages.ClusterInfo {
    const nodes = this.cluster.nodes.length > 0 ? this.cluster.nodes : [this];
    const { LEADER, FOLLOWER } = gossipMessages.MemberInfo.VNodeState;
    return new gossipMessages.ClusterInfo().setMembersList(
      nodes.map((node) =>
        new gossipMessages.MemberInfo()
          .setInstanceId(new shared.UUID().setString(randomUUID()))
          .setTimeStamp(String(Date.now()))
          .setState(node === this.cluster.leader ? LEADER : FOLLOWER)
          .setIsAlive(!node.isDown || this.cluster.gossipIsOld)
          .setHttpEndPoint(new gossipMessages.EndPoint().setAddress('127.0.0.1').setPort(node.port)),
      ),
    );
  }
}

function supportedMethods(batchAppend: boolean): featureMessages.SupportedMethods {
  const names = ['append', 'read', 'delete', 'tombstone', ...(batchAppend ? ['batchappend'] : [])];
  return new featureMessages.SupportedMethods()
    .setEventStoreServerVersion('24.6.0')
    .setMethodsList(
      names.map((name) =>
        new featureMessages.SupportedMethod()
          .setServiceName('event_store.client.streams.streams')
          .setMethodName(name),
      ),
    );
}
