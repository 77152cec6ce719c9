/** Valid operations of every shape, the same ones for the same seed. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface GeneratorOptions {
  readonly schema: GraphQLSchema;
  readonly seed: number;
  /** Fields that are left out. */
  readonly avoided: readonly string[];
}

const LEVELS_MAX = 4;
const FIELDS_MAX = 24;

export function generateOperation(options: GeneratorOptions): GeneratedOperation {
  return new Generator(options).operation();
}

class Generator {
  private state: number;
  private fieldsLeft = FIELDS_MAX;
  private aliases = 0;
  private readonly fragments: string[] = [];
  private readonly declared = new Map<string, { type: string; value: unknown }>();

  constructor(private readonly options: GeneratorOptions) {
    this.state = (options.seed * 2_654_435_761) % 4_294_967_296;
  }

  operation(): GeneratedOperation {
    const { schema } = this.options;
    const mutation = schema.getMutationType();
    const isMutation = mutation && this.chance(0.5);
    const root = isMutation ? mutation : schema.getQueryType();
    if (!root) throw new Error('A schema has no root.');
    const body = this.selection(root, 0);
    const declarations = [...this.declared].map(([name, { type }]) => `$${name}: ${type}`);
    const head = `${isMutation ? 'mutation' : 'query'} Generated${declarations.length > 0 ? `(${declarations.join(', ')})` : ''}`;
    const variables = Object.fromEntries([...this.declared].map(([name, { value }]) => [name, value]));
    return { query: [`${head} ${body}`, ...this.fragments].join('\n'), variables };
  }

  private selection(type: GraphQLNamedType, level: number): string {
    const parts: string[] = [];
    const wanted = 1 + this.upTo(3);
    for (let at = 0; at < wanted; at += 1) {
      const part = this.part(type, level, at > 0);
      if (part) parts.push(part);
    }
    if (parts.length === 0) parts.push('__typename');
    return `{ ${parts.join(' ')} }`;
  }

  private part(type: GraphQLNamedType, level: number, mayBeSkipped: boolean): string | null {
    const { schema } = this.options;
    // Where everything can be skipped, the reference answers null instead of an empty object.
    const condition = mayBeSkipped ? this.condition() : '';
    if (this.chance(0.08)) return `${this.alias()}__typename`;
    if (level < LEVELS_MAX && (isAbstractType(type) ? this.chance(0.7) : this.chance(0.12))) {
      const types: readonly GraphQLNamedType[] = isAbstractType(type)
        ? [...schema.getPossibleTypes(type), ...(isInterfaceType(type) ? [type] : [])]
        : [type];
      const chosen = this.oneOf(types);
      if (!chosen) return null;
      const body = this.selection(chosen, level + 1);
      if (this.chance(0.3)) {
        const name = `F${this.fragments.length}`;
        this.fragments.push(`fragment ${name} on ${chosen.name} ${body}`);
        return `...${name}${condition}`;
      }
      return `... ${this.chance(0.2) && chosen === type ? '' : `on ${chosen.name}`}${condition} ${body}`;
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return null;
    const fields = Object.values(type.getFields()).filter(({ name }) => !this.options.avoided.includes(name));
    const field = this.oneOf(fields);
    return field ? this.field(field, level, condition) : null;
  }

  private field(field: GraphQLField<unknown, unknown>, level: number, condition: string): string | null {
    const named = getNamedType(field.type);
    this.fieldsLeft -= 1;
    if (!isLeafType(named) && (level >= LEVELS_MAX || this.fieldsLeft <= 0)) return null;
    const given = field.args.filter(argument => isRequiredArgument(argument) || this.chance(0.5)).map(argument => this.argument(argument));
    const text = given.length > 0 ? `(${given.join(', ')})` : '';
    // What has arguments gets a name of its own, so that it never conflicts with the same field elsewhere.
    const alias = text !== '' ? this.alias(true) : this.alias();
    const below = isLeafType(named) ? '' : ` ${this.selection(named, level + 1)}`;
    return `${alias}${field.name}${text}${condition}${below}`;
  }

  private argument({ name, type }: GraphQLArgument): string {
    if (!this.chance(0.4)) return `${name}: ${this.literal(type, 0)}`;
    const variable = `v${this.declared.size}`;
    this.declared.set(variable, { type: String(type), value: this.value(type, 0) });
    return `${name}: $${variable}`;
  }

  private condition(): string {
    if (!this.chance(0.15)) return '';
    const directive = this.chance(0.5) ? '@skip' : '@include';
    if (this.chance(0.3)) return ` ${directive}(if: ${this.chance(0.5)})`;
    const variable = `b${this.upTo(2)}`;
    if (!this.declared.has(variable)) this.declared.set(variable, { type: 'Boolean!', value: this.chance(0.5) });
    return ` ${directive}(if: $${variable})`;
  }

  private value(type: GraphQLInputType, level: number): unknown {
    if (!isNonNullType(type) && this.chance(0.15)) return null;
    const given = getNullableType(type);
    if (isListType(given)) return Array.from({ length: this.upTo(3) }, () => this.value(given.ofType, level));
    if (isEnumType(given)) return this.oneOf(given.getValues())?.name;
    if (isInputObjectType(given)) {
      const fields = Object.values(given.getFields()).filter(({ type: own }) => isNonNullType(own) || (level < 2 && this.chance(0.6)));
      return Object.fromEntries(fields.map(field => [field.name, this.value(field.type, level + 1)]));
    }
    if (given.name === 'Int') return this.upTo(50);
    if (given.name === 'Float') return this.upTo(500) / 4;
    if (given.name === 'Boolean') return this.chance(0.5);
    return `text ${this.upTo(20)} "\\ é`;
  }

  private literal(type: GraphQLInputType, level: number): string {
    const given = getNullableType(type);
    if (isEnumType(given)) return String(this.value(type, level));
    if (isListType(given)) return `[${Array.from({ length: this.upTo(3) }, () => this.literal(given.ofType, level)).join(', ')}]`;
    if (isInputObjectType(given)) {
      const fields = Object.values(given.getFields()).filter(({ type: own }) => isNonNullType(own) || (level < 2 && this.chance(0.6)));
      return `{ ${fields.map(field => `${field.name}: ${this.literal(field.type, level + 1)}`).join(', ')} }`;
    }
    return JSON.stringify(this.value(type, level));
  }

  private alias(isSure = false): string {
    if (!isSure && !this.chance(0.15)) return '';
    this.aliases += 1;
    return `${this.chance(0.05) ? ['constructor', 'toString', '__proto__'][this.upTo(2)] : 'a'}${this.chance(0.1) ? '' : this.aliases}: `;
  }

  private oneOf<Item>(items: readonly Item[]): Item | undefined {
    return items[this.upTo(items.length)];
  }

  private upTo(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  private chance(share: number): boolean {
    return this.next() < share;
  }

  /** xorshift: small, and the same everywhere. */
  private next(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    this.state >>>= 0;
    return this.state / 4_294_967_296;
  }
}
