import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { enumOf } from '../../../kernel/graph/enums.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import {
  EXPORT_FIELD,
  EXPORT_GROUND,
  EXPORT_PROFILE,
  EXPORT_STATE,
  type DataExport,
  type DataExportDownload,
} from '../model.ts';
import { RecordStatusEnum } from './enums.ts';

export const ExportStateEnum = enumOf(
  'DataExportState',
  '数据提供状态',
  'Where an export stands',
  EXPORT_STATE,
);
export const ExportProfileEnum = enumOf(
  'DataExportProfile',
  '去标识档次',
  'How much of a child is left in the file',
  EXPORT_PROFILE,
);
export const ExportGroundEnum = enumOf(
  'DataExportGround',
  '依据',
  'On what ground data leaves',
  EXPORT_GROUND,
);
export const ExportFieldEnum = enumOf('DataExportField', '字段', 'A column of the file', EXPORT_FIELD);

/** Who puts requests and decides them, and who looks on. */
export const EXPORTERS = ACTIONS.requestDataExport;
export const EXPORT_READERS = [...EXPORTERS, 'AUDITOR'] as const;

export const exportWords = {
  profile: d('去标识档次', 'How much of a child is left in the file'),
  ground: d('依据', 'On what ground'),
  groundReference: d('法律条文或批准文号', 'The article of the law, or the document of the approval'),
  purpose: d('用途', 'What it is for, and for nothing else'),
  recipient: d('接收方', 'Who is given it'),
  fields: d('字段', 'The columns'),
  status: d('仅此状态的学籍；空为全部', 'Only records of this status; null for all'),
  until: d('期限末日，至多一年', 'The last day it may be had, a year from now at most'),
};

@Access(...EXPORT_READERS)
@ObjectType('DataExportDownload', {
  simpleResolvers: true,
  ...d('一次下载', 'One time the file was fetched'),
})
export class DataExportDownloadType implements Pick<DataExportDownload, 'account' | 'at'> {
  @Field(() => String, d('账号', 'By which account'))
  account!: string;

  @Field(() => DateTime, d('时间', 'When'))
  at!: Date;
}

@Access(...EXPORT_READERS)
@ObjectType('DataExport', {
  simpleResolvers: true,
  ...d('向外提供的数据', 'Data that somebody outside is given: asked for, decided by another, made, gone'),
})
export class DataExportType implements Partial<DataExport> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => ExportStateEnum, d('状态', 'Where it stands'))
  state!: DataExport['state'];

  @Field(() => ExportProfileEnum, exportWords.profile)
  profile!: DataExport['profile'];

  @Field(() => ExportGroundEnum, exportWords.ground)
  ground!: DataExport['ground'];

  @Field(() => String, exportWords.groundReference)
  groundReference!: string;

  @Field(() => String, exportWords.purpose)
  purpose!: string;

  @Field(() => String, exportWords.recipient)
  recipient!: string;

  @Sized(14)
  @Field(() => [ExportFieldEnum], d('所申请的字段', 'The columns that were asked for'))
  fields!: DataExport['fields'];

  @Sized(14)
  @Field(() => [ExportFieldEnum], {
    nullable: true,
    ...d('所批准的字段', 'The columns that were approved; null until then'),
  })
  approvedFields!: DataExport['approvedFields'];

  @Field(
    () => String,
    d('数据所在区划或机构的代码', 'The code of the region or institution whose data it is'),
  )
  areaCode!: string;

  @Field(() => RecordStatusEnum, { nullable: true, ...exportWords.status })
  rowStatus!: DataExport['rowStatus'];

  @Field(() => LocalDate, exportWords.until)
  untilOn!: string;

  @Field(() => String, d('申请账号', 'The account that asked'))
  requestedBy!: string;

  @Field(() => DateTime, d('申请时间', 'When it was asked for'))
  requestedAt!: Date;

  @Field(() => String, { nullable: true, ...d('批准或拒绝的账号', 'The account that decided') })
  decidedBy!: string | null;

  @Field(() => DateTime, { nullable: true, ...d('决定时间', 'When it was decided') })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, ...d('不予批准或撤销的理由', 'Why it was refused or taken back') })
  reason!: string | null;

  @Field(() => Int, d('行数', 'Lines of the file so far'))
  lineCount!: number;

  @Field(() => Int, d('分片数', 'Parts of the file that are there'))
  parts!: number;
}

const outcome = d('办理结果', 'What became of it');

export const DataExportConnection = connectionOf(DataExportType, 'DataExport', EXPORT_READERS);

@Access(...EXPORTERS)
@ObjectType('RequestDataExportPayload', { simpleResolvers: true, ...outcome })
export class RequestDataExportPayload {
  @Field(() => DataExportType, { nullable: true, ...d('数据提供', 'The export') })
  dataExport!: DataExport | null;

  @Field(() => [UserErrorType], d('不予办理的原因', 'Why it was refused'))
  userErrors!: UserErrorType[];
}

@Access(...EXPORTERS)
@ObjectType('DownloadDataExportPayload', { simpleResolvers: true, ...outcome })
export class DownloadDataExportPayload extends RequestDataExportPayload {
  @Field(() => ID, {
    nullable: true,
    ...d(
      '取件凭据，一小时内有效，限本账号',
      'The ticket for dataExportPart, good for an hour and for this account alone',
    ),
  })
  ticket!: string | null;
}

@Access(...EXPORTERS)
@ObjectType('ApproveDataExportPayload', { simpleResolvers: true, ...outcome })
export class ApproveDataExportPayload extends RequestDataExportPayload {}

@Access(...EXPORTERS)
@ObjectType('RefuseDataExportPayload', { simpleResolvers: true, ...outcome })
export class RefuseDataExportPayload extends RequestDataExportPayload {}

@Access(...EXPORTERS)
@ObjectType('RevokeDataExportPayload', { simpleResolvers: true, ...outcome })
export class RevokeDataExportPayload extends RequestDataExportPayload {}
