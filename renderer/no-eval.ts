// zod as the page has it (vite.config.ts): kept from compiling its schemas with eval, which the page's policy forbids.
import { config } from 'zod/v4';

export * from 'zod/v4';

config({ jitless: true });
