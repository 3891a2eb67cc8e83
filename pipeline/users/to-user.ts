// The lab's mapping: an API user becomes a record of 12 texts. Pure; fetches and sends nothing.
import { randomUUID } from 'node:crypto';
import type { User } from '../../words/users.ts';
import type { RawUser } from './raw-user.ts';

/** A fresh record id: a random uuid as 32 hex digits. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/** The record of `raw` under `id`; its keys stand in the columns' order, so its JSON does too. */
export function toUser(raw: RawUser, id: string): User {
  const { street, city, state, country, postcode } = raw.location;
  return {
    id,
    first_name: raw.name.first,
    last_name: raw.name.last,
    gender: raw.gender,
    address: `${street.number} ${street.name}, ${city}, ${state}, ${country}`,
    post_code: String(postcode),
    email: raw.email,
    username: raw.login.username,
    dob: raw.dob.date,
    registered_date: raw.registered.date,
    phone: raw.phone,
    picture: raw.picture.medium,
  };
}
