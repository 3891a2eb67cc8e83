// The desktop's entry: says what this process is, the window or the embedded stack's supervisor, and nothing more.
import { runDesktop } from './desktop.ts';
import { runSupervisorHere, supervisorArgs } from './supervisor.ts';

const args = supervisorArgs(process.argv);
if (args) runSupervisorHere(args);
else runDesktop();
