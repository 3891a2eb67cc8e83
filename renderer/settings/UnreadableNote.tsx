// Says, above the settings, that those on disk could not be read and the usual ones are in force.
import { useStore } from 'zustand';
import type { Activity } from '../../words/lab.ts';
import { useModel } from '../model/model.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import classes from './Settings.module.css';

/** The fault of the app's start, until the file was written anew. */
const faultOf = (entries: readonly Activity[]) =>
  entries.findLast(
    ({ action, status, fault }) =>
      action === 'settings.save' && (status === 'done' || fault?.code === 'SETTINGS_UNREADABLE'),
  )?.fault;

export function UnreadableNote() {
  const fault = useStore(useModel().activity, ({ entries }) => faultOf(entries));
  if (!fault) return null;
  return (
    <div className={classes.unreadable}>
      <FaultNote fault={fault} tone="attention" />
    </div>
  );
}
