import type { SmallSupergraph } from './small-supergraph';

/** Mutations, lists, scalars, shared objects, and the schema itself. */
export const values: readonly SmallSupergraph[] = [
  {
    feature: 'mutations in order',
    houses: {
      a: 'type Query { a: Int } type Mutation { addA(n: Int): Item bumpA: Int! } type Item @key(fields: "id") { id: ID! a: String }',
      b: 'type Query { b: Int } type Mutation { addB(n: Int): Item bumpB: Int } type Item @key(fields: "id") { id: ID! b: String }',
    },
    operations: [
      'mutation { addA { a b } }',
      'mutation { addA { id } addB { id } x: addA { id } }',
      'mutation { addB { a } addA { b } }',
      'mutation { bumpA bumpB c: bumpA d: bumpB }',
      'mutation($n: Int) { addA(n: $n) { a } addB(n: $n) { b } }',
      'mutation M($s: Boolean = true) { addA { a @skip(if: $s) id } bumpB @include(if: $s) }',
      'mutation { ...M } fragment M on Mutation { bumpB addA { b } }',
      'mutation { __typename bumpB }',
    ],
  },
  {
    feature: 'lists of lists, and nulls that move up',
    houses: {
      a: 'type Query { grid: [[Cell]] strict: [[Cell!]!] deep: Deep list: [Int!] } type Cell @key(fields: "id") { id: ID! v: Int } type Deep { deep: Deep sure: Int! maybe: Int cells: [[[Cell]]] }',
      b: 'type Cell @key(fields: "id") { id: ID! w: Int! near: [[Cell!]] }',
    },
    operations: [
      '{ grid { v } }',
      '{ grid { w v } strict { w } }',
      '{ strict { near { v } } }',
      '{ deep { deep { deep { sure maybe } } } }',
      '{ deep { cells { w } } }',
      '{ list grid { near { near { w } } } }',
      '{ deep { d: deep { cells { id near { v } } } } }',
      '{ grid { __typename id } }',
    ],
  },
  {
    feature: 'custom scalars and every leaf',
    houses: {
      a: 'scalar JSON scalar When type Query { all: All alls: [All!] raw(input: JSON): JSON } type All @key(fields: "id") { id: ID! s: String i: Int f: Float b: Boolean j: JSON w: When js: [JSON] }',
      b: 'scalar JSON type All @key(fields: "id") { id: ID! more: JSON fs: [Float!] e: [E] ids: [ID] } enum E { A B C }',
    },
    operations: [
      '{ all { s i f b j w js } }',
      '{ alls { more fs e ids } }',
      '{ alls { j more } }',
      'query($i: JSON) { raw(input: $i) }',
      '{ raw(input: { a: [1, "two", null, true] }) }',
      '{ raw }',
      '{ all { ids e x: e } alls { f } }',
      '{ all { more js } }',
    ],
  },
  {
    feature: 'one type reached by many paths',
    houses: {
      a: 'type Query { tree: Tree trees: [Tree!] } type Tree @key(fields: "id") { id: ID! left: Tree right: Tree name: String leaf: Leaf } type Leaf @key(fields: "id") { id: ID! }',
      b: 'type Tree @key(fields: "id") { id: ID! height(unit: String): Int } type Leaf @key(fields: "id") { id: ID! veins: [Vein!] vein: Vein } type Vein { w: Int x(n: Int): String tree: Tree }',
    },
    operations: [
      '{ tree { left { height } right { height } height } }',
      '{ tree { left { left { height name } } right { right { height } } } }',
      '{ trees { leaf { veins { w } } left { leaf { veins { w x } } } } }',
      '{ trees { left { leaf { vein { tree { name } } } } right { leaf { vein { tree { height } } } } } }',
      '{ a: tree { left { height(unit: "m") } } b: tree { left { height(unit: "f") } } }',
      '{ trees { left { leaf { vein { a: x(n: 1) } } } right { leaf { vein { a: x(n: 2) } } } } }',
      '{ trees { leaf { veins { tree { leaf { veins { tree { name height } } } } } } } }',
      '{ trees { left { h: height } right { h: height(unit: "m") } } }',
    ],
  },
  {
    feature: 'introspection',
    houses: {
      a: 'type Query { x(n: Int = 3): Int "words" y: Y } type Y @key(fields: "id") { id: ID! z: String @deprecated }',
      b: 'type Y @key(fields: "id") { id: ID! q: Int }',
    },
    operations: [
      '{ __schema { queryType { name } types { name kind } } }',
      '{ __type(name: "Y") { name fields(includeDeprecated: true) { name isDeprecated type { kind ofType { name } } } } }',
      '{ __typename __schema { directives { name } } }',
      'query($n: String!) { __type(name: $n) { name } }',
      '{ x __type(name: "Query") { fields { name args { name defaultValue } description } } y { z q } }',
      '{ ...S } fragment S on Query { __schema { mutationType { name } } x }',
      '{ a: __typename b: __type(name: "Nobody") { name } }',
      '{ y { __typename id } }',
    ],
  },
];
