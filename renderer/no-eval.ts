// Keeps zod from compiling its schemas with eval, which the page's policy forbids. Built into zod's own chunk
// (vite.config.ts): it has to have run before the first schema is made.
import { z } from 'zod';

z.config({ jitless: true });
