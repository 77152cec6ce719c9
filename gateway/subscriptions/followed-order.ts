import { EXPIRED, endWith, type Following, type FollowingOptions } from './following';
import { positionText } from './position';

/**
 * Follows one order: its present state at first and after each event, read by the viewer through the graph, so that the
 * house that owns it decides each time. Events that come while it is read are told together.
 */
export class FollowedOrder implements Following {
  private readonly positions = new Map<string, number>();
  private readonly nothing: string;
  /** The last event of the order; before there is one, where the houses were when it was first read. */
  private since = '';
  private isReading = false;
  private isAskedAgain = false;
  readonly stop: () => void;

  constructor(private readonly options: FollowingOptions) {
    const { asked, hub } = options;
    this.nothing = JSON.stringify({ data: { [asked.responseKey]: null } });
    this.stop = hub.listen(`subject:${asked.id}`, event => {
      this.positions.set(event.source, event.position);
      this.since = `${event.source} ${event.position}`;
      void this.tell();
    });
  }

  async start(): Promise<void> {
    for (const [house, position] of await this.options.hub.positions()) {
      this.positions.set(house, Math.max(position, this.positions.get(house) ?? 0));
    }
    await this.tell();
  }

  /** Each update is a read, and each read is decided. */
  async check(): Promise<void> {}

  private async tell(): Promise<void> {
    this.isAskedAgain = true;
    if (this.isReading) return;
    this.isReading = true;
    try {
      while (this.isAskedAgain && !this.options.stream.isOver) {
        this.isAskedAgain = false;
        await this.tellOnce();
      }
    } catch {
      // The client comes back, and reads the present state.
      this.options.stream.end();
    }
    this.isReading = false;
  }

  private async tellOnce(): Promise<void> {
    const { asked, stream, read, isTrusted, onUpdate } = this.options;
    const id = positionText(this.positions);
    if (!(await isTrusted())) return endWith(this.options, 'UNAUTHENTICATED', EXPIRED);
    const answer = await read(asked, this.since || id);
    stream.next(answer, id);
    onUpdate();
    if (answer === this.nothing) stream.complete();
  }
}
