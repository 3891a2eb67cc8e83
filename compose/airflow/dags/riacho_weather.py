"""The weather of some places from Open-Meteo into an SQLite file, and all of it as a CSV beside: every 15 minutes.

The second lab of Riacho as an Airflow DAG; the rows are those of the app (weather_rows.py). A run that fails is tried
again; one that comes twice in a quarter of an hour changes nothing. The files lie in the volume airflow-weather.
Weather data by Open-Meteo.com (CC BY 4.0).

Another address, language or list of places comes with a run's configuration: {"url": …, "language": …, "places": […]}.
"""
import logging
import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException
from airflow.models.param import Param
from airflow.operators.python import PythonOperator

import weather_rows

FOLDER = os.environ.get("RIACHO_WEATHER_FOLDER", "/opt/airflow/weather")

log = logging.getLogger("airflow.task")


def extract_weather(params):
    """The task: ask, write, save as CSV, say how it went. Raises AirflowException where the API is not as it should be."""
    database, csv_file = os.path.join(FOLDER, "weather.sqlite"), os.path.join(FOLDER, "weather.csv")
    try:
        rows = weather_rows.rows_of(weather_rows.fetch(params["places"], params["url"]), params["places"])
    except (OSError, ValueError) as error:
        raise AirflowException(f"the API at {params['url']} does not answer as it should: {error}") from error
    added = weather_rows.write(database, rows)
    total = weather_rows.write_csv(database, csv_file, params["language"])
    log.info("%d rows, %d of them new; %d rows in %s", len(rows), added, total, csv_file)


place = {
    "type": "object",
    "required": ["name", "latitude", "longitude"],
    "properties": {
        "name": {"type": "string"},
        "latitude": {"type": "number", "minimum": -90, "maximum": 90},
        "longitude": {"type": "number", "minimum": -180, "maximum": 180},
    },
}

with DAG(
    dag_id="riacho-weather",
    description="The weather of some places into SQLite and CSV",
    default_args={
        "owner": "Riacho",
        "start_date": datetime(2025, 1, 1),
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
    },
    schedule="*/15 * * * *",
    catchup=False,
    max_active_runs=1,
    params={
        "url": Param(weather_rows.URL, type="string"),
        "language": Param("pt-BR", enum=list(weather_rows.LANGUAGES)),
        "places": Param(weather_rows.PLACES, type="array", minItems=1, maxItems=100, items=place),
    },
) as dag:
    PythonOperator(task_id="extract_weather", python_callable=extract_weather, doc_md=__doc__)
