// The places to ask for: added by name or coordinates, taken away one by one, or set back to the capitals.
import { Button, CloseButton, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { capitals } from '../../words/weather-facts.ts';
import type { Place, WeatherSource } from '../../words/weather.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { keyOf, withPlaces } from './weather-form.ts';
import classes from './Weather.module.css';

interface Props {
  places: readonly Place[];
  source: WeatherSource;
  isLocked: boolean;
  onChange: (places: readonly Place[]) => void;
}

export function PlacesEditor({ places, source, isLocked, onChange }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const [text, setText] = useState('');
  const find = useAction(async (signal) => {
    onChange(withPlaces(places, await client.weather.findPlaces({ text, source }, { signal })));
    setText('');
  });
  const isUsual = places.map(keyOf).join() === capitals.map(keyOf).join();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void find.run();
  };
  return (
    <div className={classes.places} role="group" aria-labelledby="weather-places">
      <div className={classes.placesHead}>
        <span id="weather-places" className={classes.word}>
          {t('screens.weather.places')}
        </span>
        {!isUsual && (
          <Button variant="subtle" size="compact-xs" disabled={isLocked} onClick={() => onChange(capitals)}>
            {t('screens.weather.usualPlaces')}
          </Button>
        )}
      </div>
      <ul className={classes.chips}>
        {places.map((place) => (
          <li key={keyOf(place)} className={classes.chip} title={keyOf(place)}>
            {place.name}
            <CloseButton
              size={16}
              disabled={isLocked}
              aria-label={t('screens.weather.remove', { place: place.name })}
              onClick={() => onChange(places.filter((other) => other !== place))}
            />
          </li>
        ))}
      </ul>
      <form className={classes.add} onSubmit={submit}>
        <TextInput
          size="xs"
          aria-label={t('screens.weather.addPlace')}
          placeholder={t('screens.weather.addPlaceHint')}
          value={text}
          disabled={isLocked}
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          loading={find.isBusy}
          disabled={isLocked || text.trim() === ''}
        >
          {t('screens.weather.add')}
        </Button>
      </form>
      {find.fault && <FaultNote fault={find.fault} onClose={find.clear} />}
    </div>
  );
}
