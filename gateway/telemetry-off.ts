/**
 * Imported before anything of Apollo's. Without this the gateway probes cloud metadata addresses when it is
 * constructed and reports usage to its maker; a key left in the environment would make the server report too.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
for (const name of ['APOLLO_KEY', 'APOLLO_GRAPH_REF', 'APOLLO_SCHEMA_REPORTING']) delete process.env[name];
