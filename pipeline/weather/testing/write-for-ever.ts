// A process that writes rows until it is killed: run by database.test.ts, with the path of the database.
// Each transaction holds the same quarter of an hour for every place; a line on stdout says that one was written.
import { capitals } from '../../../words/weather-facts.ts';
import { WeatherDatabase } from '../database.ts';
import { weatherAt } from '../offline.ts';

const database = new WeatherDatabase(process.argv[2] ?? '');
for (let at = Date.UTC(2026, 0); ; at += 900_000) {
  await database.write(capitals.map((place) => weatherAt(place, at)));
  process.stdout.write('written\n');
}
