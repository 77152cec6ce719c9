import { type Answer, openPair, type Pair } from './answers';

const HOUSES = {
  accounts: `type Query { me: User users: [User!]! } type Mutation { rename: User! touch: Int }
    type User @key(fields: "id") { id: ID! name: String toString: String sure: String! }`,
  reviews:
    'type Mutation { review: Int } type User @key(fields: "id") { id: ID! reviews: [Review!] score: Int! } type Review { text: String author: User }',
};

let pair: Pair;
beforeAll(async () => {
  pair = await openPair(HOUSES);
});
afterAll(() => pair.close());
beforeEach(() => {
  pair.intercept = () => null;
  pair.sent.length = 0;
});

const answers = (house: string, answer: object | string) => {
  pair.intercept = asked => (asked === house ? (typeof answer === 'string' ? answer : JSON.stringify(answer)) : null);
};
const pathsOf = ({ body }: Answer) => (body.errors ?? []).map(({ path }: { path?: unknown[] }) => path?.join('.'));

test('objects that look the same are asked for once', async () => {
  const users = [1, 1, 2, 1].map(n => ({ __typename: 'User', id: `id-${n}` }));
  answers('accounts', { data: { users } });
  const { body } = await pair.compiled('{ users { reviews { text } } }');
  expect(JSON.parse(pair.sent[1]?.body ?? '').variables.representations).toEqual([
    { __typename: 'User', id: 'id-1' },
    { __typename: 'User', id: 'id-2' },
  ]);
  expect(body.data.users[0]).toEqual(body.data.users[3]);
});

test('a house is asked once for each step, however many places there are', async () => {
  await pair.compiled('{ me { reviews { text } } users { reviews { text } score } }');
  expect(pair.sent.map(({ house }) => house)).toEqual(['accounts', 'reviews']);
});

test('mutations run in order, one after the other', async () => {
  const order: string[] = [];
  pair.intercept = async (house, body) => {
    order.push(`${house} begins`);
    await new Promise(done => setTimeout(done, house === 'accounts' ? 20 : 1));
    order.push(`${house} ends`);
    return JSON.stringify({ data: JSON.parse(body).query.includes('touch') ? { touch: 1 } : { review: 2 } });
  };
  const { body } = await pair.compiled('mutation { touch review }');
  expect(body.data).toEqual({ touch: 1, review: 2 });
  expect(order).toEqual(['accounts begins', 'accounts ends', 'reviews begins', 'reviews ends']);
});

test('the same question of one viewer on its way is asked once, a change never', async () => {
  await Promise.all([1, 2, 3].map(() => pair.compiled('{ me { name } }')));
  expect(pair.sent).toHaveLength(1);
  await Promise.all([1, 2, 3].map(() => pair.compiled('mutation { touch }')));
  expect(pair.sent).toHaveLength(4);
});

test('a read never joins one that was on its way before a change of the same person was answered', async () => {
  let name = 'before';
  const held: (() => void)[] = [];
  pair.intercept = async (_, body) => {
    if (body.includes('touch')) {
      name = 'after';
      return JSON.stringify({ data: { touch: 1 } });
    }
    const answer = JSON.stringify({ data: { me: { __typename: 'User', id: 'id-1', name } } });
    await new Promise<void>(land => held.push(land));
    return answer;
  };
  const nameOf = async (answer: Promise<Answer>) => (await answer).body.data.me.name;
  const query = '{ me { name } }';
  const early = [nameOf(pair.compiled(query)), nameOf(pair.compiled(query))];
  while (held.length === 0) await new Promise(resume => setTimeout(resume, 1));
  await pair.compiled('mutation { touch }');
  const late = [nameOf(pair.compiled(query)), nameOf(pair.compiled(query))];
  while (held.length < 2) await new Promise(resume => setTimeout(resume, 1));
  for (const land of held) land();
  expect(await Promise.all([...early, ...late])).toEqual(['before', 'before', 'after', 'after']);
  // One read for the two before the change, one for the two after it.
  expect(pair.sent.filter(({ body }) => body.includes('me'))).toHaveLength(2);
});

