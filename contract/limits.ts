// The numbers of the contract that clients say too, apart from its shapes: a page needs them before it needs any shape.

/** The live API allows 20,000 users in 5 minutes and address: 66 a second. Source: randomuser.me/documentation. */
export const liveRateMax = 60;

/** The longest that a run of Airflow's DAG goes on; compose/airflow/dags says it too. */
export const dagSecondsMax = 3_600;

/** Records a second beyond which only `max` makes sense. */
export const rateMax = 1_000_000;

/** The longest time that a timer keeps, some 24 days: beyond it, it fires at once. */
export const timerMaxMs = 2 ** 31 - 1;

/** Seconds of history that are kept. */
export const historySeconds = 300;

/** The most messages, letters or rows that one answer holds. */
export const limitMax = 1_000;
