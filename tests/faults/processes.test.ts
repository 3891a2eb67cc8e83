// Processes held up as by a laptop's lid, and other members of the group that come and go.
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import { openLab, type Lab } from '../integration/lab.ts';
import { Guest } from './guest.ts';
import {
  checkEverything,
  healthyPid,
  isSpoiled,
  placeOf,
  resumeWithinMs,
  ride,
  startRun,
  strikeAt,
} from './ride.ts';
import { drawing, haltMs, outageMs, seeds } from './seeds.ts';

describe('in mid-run', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(async () => {
    await lab?.close();
  });
  const amounts = { count: 4_000, rate: 800 };
  const shareOf = (seed: number): number => drawing(seed)(0.15, 0.5);

  it.each(seeds.flatMap((seed) => (['kafka', 'cassandra', 'app'] as const).map((who) => ({ who, seed }))))(
    '$who is held up (seed $seed)',
    async ({ who, seed }) => {
      let pid = who === 'app' ? 0 : await healthyPid(lab, who);
      expect(
        await ride(
          lab,
          { ...amounts, share: shareOf(seed) },
          {
            strike: (run) => {
              if (who === 'app') pid = run.process.pid ?? 0;
              expect(pid).toBeGreaterThan(0);
              process.kill(pid, 'SIGSTOP');
            },
            end: () => {
              process.kill(pid, 'SIGCONT');
            },
            lastsMs: haltMs,
          },
        ),
      ).toBeLessThan(resumeWithinMs);
    },
  );

  it.each(seeds)('another consumer of the group comes and goes every 5 s (seed %i)', async (seed) => {
    const guest = new Guest(lab);
    expect(
      await ride(
        lab,
        { ...amounts, share: shareOf(seed) },
        {
          strike: () => guest.begin(5_000),
          end: () => guest.end(),
          lastsMs: Math.max(11_000, outageMs),
        },
      ),
    ).toBeLessThan(resumeWithinMs);
    expect(guest.joins).toBeGreaterThan(0);
  });

  it.each(seeds)('the topic of the dead letters is deleted (seed %i)', async (seed) => {
    const admin = new kafkajs.Kafka({
      brokers: [lab.addresses.kafka],
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin();
    await admin.connect();
    const before = (await lab.messages(usersTopic)).length;
    const run = startRun(lab, { count: 4_000, rate: 400 });
    let deletedAt = 0;
    await strikeAt(run, { share: shareOf(seed), count: 4_000 }, async () => {
      await admin.deleteTopics({ topics: [usersDeadLetterTopic] });
      deletedAt = Date.now();
    });
    const ended = await run.ended;
    await admin.disconnect();
    expect(ended).toMatchObject({ stderr: '', code: 0 });
    const messages = await lab.messages(usersTopic);
    // What had been refused before went with the topic, by somebody's will.
    const deleted = messages.filter((message) => isSpoiled(message) && message.timestamp <= deletedAt);
    expect(deleted.length).toBeLessThan(messages.filter(isSpoiled).length);
    await checkEverything(lab, before + 4_000, new Set(deleted.map(placeOf)));
  });
});
