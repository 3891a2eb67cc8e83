// Served here: what the contract says about records on their way.
import type { Services } from '../services.ts';
import type { Api } from './api.ts';

export function recordsRouter(api: Api, services: Services) {
  const { runs, history, browsing, following, letters, host } = services;
  return {
    topic: {
      sum: api.topic.sum.handler(() => runs.sum()),
    },
    producer: {
      start: api.producer.start.handler(({ input }) => runs.startProducer(input)),
      stop: api.producer.stop.handler(() => runs.stopProducer()),
    },
    consumer: {
      start: api.consumer.start.handler(({ input, signal }) =>
        runs.startConsumer(input, host.endsWithItsCalls ? signal : undefined),
      ),
      stop: api.consumer.stop.handler(() => runs.stopConsumer()),
      isCaughtUp: api.consumer.isCaughtUp.handler(() => runs.isCaughtUp()),
    },
    runs: {
      next: api.runs.next.handler(({ input, signal }) => runs.feed.next(input.after, signal)),
    },
    metrics: {
      next: api.metrics.next.handler(({ input, signal }) => history.next(input.after, signal)),
    },
    messages: {
      read: api.messages.read.handler(({ input, signal }) =>
        browsing.read({ ...input, ...(signal && { signal }) }),
      ),
      topics: api.messages.topics.handler(() => browsing.topics()),
      open: api.messages.open.handler(({ input }) => browsing.open(input)),
      next: api.messages.next.handler(({ input, signal }) => browsing.next(input, signal)),
      resume: api.messages.resume.handler(({ input }) => browsing.resume(input.session)),
      close: api.messages.close.handler(({ input }) => browsing.close(input.session)),
      get: api.messages.get.handler(({ input, signal }) => browsing.get(input, signal)),
      produce: api.messages.produce.handler(({ input }) => browsing.produce(input.kind)),
    },
    follow: {
      open: api.follow.open.handler(({ input }) => following.open(input)),
      next: api.follow.next.handler(({ input, signal }) => following.next(input, signal)),
      close: api.follow.close.handler(({ input }) => following.close(input.session)),
    },
    deadLetters: {
      read: api.deadLetters.read.handler(({ input, signal }) => letters.read({ ...input, signal })),
      judge: api.deadLetters.judge.handler(({ input }) => letters.judge(input.value)),
      putBack: api.deadLetters.putBack.handler(({ input }) => letters.putBack(input)),
    },
  };
}
