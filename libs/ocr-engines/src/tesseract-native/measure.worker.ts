import { serveTasks, type TaskResult } from '@waybill/thread-pool';
import { measurePage, type PageMeasures } from '../reading/measure-page.js';
import type { MeasureTask } from './measure-task.js';

serveTasks(async ({ page }: MeasureTask): Promise<TaskResult<PageMeasures>> => ({ result: await measurePage(page) }));
