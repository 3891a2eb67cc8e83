// Each lab's home screen. The first is part of the first screen; others come when they are chosen.
import type { ComponentType } from 'react';
import { LabScreen } from '../lab/LabScreen.tsx';
import type { LabName } from '../model/labs.ts';
import { lazily } from '../parts/lazily.ts';

export const labScreens: Record<LabName, ComponentType> = {
  users: LabScreen,
  weather: lazily(() => import('../weather/WeatherScreen.tsx')),
};
