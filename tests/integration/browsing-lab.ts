// The app over a lab of its own, as a window has it, with what tests of messages ask again and again.
import { createRouterClient } from '@orpc/server';
import { safe } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import kafkajs from 'kafkajs';
import type { Connections } from '../../app/connections.ts';
import { createApp } from '../../app/create-app.ts';
import { defaultFolders } from '../../app/folders.ts';
import type { contract } from '../../contract/contract.ts';
import type { BrowseFrame, FollowFrame, MessagePlace, MessageRow } from '../../words/browse.ts';
import { eventually, openLab, type Lab } from './lab.ts';

export type Client = ContractRouterClient<typeof contract>;

export interface BrowsingLab extends Lab {
  client: Client;
  /** Another app on the same stack. */
  openApp(): Promise<{ client: Client; close(): Promise<void> }>;
  /** The lab's own clients as a service of the app is given them. */
  connections: Connections;
  /** Groups that readings for a person have left or are using. */
  browseGroups(): Promise<string[]>;
  /** Generated records into the topic, at once. */
  produce(count: number, faultyPercent?: number): Promise<void>;
  /** Pulls a session as a client does, until it rests or ends. */
  pullAll(session: string, after?: number): Promise<Pulled>;
  /** What a followed record came to. */
  follow(start: { by: 'message' } & MessagePlace): Promise<FollowFrame>;
  followRow(id: string): Promise<FollowFrame>;
}

export interface Pulled {
  messages: MessageRow[];
  frame: BrowseFrame;
  skipped: number;
}

/** The code of the typed error a call ends with; undefined where it succeeds. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const { error } = await safe(call);
  return error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;
}

export async function openBrowsingLab(): Promise<BrowsingLab> {
  const lab = await openLab();
  const openApp: BrowsingLab['openApp'] = async () => {
    const app = await createApp({
      folders: defaultFolders(lab.dataDir),
      engine: { kind: 'embedded' },
      host: { kind: 'terminal' },
    });
    return { client: createRouterClient(app.router), close: () => app.close() };
  };
  const app = await openApp();
  const { client } = app;
  const { Kafka, logLevel } = kafkajs;
  const admin = new Kafka({ brokers: [lab.addresses.kafka], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const followed = async (start: Parameters<Client['follow']['open']>[0]): Promise<FollowFrame> => {
    const { session } = await client.follow.open(start);
    let after = 0;
    for (;;) {
      const { version, frame } = await client.follow.next({ session, after });
      after = version;
      if (frame.status === 'scanning') continue;
      await client.follow.close({ session });
      return frame;
    }
  };
  return {
    ...lab,
    client,
    openApp,
    connections: {
      open: async () => ({ ...lab, ensure: async () => {}, ensureTopics: async () => {} }),
      isOpen: true,
      letGo: async () => {},
      close: async () => {},
      onClose: () => {},
      whileClosed: (work) => work(),
    },
    async browseGroups() {
      const { groups } = await admin.listGroups();
      return groups.map(({ groupId }) => groupId).filter((group) => group.startsWith('riacho-browse-'));
    },
    async produce(count, faultyPercent = 0) {
      await client.producer.start({ source: 'offline', rate: 'max', count, faultyPercent });
      await eventually('produced', async () => {
        const { frame } = await client.runs.next({ after: 0 });
        return frame.producer?.endedAt !== undefined;
      });
    },
    async pullAll(session, from = 0) {
      const pulled: Omit<Pulled, 'frame'> = { messages: [], skipped: 0 };
      for (let after = from; ;) {
        const { version, frame, skipped } = await client.messages.next({ session, after });
        after = version;
        pulled.skipped += skipped;
        pulled.messages.push(...frame.messages);
        if (['full', 'done', 'failed'].includes(frame.state.status)) return { ...pulled, frame };
      }
    },
    follow: (start) => followed(start),
    followRow: (id) => followed({ by: 'row', id }),
    async close() {
      await admin.disconnect();
      await app.close();
      await lab.close();
    },
  };
}
