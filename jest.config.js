const { existsSync } = require('node:fs');
const { join } = require('node:path');

// Libraries run in tests as they are shipped, without what they check for their own developers.
process.env.NODE_ENV = 'production';

const support = name => {
  const path = join(__dirname, 'test/support', name);
  return existsSync(path) ? path : undefined;
};
/** The rules of the house need no database, and are told even when its migrations are broken. */
const isWithoutDatabase = process.env.WITHOUT_DATABASE === 'yes';
const globalSetup = support('global-setup.ts');
const globalTeardown = support('global-teardown.ts');

/** These packages ship ES modules only; tests run as CommonJS, so they are translated on the way in. */
const esmOnly = [
  'graphile-worker',
  'graphile-config',
  '@graphile',
  'hyparquet',
  'hyparquet-writer',
  'jose',
  'temporal-polyfill',
  'temporal-utils',
  'uuid',
];
/** These load a part of themselves by `import()`, which tests can only do where it was translated. */
const importing = ['@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/otlp-exporter-base'];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{kernel,gateway,subgraphs,test}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '/canary-[^/]+/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '/canary-[^/]+/'],
  moduleNameMapper: { '^#kernel/(.*)$': '<rootDir>/kernel/$1' },
  transform: {
    '^.+\\.(ts|tsx|js|cjs|mjs)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${[...esmOnly, ...importing].join('|')})/)`],
  ...(globalSetup && !isWithoutDatabase && { globalSetup }),
  ...(globalTeardown && !isWithoutDatabase && { globalTeardown }),
  maxWorkers: 2,
  testTimeout: 120_000,
  forceExit: false,
};
