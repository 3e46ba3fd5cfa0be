import { defineConfig } from 'vitest/config';
import ordinary from './vitest.config.ts';

/** Apart from the ordinary tests, since only these need what bench/ installs. */
export default defineConfig({
  ...ordinary,
  test: { ...ordinary.test, include: ['test/peers/**/*.test.ts'], exclude: [], globalSetup: [] },
});
