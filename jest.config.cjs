const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022',
    },
  },
];

/** Packages that are published as ES modules only. */
const ESM_PACKAGES = ['@octokit/webhooks-methods', 'jose', 'uuid', 'standardwebhooks', '@stablelib', '@linear/sdk'];

const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.[cm]?[jt]sx?$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_PACKAGES.join('|')})/)`, '<rootDir>/dist/'],
  moduleNameMapper: {
    // It exports itself to importers only, and the tests are compiled to `require`.
    '^@octokit/webhooks-methods$': '<rootDir>/node_modules/@octokit/webhooks-methods/dist-node/index.js',
    // Its entry loads thousands of files more.
    '^square$': '<rootDir>/node_modules/square/wrapper/WebhooksHelper.js',
  },
  // A host's folder is full of links to the project's packages.
  modulePathIgnorePatterns: ['<rootDir>/.nocobase/', '<rootDir>/dist/'],
};

const withPackage = {
  ...shared,
  globalSetup: '<rootDir>/__tests__/support/packSetup.ts',
  globalTeardown: '<rootDir>/__tests__/support/globalTeardown.ts',
};

const withHosts = {
  ...shared,
  globalSetup: '<rootDir>/__tests__/support/globalSetup.ts',
  globalTeardown: '<rootDir>/__tests__/support/globalTeardown.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  // Against a test that hangs, not against a busy machine.
  testTimeout: 120_000,
  reporters: ['default', '<rootDir>/scripts/summaryReporter.cjs'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/__tests__/unit/**/*.test.{ts,tsx}'] },
    { ...withPackage, displayName: 'package', testMatch: ['<rootDir>/__tests__/package/**/*.test.ts'] },
    { ...withHosts, displayName: 'integration', testMatch: ['<rootDir>/__tests__/integration/**/*.test.ts'] },
    { ...withHosts, displayName: 'browser', testMatch: ['<rootDir>/__tests__/browser/**/*.test.ts'] },
  ],
};
