/** Altair, served from this process: no request leaves the machine. Each sample is a window of its own. */
import { createHash } from 'node:crypto';
import express, { type RequestHandler, type Router } from 'express';
import type { AltairConfigOptions } from 'altair-static';
import { PURPOSE_HEADER } from '../../kernel/rules/purposes.ts';
import { USER_GROUPS, type Sample, type SampleSource, type ShownSamples } from '../samples.ts';

export const EXPLORER_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  // Altair writes its styles into the page as it runs.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const BASE = '/explorer/';
const OPTIONS_FILE = 'initial-options.js';

/** Routes under /explorer, or undefined where Altair is not installed (a production install leaves it out). */
export async function explorerRoutes(shown: SampleSource): Promise<Router | undefined> {
  const altair = await import('altair-static').catch(() => undefined);
  if (!altair) return undefined;
  const html = altair.renderAltair({ baseURL: BASE, serveInitialOptionsInSeperateRequest: OPTIONS_FILE });
  const router = express.Router();
  router.use(policy);
  router.get('/', (_, res) => void res.type('html').send(html));
  router.get(`/${OPTIONS_FILE}`, (req, res) => {
    const language = req.acceptsLanguages('zh', 'en') === 'zh' ? 'zh-CN' : 'en-US';
    res.type('js').send(program(optionsOf(shown(), language)));
  });
  router.use(express.static(altair.getDistDirectory(), { index: false, redirect: false }));
  return router;
}

/** Altair takes absolute addresses only, and only the browser knows under which name it came here. */
function program(options: AltairConfigOptions): string {
  return `const options = ${JSON.stringify(options)};
const endpointURL = location.origin + '/graphql';
options.initialWindows.forEach((window) => Object.assign(window, { endpointURL }));
AltairGraphQL.init({ ...options, endpointURL });
`;
}

const policy: RequestHandler = (req, res, next) => {
  // Scripts a user writes for a request run in a frame that may do nothing else.
  const inFrame = req.path.startsWith('/iframe-sandbox/');
  res.setHeader(
    'content-security-policy',
    inFrame ? "sandbox allow-scripts; frame-ancestors 'self'" : EXPLORER_CSP,
  );
  if (inFrame) res.setHeader('x-frame-options', 'SAMEORIGIN');
  next();
};

function optionsOf({ samples, tokens }: ShownSamples, language: 'zh-CN' | 'en-US'): AltairConfigOptions {
  const windows = samples.map((sample) => windowOf(sample, tokens[sample.group]));
  return {
    initialWindows: windows,
    // Altair keeps its windows in the browser and opens ours only where it has none. New samples or new
    // tokens therefore get a place of their own, and edits to the present ones survive a reload.
    instanceStorageNamespace: `xueji_${createHash('sha256').update(JSON.stringify(windows)).digest('hex').slice(0, 12)}_`,
    disableAccount: true,
    initialSettings: {
      language,
      'alert.disableUpdateNotification': true,
      'banners.disable': true,
      disablePushNotification: true,
      enableTablistScrollbar: true,
      'schema.reloadOnStart': true,
    },
  };
}

/** A purpose is a header like the token, so that whoever tries the sample can take it away and see the masks. */
function windowOf({ group, zh, name, purpose, query, variables }: Sample, token: string | undefined) {
  return {
    initialName: `${USER_GROUPS[group].zh} ${name.slice(0, 2)} ${zh}`,
    initialQuery: query,
    initialVariables: JSON.stringify(variables, null, 2),
    initialHeaders: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(purpose && { [PURPOSE_HEADER]: purpose }),
    },
  };
}
