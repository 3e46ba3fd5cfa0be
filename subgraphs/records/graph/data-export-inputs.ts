import { Field, ID, InputType } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import type { DataExport, ExportField } from '../model.ts';
import type { NewDataExport } from '../service/data-exports/request.ts';
import {
  ExportFieldEnum,
  ExportGroundEnum,
  ExportProfileEnum,
  ExportStateEnum,
  exportWords,
} from './data-export-types.ts';
import { RecordStatusEnum } from './enums.ts';
import { institution, region } from './queries.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const exportId = d('数据提供', 'The export');
const reason = d('理由，至多 200 字', 'Why, at most 200 characters');

@InputType('DataExportFilter', d('数据提供筛选', 'Which exports'))
export class DataExportFilterInput {
  @Field(() => String, { nullable: true, ...region })
  region?: string | null;

  @Field(() => ExportStateEnum, { nullable: true, ...d('状态', 'Only this state') })
  state?: DataExport['state'] | null;
}

@InputType('RequestDataExportInput', d('申请向外提供数据', 'Asking for data to be given to somebody outside'))
export class RequestDataExportInput implements NewDataExport {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ExportProfileEnum, exportWords.profile)
  profile!: NewDataExport['profile'];

  @Field(() => ExportGroundEnum, exportWords.ground)
  ground!: NewDataExport['ground'];

  @Field(() => String, exportWords.groundReference)
  groundReference!: string;

  @Field(() => String, exportWords.purpose)
  purpose!: string;

  @Field(() => String, exportWords.recipient)
  recipient!: string;

  @Field(() => [ExportFieldEnum], exportWords.fields)
  fields!: ExportField[];

  @Field(() => String, { nullable: true, ...region })
  region?: string | null;

  @Field(() => String, { nullable: true, ...institution })
  institution?: string | null;

  @Field(() => RecordStatusEnum, { nullable: true, ...exportWords.status })
  status?: NewDataExport['status'];

  @Field(() => String, d('期限末日 YYYY-MM-DD', 'The last day it may be had, YYYY-MM-DD'))
  until!: string;
}

@InputType('ApproveDataExportInput', d('批准', 'Approving an export'))
export class ApproveDataExportInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, exportId)
  exportId!: string;

  @Field(() => [ExportFieldEnum], {
    nullable: true,
    ...d('只批准其中这些字段；空为全部', 'Only these of the columns; null for all that were asked for'),
  })
  fields?: ExportField[] | null;
}

@InputType('RefuseDataExportInput', d('不予批准', 'Refusing an export'))
export class RefuseDataExportInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, exportId)
  exportId!: string;

  @Field(() => String, reason)
  reason!: string;
}

@InputType('RevokeDataExportInput', d('撤销', 'Taking an export back'))
export class RevokeDataExportInput extends RefuseDataExportInput {}

@InputType('DownloadDataExportInput', d('下载', 'Fetching the file of an export'))
export class DownloadDataExportInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, exportId)
  exportId!: string;
}
