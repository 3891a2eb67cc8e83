// The weather codes of WMO's table 4677 that Open-Meteo emits, in words. Source: open-meteo.com/en/docs, 'WMO Weather
// interpretation codes'. compose/airflow/dags/weather_rows.py says the same; a test compares them.

export const conditionsEn = {
  0: 'clear sky',
  1: 'mainly clear',
  2: 'partly cloudy',
  3: 'overcast',
  45: 'fog',
  48: 'depositing rime fog',
  51: 'light drizzle',
  53: 'moderate drizzle',
  55: 'dense drizzle',
  56: 'light freezing drizzle',
  57: 'dense freezing drizzle',
  61: 'slight rain',
  63: 'moderate rain',
  65: 'heavy rain',
  66: 'light freezing rain',
  67: 'heavy freezing rain',
  71: 'slight snowfall',
  73: 'moderate snowfall',
  75: 'heavy snowfall',
  77: 'snow grains',
  80: 'slight rain showers',
  81: 'moderate rain showers',
  82: 'violent rain showers',
  85: 'slight snow showers',
  86: 'heavy snow showers',
  95: 'thunderstorm',
  96: 'thunderstorm with slight hail',
  99: 'thunderstorm with heavy hail',
};

export const conditionsPtBR: typeof conditionsEn = {
  0: 'céu limpo',
  1: 'céu quase limpo',
  2: 'parcialmente nublado',
  3: 'encoberto',
  45: 'nevoeiro',
  48: 'nevoeiro com geada',
  51: 'garoa fraca',
  53: 'garoa moderada',
  55: 'garoa intensa',
  56: 'garoa congelante fraca',
  57: 'garoa congelante intensa',
  61: 'chuva fraca',
  63: 'chuva moderada',
  65: 'chuva forte',
  66: 'chuva congelante fraca',
  67: 'chuva congelante forte',
  71: 'neve fraca',
  73: 'neve moderada',
  75: 'neve forte',
  77: 'grãos de neve',
  80: 'pancadas de chuva fracas',
  81: 'pancadas de chuva moderadas',
  82: 'pancadas de chuva violentas',
  85: 'pancadas de neve fracas',
  86: 'pancadas de neve fortes',
  95: 'trovoada',
  96: 'trovoada com granizo fraco',
  99: 'trovoada com granizo forte',
};

export type WeatherLanguage = 'en' | 'pt-BR';

const tables: Record<WeatherLanguage, Readonly<Record<number, string>>> = {
  en: conditionsEn,
  'pt-BR': conditionsPtBR,
};

/** The code in words; a code that no table names stays a number, and none is nothing. */
export function conditionOf(code: number | null, language: WeatherLanguage): string {
  if (code === null) return '';
  return tables[language][code] ?? String(code);
}
