/** What a browser finds: a start page, Apollo Sandbox at GET /graphql, the offline explorer at /explorer. */
import { randomBytes } from 'node:crypto';
import type { Express, Request, RequestHandler } from 'express';
import type { SampleSource } from '../samples.ts';
import { explorerRoutes } from './explorer.ts';
import { sandboxCsp, sandboxPage } from './sandbox.ts';
import { START_CSP, startPage } from './start.ts';

export type Landing = 'sandbox' | 'explorer' | 'off';

/** Adds the pages; must come before the API's own GET /graphql. */
export async function landingPages(landing: Landing, shown: SampleSource): Promise<(app: Express) => void> {
  if (landing === 'off') return () => undefined;
  const explorer = await explorerRoutes(shown);
  return (app) => {
    app.get(
      '/',
      (_, res) => void res.setHeader('content-security-policy', START_CSP).type('html').send(startPage),
    );
    if (explorer) app.use('/explorer', explorer);
    app.get('/graphql', landing === 'sandbox' ? sandbox(shown) : toExplorer);
  };
}

function sandbox(shown: SampleSource): RequestHandler {
  return (req, res, next) => {
    if (!wantsPage(req)) return next();
    const nonce = randomBytes(16).toString('base64');
    const { sample } = req.query;
    res.setHeader('content-security-policy', sandboxCsp(nonce));
    res.type('html').send(sandboxPage(shown(), typeof sample === 'string' ? sample : undefined, nonce));
  };
}

const toExplorer: RequestHandler = (req, res, next) => {
  if (wantsPage(req)) res.redirect('/explorer');
  else next();
};

/** A browser that was sent here, not a client asking by GET. */
const wantsPage = (req: Request) =>
  req.query['query'] === undefined &&
  req.accepts(['json', 'application/graphql-response+json', 'html']) === 'html';
