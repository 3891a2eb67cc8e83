// The main job on the embedded engine.
import { describeMainJob } from './main-job.ts';

describeMainJob('embedded');
