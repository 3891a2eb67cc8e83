// The API's 21 nationalities: what each takes from faker and what it must bring itself. Data only.
import type { Faker } from '@faker-js/faker';

export interface Nationality {
  /** As the API writes it, in English. */
  country: string;
  /** Loads the closest locale of faker, and with it only the languages it falls back to. */
  load(): Promise<{ faker: Faker }>;
  /** How many digits, where the API sends a number; a pattern (`#` digit, `?` letter) where it sends text. */
  postcode: number | string;
  /** `#` is a digit. */
  phone: string;
  /** Where faker's list of states is missing or too short. */
  states?: 'counties' | readonly string[];
  /** Where faker has no list of the country's cities. */
  cities?: readonly string[];
}

/** Names with commas between them, to keep the lists readable. */
function listed(names: string): readonly string[] {
  return names.split(', ');
}

const brazil = listed(
  'São Paulo, Rio de Janeiro, Belo Horizonte, Salvador, Fortaleza, Curitiba, Manaus, Recife, ' +
    'Porto Alegre, Belém, Goiânia, Campinas, São Luís, Maceió, Natal, Teresina, João Pessoa, ' +
    'Ribeirão Preto, Uberlândia, Sorocaba, Cuiabá, Aracaju, Joinville, Florianópolis, Londrina, ' +
    'Niterói, Santos, Vitória, Olinda, Petrópolis',
);
const australia = listed(
  'Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra, Hobart, Darwin, Cairns, Geelong, ' +
    'Ballarat, Bendigo, Townsville, Toowoomba, Wollongong, Albury, Mackay, Orange, Bunbury, ' +
    'Launceston',
);
const britain = listed(
  'London, Birmingham, Manchester, Leeds, Glasgow, Sheffield, Edinburgh, Bristol, Cardiff, ' +
    'Leicester, Bradford, Swansea, York, Bath, Oxford, Cambridge, Derby, Dundee, Newry, ' +
    'Stoke-on-Trent, Newcastle upon Tyne',
);
const ireland = listed(
  'Dublin, Cork, Galway, Limerick, Waterford, Drogheda, Dundalk, Swords, Bray, Navan, Kilkenny, ' +
    'Ennis, Tralee, Carlow, Naas, Athlone, Sligo, Wexford, Arklow, Tullamore',
);
const newZealand = listed(
  'Auckland, Wellington, Christchurch, Hamilton, Tauranga, Dunedin, Palmerston North, Napier, ' +
    'Hastings, Nelson, Rotorua, Whangarei, New Plymouth, Invercargill, Timaru, Gisborne, Masterton, ' +
    'Upper Hutt',
);
const newZealandRegions = listed(
  "Northland, Auckland, Waikato, Bay of Plenty, Gisborne, Hawke's Bay, Taranaki, " +
    'Manawatu-Wanganui, Wellington, Tasman, Nelson, Marlborough, West Coast, Canterbury, Otago, ' +
    'Southland',
);
const netherlands = listed(
  'Amsterdam, Rotterdam, Den Haag, Utrecht, Eindhoven, Groningen, Tilburg, Almere, Breda, ' +
    "Nijmegen, Apeldoorn, Haarlem, Arnhem, Enschede, Zwolle, Leiden, Delft, 's-Hertogenbosch, " +
    'Maastricht, Aalsmeer',
);
const norway = listed(
  'Oslo, Bergen, Trondheim, Stavanger, Drammen, Fredrikstad, Kristiansand, Sandnes, Tromsø, ' +
    'Sarpsborg, Skien, Ålesund, Sandefjord, Bodø, Moss, Hamar, Gjøvik, Narvik, Kongsvinger, Molde',
);

/** In the API's order of codes: AU BR CA CH DE DK ES FI FR GB IE IN IR MX NL NO NZ RS TR UA US. */
export const nationalities: readonly Nationality[] = [
  {
    country: 'Australia',
    load: () => import('@faker-js/faker/locale/en_AU'),
    postcode: 4,
    phone: '0#-####-####',
    cities: australia,
  },
  {
    country: 'Brazil',
    load: () => import('@faker-js/faker/locale/pt_BR'),
    postcode: 5,
    phone: '(##) ####-####',
    cities: brazil,
  },
  {
    country: 'Canada',
    load: () => import('@faker-js/faker/locale/en_CA'),
    postcode: '?#? #?#',
    phone: '(###) ###-####',
  },
  {
    country: 'Switzerland',
    load: () => import('@faker-js/faker/locale/de_CH'),
    postcode: 4,
    phone: '07# ### ## ##',
  },
  { country: 'Germany', load: () => import('@faker-js/faker/locale/de'), postcode: 5, phone: '0###-#######' },
  { country: 'Denmark', load: () => import('@faker-js/faker/locale/da'), postcode: 4, phone: '########' },
  { country: 'Spain', load: () => import('@faker-js/faker/locale/es'), postcode: 5, phone: '9##-###-###' },
  { country: 'Finland', load: () => import('@faker-js/faker/locale/fi'), postcode: 5, phone: '0#-###-###' },
  {
    country: 'France',
    load: () => import('@faker-js/faker/locale/fr'),
    postcode: 5,
    phone: '0#-##-##-##-##',
  },
  {
    country: 'United Kingdom',
    load: () => import('@faker-js/faker/locale/en_GB'),
    postcode: '??# #??',
    phone: '01#### #####',
    states: 'counties',
    cities: britain,
  },
  {
    country: 'Ireland',
    load: () => import('@faker-js/faker/locale/en_IE'),
    postcode: 5,
    phone: '0#1-###-####',
    states: 'counties',
    cities: ireland,
  },
  { country: 'India', load: () => import('@faker-js/faker/locale/en_IN'), postcode: 5, phone: '9#########' },
  { country: 'Iran', load: () => import('@faker-js/faker/locale/fa'), postcode: 5, phone: '0##-########' },
  {
    country: 'Mexico',
    load: () => import('@faker-js/faker/locale/es_MX'),
    postcode: 5,
    phone: '(###) ### ####',
  },
  {
    country: 'Netherlands',
    load: () => import('@faker-js/faker/locale/nl'),
    postcode: '#### ??',
    phone: '(0###) ######',
    cities: netherlands,
  },
  // The one country whose codes begin with a zero in the API, so they are text there.
  {
    country: 'Norway',
    load: () => import('@faker-js/faker/locale/nb_NO'),
    postcode: '0###',
    phone: '########',
    cities: norway,
  },
  {
    country: 'New Zealand',
    load: () => import('@faker-js/faker/locale/en_AU'),
    postcode: 5,
    phone: '(###)-###-####',
    states: newZealandRegions,
    cities: newZealand,
  },
  {
    country: 'Serbia',
    load: () => import('@faker-js/faker/locale/sr_RS_latin'),
    postcode: 5,
    phone: '0##-####-###',
  },
  {
    country: 'Turkey',
    load: () => import('@faker-js/faker/locale/tr'),
    postcode: 5,
    phone: '(###)-###-####',
  },
  {
    country: 'Ukraine',
    load: () => import('@faker-js/faker/locale/uk'),
    postcode: 5,
    phone: '(0##) ###-####',
  },
  {
    country: 'United States',
    load: () => import('@faker-js/faker/locale/en_US'),
    postcode: 5,
    phone: '(###) ###-####',
  },
];
