/** What generated functions may call, under names that only we choose. */
export class Toolbox {
  private readonly names: string[] = [];
  private readonly tools: unknown[] = [];

  /** Makes a value known to the generated function, and tells by which name. */
  add(tool: unknown): string {
    const known = this.tools.indexOf(tool);
    if (known >= 0) return this.names[known] ?? '';
    const name = `tool${this.names.length}`;
    this.names.push(name);
    this.tools.push(tool);
    return name;
  }

  /** Makes a function of its source. Everything in it that is not ours stands there quoted by `JSON.stringify`. */
  build(parameters: string, body: string) {
    return new Function(...this.names, `return function generated(${parameters}) { ${body} }`)(...this.tools);
  }
}

/** Text as a JavaScript literal. JSON is JavaScript, the two line separators included. */
export const literal = (text: string): string => JSON.stringify(text);
