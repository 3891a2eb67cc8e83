// A message's headers: our trace in words, every header as it is.
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../words/messages.ts';
import { exactTime } from '../words/format.ts';
import { bytesOf, hexLines, traceOf } from './decoded.ts';
import classes from './MessageValue.module.css';

export function HeaderList({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const { headers } = message;
  const trace = traceOf(message);
  if (headers.length === 0) return <p className={classes.note}>{t('screens.messages.noHeaders')}</p>;
  return (
    <>
      {trace && (
        <dl className={classes.pairs}>
          <dt>{t('screens.messages.traceFetched')}</dt>
          <dd>{exactTime(trace.fetchedAt)}</dd>
          <dt>{t('screens.messages.traceSent')}</dt>
          <dd>{exactTime(trace.sentAt)}</dd>
          <dt>{t('screens.messages.traceSource')}</dt>
          <dd>{t(`sources.${trace.source}`)}</dd>
          {trace.spoiled && (
            <>
              <dt>{t('screens.messages.traceSpoiled')}</dt>
              <dd>{t(`screens.follow.spoiledHow.${trace.spoiled}`)}</dd>
            </>
          )}
        </dl>
      )}
      <dl className={classes.headers}>
        {headers.map(({ name, value, encoding }, index) => (
          // A name may stand there more than once.
          <div key={`${index} ${name}`}>
            <dt>{name}</dt>
            <dd>{encoding === 'text' ? value : hexOf(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function hexOf(content: string): string {
  return hexLines(bytesOf({ encoding: 'base64', content, size: 0 }))
    .map(({ hex }) => hex)
    .join(' ');
}
