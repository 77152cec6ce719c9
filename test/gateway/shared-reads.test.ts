/** Who is told what another was told: whoever is the same in all that the houses looked at, and nobody else. */
import { openSharedReads, type ReadFor } from '../../gateway/subscriptions/shared-reads';
import { observe } from '../../kernel/auth/observed-viewer';
import { anonymous, canSeeAccount, isSignedIn, type Viewer } from '../../kernel/auth/viewer';
import { ACCOUNT } from './platform';

const viewer = (subject: string, more: Partial<Viewer> = {}): Viewer => ({ ...anonymous, subject, roles: ['BUYER'], ...more });
const owner = (n: number) => viewer(`usr_${n}`, { accounts: [ACCOUNT as never] });

/** Reads for many at once from a house that decides by `look`. Answers who was told what, and for whom the house was asked. */
async function told(
  viewers: readonly Viewer[],
  look: (viewer: Viewer) => string,
  header = (read: readonly string[]): string | undefined => read.join(),
) {
  const reads = openSharedReads();
  const asked: string[] = [];
  const readFor =
    (of: Viewer): ReadFor =>
    async dependence => {
      asked.push(of.subject);
      await new Promise(resume => setTimeout(resume, 1));
      const { viewer: observed, read } = observe(of);
      const text = look(observed);
      dependence.add(header(read()));
      return text;
    };
  const answers = await Promise.all(viewers.map(of => reads.share('an order, after an event', of, readFor(of))));
  return { answers, asked };
}

test('those who have the same accounts are told by one read', async () => {
  const look = (of: Viewer) => (isSignedIn(of) && canSeeAccount(of, ACCOUNT as never) ? 'the order' : 'nothing');
  const strangers = [viewer('usr_s1'), viewer('usr_s2'), viewer('usr_s3', { accounts: ['acc_other' as never] })];
  const { answers, asked } = await told([owner(1), strangers[0]!, owner(2), strangers[1]!, owner(3), strangers[2]!, anonymous], look);
  expect(answers).toEqual(['the order', 'nothing', 'the order', 'nothing', 'the order', 'nothing', 'nothing']);
  // One owner, one who has no account, one who has another, and nobody.
  expect(asked).toEqual(['usr_1', 'usr_s1', 'usr_s3', 'anonymous']);
});

test('what is looked at in one answer only divides those whom it concerns', async () => {
  const look = (of: Viewer) => (of.roles.includes('PARTNER') ? `for ${of.subject}` : 'for all buyers');
  const partner = (n: number) => viewer(`partner_${n}`, { roles: ['PARTNER'] });
  const { answers } = await told([owner(1), partner(1), owner(2), partner(2)], look);
  expect(answers).toEqual(['for all buyers', 'for partner_1', 'for all buyers', 'for partner_2']);
});

test('where the house looked at the person, or a part that is not known here, or does not say, each is read for alone', async () => {
  const viewers = [owner(1), owner(2), owner(3)];
  const alone = ['usr_1', 'usr_2', 'usr_3'];
  expect((await told(viewers, of => `for ${of.subject}`)).answers).toEqual(['for usr_1', 'for usr_2', 'for usr_3']);
  expect(
    (
      await told(
        viewers,
        () => 'same',
        () => undefined,
      )
    ).asked,
  ).toEqual(alone);
  expect(
    (
      await told(
        viewers,
        () => 'same',
        () => 'roles,shoeSize',
      )
    ).asked,
  ).toEqual(alone);
  expect((await told(viewers, of => JSON.stringify(of))).asked).toEqual(alone);
});

test('a read that fails is not shared', async () => {
  const reads = openSharedReads();
  let attempts = 0;
  const read = async () => {
    attempts += 1;
    if (attempts === 1) throw new Error('broken');
    return 'the order';
  };
  const answers = await Promise.allSettled([reads.share('x', owner(1), read), reads.share('x', owner(2), read)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('an observed viewer is the same viewer, and is noticed part by part', () => {
  const own = owner(1);
  const { viewer: observed, read } = observe(own);
  expect([read(), isSignedIn(observed), read()]).toEqual([[], true, ['signedIn']]);
  expect(canSeeAccount(observed, ACCOUNT as never)).toBe(true);
  expect(read().toSorted()).toEqual(['accounts', 'roles', 'signedIn']);
  expect({ ...observed }).toEqual(own);
  expect(read()).toContain('subject');
  expect(isSignedIn(observe(anonymous).viewer)).toBe(false);
});
