import type { ViewerSpec } from '../../../clients/cli/demo/viewer-spec.ts';
import type { World } from '../../support/world.ts';

export const REQUEST = `mutation($input: RequestDataExportInput!) { act: requestDataExport(input: $input) { ${shown()} } }`;

function shown(): string {
  return `dataExport { id state fields approvedFields areaCode requestedBy decidedBy lineCount parts downloads { account } }
    userErrors { code field message messageEn }`;
}

export interface ShownExport {
  readonly id: string;
  readonly state: string;
  readonly fields: string[];
  readonly approvedFields: string[] | null;
  readonly areaCode: string;
  readonly requestedBy: string;
  readonly decidedBy: string | null;
  readonly lineCount: number;
  readonly parts: number;
  readonly downloads: { account: string }[];
}
export interface Acted {
  readonly dataExport: ShownExport | null;
  readonly ticket?: string | null;
  readonly userErrors: { code: string; field: string[]; message: string; messageEn: string }[];
}

export const WISH = {
  profile: 'PSEUDONYMOUS',
  ground: 'GOVERNMENT_APPROVAL',
  groundReference: '示例政函〔2026〕12号',
  purpose: '托育规划研究',
  recipient: '示例大学教育学院',
  fields: ['RECORD_NUMBER', 'SEX', 'BIRTH_DATE'],
  until: '2026-12-31',
};

/** The acts on exports, each call with a key of its own. */
export function exporting(world: World) {
  let calls = 0;
  const act = async (as: ViewerSpec, name: string, input: object, more = ''): Promise<Acted> => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { act: ${name}(input: $input) { ${more} ${shown()} } }`;
    const answer = await world.data<{ act: Acted }>(as, query, {
      input: { idempotencyKey: `export-${++calls}`, ...input },
    });
    return answer.act;
  };
  const made = () => world.subgraphs.find(({ name }) => name === 'records')!.tick!();
  return {
    act,
    made,
    request: (as: ViewerSpec, changes: object = {}) => act(as, 'requestDataExport', { ...WISH, ...changes }),
    /** Asked for by one, approved by another, made, and answered with its id. */
    async ready(by: ViewerSpec, approver: ViewerSpec, changes: object = {}): Promise<string> {
      const { dataExport } = await act(by, 'requestDataExport', { ...WISH, ...changes });
      const approved = await act(approver, 'approveDataExport', { exportId: dataExport!.id });
      if (approved.userErrors.length > 0) throw new Error(approved.userErrors[0]!.code);
      await made();
      return dataExport!.id;
    },
    async ticket(as: ViewerSpec, exportId: string) {
      return act(as, 'downloadDataExport', { exportId }, 'ticket');
    },
    part: (as: ViewerSpec, ticket: string, part: number) =>
      world.ask<{ dataExportPart: string | null }>(
        as,
        'query($ticket: ID!, $part: Int!) { dataExportPart(ticket: $ticket, part: $part) }',
        { ticket, part },
      ),
    /** The whole file, as the account that asked for it fetches it. */
    async file(as: ViewerSpec, exportId: string): Promise<string> {
      const { ticket, dataExport } = await act(as, 'downloadDataExport', { exportId }, 'ticket');
      let text = '';
      for (let part = 0; part < dataExport!.parts; part++)
        text += (await this.part(as, ticket!, part)).data!.dataExportPart!;
      return text;
    },
  };
}

/** The file as a spreadsheet shows it: its first line, its titles, and its lines in the order of their cells, tags aside. */
export function sheetOf(text: string): { head: string; titles: string[]; lines: string[] } {
  if (!text.startsWith('\uFEFF') || !text.endsWith('\r\n')) throw new Error('The file is not whole.');
  const rows = text
    .slice(1)
    .split('\r\n')
    .filter(Boolean)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, q, b]) => q ?? b!));
  const [[head], titles, ...lines] = rows as [string[], string[], ...string[][]];
  return { head: head!, titles, lines: lines.map(([, ...cells]) => cells.join('|')).sort() };
}
