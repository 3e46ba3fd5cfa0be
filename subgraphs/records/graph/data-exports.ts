import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { Sized, Weighs } from '../../../kernel/graph/sizes.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { DataExport } from '../model.ts';
import type { BatchAnswer } from '../service/deps.ts';
import type { ExportDone } from '../service/data-exports/request.ts';
import type { Context } from './context.ts';
import {
  ApproveDataExportInput,
  DataExportFilterInput,
  DownloadDataExportInput,
  RefuseDataExportInput,
  RequestDataExportInput,
  RevokeDataExportInput,
} from './data-export-inputs.ts';
import {
  DataExportConnection,
  DataExportDownloadType,
  ApproveDataExportPayload,
  RefuseDataExportPayload,
  RequestDataExportPayload,
  RevokeDataExportPayload,
  DataExportType,
  DownloadDataExportPayload,
  EXPORT_READERS,
} from './data-export-types.ts';
import { areaOrFault } from './lent.ts';

const input = d('输入', 'The input');
const DOWNLOADS_SHOWN = 50;

@Resolver()
export class DataExportQueries {
  @Access(...EXPORT_READERS)
  @Query(() => DataExportType, { nullable: true, ...d('一项数据提供', 'One export by its id') })
  dataExport(
    @Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string,
    @Ctx() { records, viewer }: Context,
  ) {
    return isId(id) ? records.dataExportById(viewer.area, id) : null;
  }

  @Access(...EXPORT_READERS)
  @Query(() => DataExportConnection, {
    nullable: true,
    ...d(
      '数据提供清单：数据全部在辖区内的',
      'Exports of data that lies wholly within the area, the oldest first',
    ),
  })
  async dataExports(
    @Arg('filter', () => DataExportFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: DataExportFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const area = await areaOrFault(records, viewer, { region: filter?.region });
    const wanted = { area, state: filter?.state ?? null };
    const rows = await records.dataExports(wanted, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => records.countDataExports(wanted));
  }

  @Act('downloadDataExport')
  @Weighs(20)
  @Query(() => String, {
    nullable: true,
    ...d(
      '文件的一个分片，按次序相接即为 CSV 文件',
      'One part of the file; all of them, one after the other, are the CSV',
    ),
  })
  async dataExportPart(
    @Arg('ticket', () => ID, d('取件凭据', 'The ticket downloadDataExport gave')) ticket: string,
    @Arg('part', () => Int, d('从 0 起的序号', 'Which part, from 0')) part: number,
    @Ctx() { records, viewer }: Context,
  ): Promise<string> {
    const body = await records.dataExportPart(viewer, ticket, part);
    if (body === null)
      throw fault(
        'NOT_FOUND',
        '凭据无效或已过期，或无此分片。',
        'The ticket does not hold or is too old, or there is no such part.',
      );
    return body;
  }
}

@Resolver()
export class DataExportMutations {
  @Act('requestDataExport')
  @Mutation(() => RequestDataExportPayload, {
    nullable: true,
    ...d('申请向外提供数据，由他人批准', 'Ask for data to be given to somebody outside; another decides'),
  })
  requestDataExport(
    @Arg('input', () => RequestDataExportInput, input) { idempotencyKey, ...wish }: RequestDataExportInput,
    @Ctx() context: Context,
  ) {
    return payload(context, context.records.requestDataExport(context.viewer, idempotencyKey, wish));
  }

  @Act('approveDataExport')
  @Mutation(() => ApproveDataExportPayload, {
    nullable: true,
    ...d('批准，谁批准谁负责', 'Approve an export; who approves answers for it'),
  })
  approveDataExport(
    @Arg('input', () => ApproveDataExportInput, input)
    { idempotencyKey, exportId, fields }: ApproveDataExportInput,
    @Ctx() context: Context,
  ) {
    const { records, viewer } = context;
    return payload(context, records.approveDataExport(viewer, idempotencyKey, exportId, fields ?? null));
  }

  @Act('refuseDataExport')
  @Mutation(() => RefuseDataExportPayload, { nullable: true, ...d('不予批准', 'Refuse an export') })
  refuseDataExport(
    @Arg('input', () => RefuseDataExportInput, input)
    { idempotencyKey, exportId, reason }: RefuseDataExportInput,
    @Ctx() context: Context,
  ) {
    return payload(
      context,
      context.records.refuseDataExport(context.viewer, idempotencyKey, exportId, reason),
    );
  }

  @Act('revokeDataExport')
  @Mutation(() => RevokeDataExportPayload, {
    nullable: true,
    ...d('撤销，文件随即删除', 'Take an export back; its file is removed'),
  })
  revokeDataExport(
    @Arg('input', () => RevokeDataExportInput, input)
    { idempotencyKey, exportId, reason }: RevokeDataExportInput,
    @Ctx() context: Context,
  ) {
    return payload(
      context,
      context.records.revokeDataExport(context.viewer, idempotencyKey, exportId, reason),
    );
  }

  @Act('downloadDataExport')
  @Mutation(() => DownloadDataExportPayload, {
    nullable: true,
    ...d('下载：取得凭据，再逐片取件', 'Fetch the file: get a ticket for its parts'),
  })
  downloadDataExport(
    @Arg('input', () => DownloadDataExportInput, input)
    { idempotencyKey, exportId }: DownloadDataExportInput,
    @Ctx() context: Context,
  ) {
    return payload(context, context.records.downloadDataExport(context.viewer, idempotencyKey, exportId));
  }
}

@Resolver(() => DataExportType)
export class DataExportFields {
  @Sized(DOWNLOADS_SHOWN)
  @FieldResolver(
    () => [DataExportDownloadType],
    d('最初 50 次下载', 'The first fifty times the file was fetched'),
  )
  downloads(@Root() { id }: DataExport, @Ctx() { records }: Context) {
    return records.downloadsOf(id, DOWNLOADS_SHOWN);
  }
}

async function payload({ records, viewer }: Context, answer: Promise<BatchAnswer<ExportDone>>) {
  const { results, userErrors } = await answer;
  const [done] = results;
  if (!done) return { dataExport: null, ticket: null, userErrors };
  const { exportId, ticket } = done;
  const dataExport = exportId === null ? null : await records.dataExportById(viewer.area, exportId);
  return { dataExport, ticket, userErrors: done.userErrors };
}
