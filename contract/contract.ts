// The app's one API: every host serves it, every client calls it, whatever carries it.
// Nothing is pushed: `next` is a long poll that answers at once when there is something newer than `after`.
import { airflowContract } from './airflow.ts';
import { recordsContract } from './records.ts';
import { schemasContract } from './schemas.ts';
import { stackContract } from './stack.ts';
import { tableContract } from './table.ts';
import { weatherContract } from './weather.ts';

export const contract = {
  ...stackContract,
  ...recordsContract,
  ...tableContract,
  ...schemasContract,
  ...airflowContract,
  ...weatherContract,
};

export { dagSecondsMax, limitMax, liveRateMax, rateMax, timerMaxMs } from './limits.ts';
export { dagRunInput, type DagRunInput } from './airflow.ts';
export { producerInput, type ProducerInput, type RunsFrame } from './records.ts';
export { exportInput, type ExportInput } from './table.ts';
export { weatherExportInput, weatherInput, type WeatherExportInput, type WeatherInput } from './weather.ts';