test('an error of a house stands at the place of each object that it is about', async () => {
  answers('reviews', {
    data: { _entities: [null] },
    errors: [{ message: 'Not for you.', path: ['_entities', 0, 'reviews'], extensions: { code: 'FORBIDDEN' } }],
  });
  const { body } = await pair.compiled('{ me { id reviews { text } } }');
  expect(body.data.me.reviews).toBeNull();
  expect(body.errors).toEqual([
    { message: 'Not for you.', path: ['me', 'reviews'], extensions: { code: 'FORBIDDEN', house: 'reviews', requestId: 'request-1' } },
  ]);
});

test('a value that is owed moves null up to where it may stand, with an error where it is missing', async () => {
  answers('reviews', { data: { _entities: [{ score: null }] } });
  const ours = await pair.compiled('{ me { id score } }');
  expect(ours.body.data).toEqual({ me: null });
  expect(pathsOf(ours)).toEqual(['me.score']);
});

test('a house that answers nonsense loses its own fields only', async () => {
  for (const nonsense of ['<html>', '', '[]', '{"data":3}', '{"data":{"_entities":7}}', '{"data":{"_entities":[[]]}}']) {
    answers('reviews', nonsense);
    const { status, body } = await pair.compiled('{ me { name reviews { text } } }');
    expect(status).toBe(200);
    expect(body.data.me).toMatchObject({ name: expect.any(String), reviews: null });
  }
});

test('values of the wrong kind are null, never text that breaks the answer', async () => {
  for (const value of [{ a: 1 }, [1], true, 3.5]) {
    answers('accounts', { data: { me: { __typename: 'User', id: 'id-1', name: value } } });
    const { body } = await pair.compiled('{ me { name } }');
    expect(body.data).toEqual({ me: { name: null } });
    expect(body.errors).toHaveLength(1);
  }
});

test('text is escaped where it has to be, and told as it came', async () => {
  for (const name of ['say "hi"', 'a\\b', 'line\nbreak', '\u0000\u001f', 'é ü 中 😀', '\u2028', '\ud800']) {
    answers('accounts', { data: { me: { __typename: 'User', id: 'id-1', name } } });
    expect((await pair.compiled('{ me { name } }')).body.data).toEqual({ me: { name } });
  }
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('a client may call a field %s', async alias => {
  const { body } = await pair.compiled(`{ ${alias}: me { ${alias}: name } }`);
  const { body: plain } = await pair.compiled('{ me { name } }');
  expect(JSON.stringify(body.data)).toBe(`{"${alias}":{"${alias}":${JSON.stringify(plain.data.me.name)}}}`);
});

test('a field of a house may be named as something every object has', async () => {
  expect((await pair.compiled('{ me { toString } }')).body).toEqual((await pair.reference('{ me { toString } }')).body);
  answers('accounts', { data: { me: { __typename: 'User', id: 'id-1' } } });
  expect((await pair.compiled('{ me { id toString } }')).body.data).toEqual({ me: { id: 'id-1', toString: null } });
});

test.each(['__proto__', '\\u005f_proto__', 'constructor'])('a house that answers with the key %s reaches no other object', async key => {
  answers(
    'accounts',
    `{"data":{"me":{"__typename":"User","id":"id-1","name":"x","${key}":{"polluted":true,"prototype":{"polluted":true}}}}}`,
  );
  expect((await pair.compiled('{ me { id name reviews { text } } }')).body.data.me).toMatchObject({ id: 'id-1', name: 'x' });
  expect('polluted' in {}).toBe(false);
  expect('polluted' in Object).toBe(false);
});

test('a document that does not fit the schema is told so, the second time as well', async () => {
  for (const query of ['{ nothing }', '{ me }', 'query($x: Int!) { me { id } }', '{', '{ me { name @skip } }']) {
    const [first, second] = [await pair.compiled(query), await pair.compiled(query)];
    expect(first.status).toBe(400);
    expect(second).toEqual(first);
  }
  expect(pair.sent).toEqual([]);
});
