import { defineConfig } from 'vitest/config';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export default defineConfig({
  // vitest would load graphql once as ESM and once as CommonJS, and two copies refuse each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**'],
    globalSetup: ['test/support/database.ts'],
    env: { APOLLO_TELEMETRY_DISABLED: 'true', TZ: 'UTC', LOG_LEVEL: 'silent' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
