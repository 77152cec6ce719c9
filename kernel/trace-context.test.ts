import { passTraces, traceHeaders, traceId, withinTraceOf } from './trace-context';

const TRACE = 'ab'.repeat(16);
const traceparent = `00-${TRACE}-${'cd'.repeat(8)}-01`;
beforeAll(() => passTraces());

test('a trace that comes in goes out again, across waiting', async () => {
  const out = await withinTraceOf({ traceparent }, async () => {
    await new Promise(resume => setTimeout(resume, 1));
    return [traceId(), traceHeaders()['traceparent']];
  });
  expect(out).toEqual([TRACE, traceparent]);
  expect([traceId(), traceHeaders()]).toEqual([null, {}]);
});

test('two requests at once keep their own', async () => {
  const other = '12'.repeat(16);
  const ids = await Promise.all(
    [TRACE, other].map(id =>
      withinTraceOf({ traceparent: `00-${id}-${'cd'.repeat(8)}-00` }, async () => {
        await new Promise(resume => setTimeout(resume, 1));
        return traceId();
      }),
    ),
  );
  expect(ids).toEqual([TRACE, other]);
});

test.each(['', 'nonsense', `00-${'0'.repeat(32)}-${'cd'.repeat(8)}-01`, `${traceparent}-x`, `ff-${TRACE}-${'cd'.repeat(8)}-01`])(
  'a header that is none starts no trace: “%s”',
  header => expect(withinTraceOf({ traceparent: header }, traceHeaders)).toEqual({}),
);
