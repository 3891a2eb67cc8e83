// The flow as a newcomer, on the embedded engine.
import { describeFlow } from './flow.ts';

describeFlow('embedded');
