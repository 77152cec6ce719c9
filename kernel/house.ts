/** What a house's `server.ts` needs to declare itself and to run. */
export { type AnyHouse, defineHouse, type HouseDefinition, type HouseOptions, type Route, type Surroundings } from './house/definition';
export { type OpenHouse, openHouse } from './house/open-house';
export { runHouse } from './house/run-house';
