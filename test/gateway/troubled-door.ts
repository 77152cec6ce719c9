/** What stands between the gateway and a house in a test: bytes pass, late, in part, or not at all. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * `holds`: the question arrives and no answer comes. `resets`: the answer begins and the connection is reset in its
 * middle. `refuses`: nobody listens to who connects. `trickles`: the answer comes byte by byte, and never ends.
 */
export type Trouble = 'none' | 'delays' | 'holds' | 'resets' | 'resets once' | 'refuses' | 'trickles';

export interface TroubledDoor {
  readonly url: string;
  trouble: Trouble;
  /** Lets what was held go on. */
  release(): void;
  close(): Promise<void>;
}

const DELAY_MS = 100;
const TRICKLE_MS = 50;
/** Enough for a status line, too little for an answer. */
const PART_BYTES = 20;

export async function openTroubledDoor(house: () => string): Promise<TroubledDoor> {
  const sockets = new Set<Socket>();
  let held: (() => void)[] = [];
  const pass = (answer: Buffer, client: Socket): void => {
    const whole = () => void client.write(answer);
    switch (door.trouble) {
      case 'delays':
        return void setTimeout(whole, DELAY_MS);
      case 'holds':
        return void held.push(whole);
      case 'resets once':
      case 'resets':
        if (door.trouble === 'resets once') door.trouble = 'none';
        return void client.write(answer.subarray(0, PART_BYTES), () => client.resetAndDestroy());
      case 'trickles':
        trickle(answer, client, 0);
        return;
      default:
        whole();
    }
  };
  const server = createServer(client => {
    if (door.trouble === 'refuses') return client.resetAndDestroy();
    const behind = connect(Number(new URL(house()).port), '127.0.0.1');
    for (const [socket, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', question => {
      // A connection that was open before the trouble is no better than a new one.
      if (door.trouble === 'refuses') client.resetAndDestroy();
      else behind.write(question);
    });
    behind.on('data', answer => pass(answer, client));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const door: TroubledDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trouble: 'none',
    release() {
      for (const goOn of held) goOn();
      held = [];
    },
    close: () =>
      new Promise(done => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return door;
}

function trickle(answer: Buffer, client: Socket, at: number): void {
  // The last byte never comes.
  if (at >= answer.length - 1 || client.destroyed) return;
  client.write(answer.subarray(at, at + 1));
  setTimeout(() => trickle(answer, client, at + 1), TRICKLE_MS);
}
