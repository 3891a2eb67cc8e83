"""Users from the API into Kafka, for a minute, once a day: the lab's producer as an Airflow DAG.

The record and its topic are the lab's data contract (words/users.ts, docs/architecture.md). One request brings many
users, which are sent at the chosen rate. An API that fails is asked again with growing pauses; a task during which it
answered nothing, or that ended while it was failing, fails.

Another address, length or pace comes with a run's configuration: {"url": …, "seconds": …, "rate": …}.
"""
import json
import logging
import random
import re
import time
import uuid
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowException
from airflow.models.param import Param
from airflow.operators.python import PythonOperator

BROKER = "broker:29092"
TOPIC = "dsa_kafka_topic"
# The API gives an address 20,000 users in 5 minutes, and at most 5,000 with one answer.
RATE_MAX = 60
ANSWER_MAX = 5000
ANSWER_TIMEOUT_S = 15
PAUSE_MAX_S = 15

log = logging.getLogger("airflow.task")


def to_record(raw):
    """The API's nested user as a record of 12 texts with a new id."""
    location, name = raw["location"], raw["name"]
    street = location["street"]
    place = f'{location["city"]}, {location["state"]}, {location["country"]}'
    return {
        "id": uuid.uuid4().hex,
        "first_name": name["first"],
        "last_name": name["last"],
        "gender": raw["gender"],
        "address": f'{street["number"]} {street["name"]}, {place}',
        "post_code": str(location["postcode"]),
        "email": raw["email"],
        "username": raw["login"]["username"],
        "dob": raw["dob"]["date"],
        "registered_date": raw["registered"]["date"],
        "phone": raw["phone"],
        "picture": raw["picture"]["medium"],
    }


def fetch(session, url, count):
    """`count` users of the API. Raises ValueError for an answer that holds none, and what requests raises."""
    answer = session.get(url, params={"results": count}, timeout=ANSWER_TIMEOUT_S)
    answer.raise_for_status()
    users = answer.json().get("results")
    if not users:
        raise ValueError("the answer holds no users")
    return users


def words_of(error):
    """What an error says, without the libraries around it."""
    inner = getattr(error.args[0], "reason", error) if error.args else error
    return re.sub(r"<[^>]* object at 0x[0-9a-f]+>: ", "", str(inner))


def now_ms():
    return int(time.time() * 1000)


class Tally:
    """What the broker has said of the records that were sent. Its callbacks come from the producer's own thread."""

    def __init__(self):
        self.sent = 0
        self.acknowledged = 0
        self.failed = 0

    def on_acknowledged(self, _metadata):
        self.acknowledged += 1

    def on_failed(self, error):
        self.failed += 1
        log.error("a record was not taken by the broker: %s", error)


def stream_users(params):
    """The task: fetch, send at the pace, say how it went. Raises AirflowException where it went wrong."""
    import requests
    from kafka import KafkaProducer

    url, seconds = params["url"], params["seconds"]
    rate = min(params["rate"], RATE_MAX)
    tally, pause, failure = Tally(), 1, None
    producer = KafkaProducer(bootstrap_servers=BROKER, acks="all", linger_ms=20, max_block_ms=30_000)
    # When the next record is to be sent: nothing more is asked for once that lies behind the end. Adding up must not
    # make room for one more.
    due = time.monotonic()
    end = due + seconds - 0.001
    try:
        with requests.Session() as session:
            while due < end and time.monotonic() < end:
                count = max(1, min(ANSWER_MAX, round(rate * min(end - due, 30))))
                try:
                    users, fetched_at = fetch(session, url, count), now_ms()
                    records = [to_record(raw) for raw in users]
                    pause, failure = 1, None
                    log.info("fetched %d users", len(records))
                except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
                    failure = words_of(error)
                    wait = max(0, min(pause * random.uniform(0.75, 1.25), end - time.monotonic()))
                    log.error("the API failed: %s; asking again in %.1f s", failure, wait)
                    time.sleep(wait)
                    pause = min(PAUSE_MAX_S, pause * 2)
                    # What was not sent meanwhile is not made up for.
                    due = time.monotonic()
                    continue
                for record in records:
                    if due >= end or time.monotonic() >= end:
                        break
                    time.sleep(max(0, due - time.monotonic()))
                    due += 1 / rate
                    trace = {"v": 1, "fetchedAt": fetched_at, "sentAt": now_ms(), "source": "randomuser"}
                    producer.send(
                        TOPIC,
                        key=record["id"].encode(),
                        value=json.dumps(record, ensure_ascii=False).encode("utf-8"),
                        headers=[("riacho-trace", json.dumps(trace).encode())],
                    ).add_callback(tally.on_acknowledged).add_errback(tally.on_failed)
                    tally.sent += 1
        producer.flush(timeout=60)
    finally:
        producer.close(timeout=10)
        log.info("sent %d, acknowledged %d, failed %d", tally.sent, tally.acknowledged, tally.failed)
    if failure is not None:
        raise AirflowException(f"the API at {url} does not answer as it should: {failure}")
    if tally.acknowledged < tally.sent:
        raise AirflowException(f"{tally.sent - tally.acknowledged} of {tally.sent} records were not acknowledged")


with DAG(
    dag_id="dsa-real-time-etl-stack",
    description="Users from randomuser.me into Kafka, for a minute",
    default_args={"owner": "Data Science Academy", "start_date": datetime(2025, 1, 9, 8, 10)},
    schedule="@daily",
    catchup=False,
    max_active_runs=1,
    params={
        "url": Param("https://randomuser.me/api/", type="string"),
        "seconds": Param(60, type="integer", minimum=1, maximum=3600),
        "rate": Param(10, type="number", exclusiveMinimum=0, maximum=RATE_MAX),
    },
) as dag:
    PythonOperator(
        task_id="streaming_task",
        python_callable=stream_users,
        doc_md=__doc__,
    )
