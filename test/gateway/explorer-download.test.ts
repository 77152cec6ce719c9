import { createServer, type Server } from 'node:http';
import { downloaded } from '../../gateway/explorer/exports/download';

const FILE = Buffer.from(Array.from({ length: 5_000 }, (_, row) => `row ${row}\n`).join(''));
const PIECE = 2_000;

let server: Server;
let downloadPath: string;
let asked: (string | undefined)[] = [];
let breaks = 0;
/** Breaks the connection that is open, once its client has what was sent. */
let cut: () => void = () => {};

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.headers.range);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': FILE.length - from });
    if (breaks === 0) return void response.end(FILE.subarray(from));
    breaks -= 1;
    cut = () => response.destroy();
    response.write(FILE.subarray(from, from + PIECE));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  downloadPath = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/exports/exp.csv`;
});
afterAll(() => new Promise(resolve => server.close(resolve)));
beforeEach(() => {
  asked = [];
});

const take = (told: number[]) =>
  downloaded({ downloadPath, bytes: FILE.length }, 'token', bytes => {
    told.push(bytes);
    if (bytes % PIECE === 0) cut();
  });

test('a download that breaks goes on where it stopped, and the file is whole', async () => {
  breaks = 2;
  const told: number[] = [];
  const file = await take(told);
  expect(Buffer.from(await file.arrayBuffer()).equals(FILE)).toBe(true);
  expect(asked).toEqual([undefined, `bytes=${PIECE}-`, `bytes=${2 * PIECE}-`]);
  expect(told.at(-1)).toBe(FILE.length);
});

test('a download that breaks at every attempt ends with a sentence', async () => {
  breaks = Number.POSITIVE_INFINITY;
  await expect(take([])).rejects.toThrow('The download broke off again and again');
});
