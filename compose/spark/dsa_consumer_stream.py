"""Consumes the lab's topic with Spark Structured Streaming: `dsa_consumer_stream.py --mode initial|append`.
Writes rows to Cassandra and dead letters to their topic; prints one JSON line for each thing that happens (docs/spark.md).
Python 3.8's syntax, and no Python on the workers: what they do is Spark SQL's own."""
import argparse
import glob
import json
import os
import signal
import sys
import threading
import time
import uuid

try:
    import pyspark
except ImportError:  # in Spark's image PySpark lies beside Spark
    home = os.environ.get("SPARK_HOME", "/opt/spark")
    sys.path[:0] = [os.path.join(home, "python")] + glob.glob(os.path.join(home, "python", "lib", "py4j-*-src.zip"))
    import pyspark

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import StreamingQueryException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from users_letters import LETTER_OVERHEAD_BYTES, letters_of
from users_places import EXIT_UNREACHABLE, KEYSPACE, LETTERS, TABLE, TOPIC, Failure, Topics, ensure_table, reach
from users_rule import COLUMNS, decided
from work_folder import COUNTED, WorkFolder

# The most messages of one batch: some seconds of work.
BATCH_MESSAGES = 30000
# How often the topic is asked for more, and the main thread looks around.
TICK_SECONDS = 0.5
# Between two tries while a service is away.
PAUSE_SECONDS = 2
# How long a stop waits for the batch at work: less than Docker's own ten seconds.
GRACE_SECONDS = 8
# A session whose executors are still on their way is not yet said to be waiting for them.
EXECUTORS_SECONDS = 15

# How errors tell what they are about, the surest first. The job waits for Kafka and Cassandra; the others end it.
SIGNS = (
    ("topic-reset", ("data may have been", "was made anew")),
    ("refused-by-table", ("InvalidQueryException",)),
    ("cassandra", ("com.datastax", "to Cassandra", "Failed to write statements", "schema refresh")),
    ("kafka", ("org.apache.kafka", "get records for", "fetch record", "fetch offset")),
)
AWAITED = ("cassandra", "kafka")

EXIT_FAILED, EXIT_NO_JARS = 1, 4
EXITS = {"failed": EXIT_FAILED, "topic-reset": 3, "refused-by-table": 7}


def say(event, **details):
    print(json.dumps(dict(event=event, at=int(time.time() * 1000), **details)), flush=True)


def arguments():
    environment = os.environ.get
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", required=True, choices=["initial", "append"])
    parser.add_argument("--brokers", default=environment("RIACHO_BROKERS", "broker:29092"))
    parser.add_argument("--contact-points", default=environment("RIACHO_CONTACT_POINTS", "cassandra:9042"))
    parser.add_argument("--master", default=environment("RIACHO_SPARK_MASTER", "spark://spark-master:7077"))
    parser.add_argument("--work", default=environment("RIACHO_WORK", "/opt/spark/work-dir"), help="jars, checkpoint, totals")
    parser.add_argument("--no-create", action="store_true", help="make no topic, keyspace or table")
    parser.add_argument("--replication", type=int, default=1, help="of what is made")
    return parser.parse_args()


def session_for(options):
    """Connects to the cluster. What was given to spark-submit stands before what is said here."""
    reach("kafka", options.brokers)
    reach("cassandra", options.contact_points)
    jars = glob.glob(os.path.join(options.work, "jars", "*.jar"))
    hosts = [point.rpartition(":")[0] for point in options.contact_points.split(",")]
    settings = {
        "spark.app.name": "dsa_consumer_stream",
        "spark.master": options.master,
        "spark.jars": ",".join(jars),
        "spark.driver.memory": "640m",
        "spark.executor.memory": "1g",
        "spark.executor.cores": "1",
        "spark.cores.max": "2",
        # For a machine of few cores: an executor is at work after half the time, and then as fast.
        "spark.executor.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.streaming.stopTimeout": "{}s".format(GRACE_SECONDS),
        "spark.cassandra.connection.host": ",".join(hosts),
        "spark.cassandra.connection.port": options.contact_points.rpartition(":")[2],
        # One user is one partition of the table: a batch of several only makes work for the node that takes it.
        "spark.cassandra.output.batch.grouping.key": "none",
        "spark.cassandra.output.batch.size.rows": "1",
        "spark.cassandra.output.concurrent.writes": "64",
    }
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        SparkContext._ensure_initialized()  # spark-submit has a JVM running, which knows what it was given
    conf = SparkConf()
    for key, value in settings.items():
        conf.setIfMissing(key, value)
    if not conf.get("spark.jars") and not conf.get("spark.jars.packages", ""):
        raise Failure("no-jars", "no jars in {}: fetch_jars.py brings them".format(options.work), EXIT_NO_JARS)
    master = conf.get("spark.master")
    if master.startswith("spark://"):
        reach("spark", master[len("spark://"):])
    return SparkSession.builder.config(conf=conf).getOrCreate()


def prepare(spark, options):
    """Makes what is absent; yields the topic's id, its first offsets, and the largest letter that its letters' topic takes."""
    jvm = spark._jvm
    try:
        topics = Topics(jvm, options.brokers)
        try:
            if not options.no_create:
                topics.ensure(options.replication)
            missing = {TOPIC, LETTERS} - topics.existing()
            if missing:
                raise Failure("topic-missing", ", ".join(sorted(missing)), EXIT_FAILED)
            place = topics.identity(), topics.first_offsets(), topics.letter_max_bytes()
        finally:
            topics.close()
    except Py4JError as error:
        raise Failure("kafka-unreachable", first_line(error), EXIT_UNREACHABLE)
    if not options.no_create:
        try:
            cassandra = jvm.com.datastax.spark.connector.cql.CassandraConnector.apply(spark.sparkContext._jsc.sc().getConf())
            session = cassandra.openSession()
            ensure_table(session, COLUMNS, options.replication)
            session.close()
        except Py4JError as error:
            raise Failure("cassandra-unreachable", first_line(error), EXIT_UNREACHABLE)
    return place


def causes(error):
    """What an error and its causes say, the deepest last; without stack traces and Spark's plans, which name everything."""
    java = getattr(error, "_origin", None) or getattr(error, "java_exception", None)
    texts = [] if java is not None else [str(error)]
    while java is not None:
        if "StreamingQueryException" not in java.getClass().getName():
            texts.append(java.toString())
        java = java.getCause()
    return [line for text in texts for line in text.splitlines() if line.strip() and not line.startswith(("\tat ", "\t..."))]


def first_line(error):
    return causes(error)[-1].strip()[:500]


def kind_of(error):
    """What an error of a batch or of the query means: whom to wait for, or why not to go on."""
    text = "\n".join(causes(error))
    for kind, signs in SIGNS:
        if any(sign in text for sign in signs):
            return kind
    return "failed"


class Consumer:
    """The query and its batches. The main thread runs it; Spark calls `batch` on a thread of its own."""

    def __init__(self, options, work, spark, place, stopping):
        self._options, self._work, self._spark, self._stopping = options, work, spark, stopping
        self._topic_id, self._firsts, self._letter_max = place
        self._at_work = threading.Lock()
        self._state = None
        self._newest_write = 0
        self._started = time.monotonic()
        self._nonce = "n" + uuid.uuid4().hex
        self._before = None
        self._kafka = {"kafka.bootstrap.servers": options.brokers}
        self._failure = None

    def _be(self, state, **details):
        """Says how it is, once for each change."""
        if state != self._state:
            self._state = state
            event, _, wanted = state.partition(" ")
            say(event, **dict({"for": wanted} if wanted else {}, **details))

    def _check_topic(self, topic_id):
        """The checkpoint must be of this very topic."""
        kept = self._work.totals()
        if kept["topicId"] not in (None, topic_id):
            raise Failure("topic-reset", "{} was made anew since the checkpoint".format(TOPIC), EXITS["topic-reset"])
        self._work.keep(dict(kept, topicId=topic_id))

    def _start(self):
        source = dict(
            self._kafka,
            subscribe=TOPIC,
            includeHeaders="true",
            startingOffsets="earliest" if self._options.mode == "initial" else "latest",
            failOnDataLoss="true",
            maxOffsetsPerTrigger=str(BATCH_MESSAGES),
            **{
                "kafka.isolation.level": "read_committed",
                "kafka.default.api.timeout.ms": "15000",
                "kafka.request.timeout.ms": "10000",
                "kafkaConsumer.pollTimeoutMs": "30000",
            }
        )
        messages = self._spark.readStream.format("kafka").options(**source).load()
        return (
            decided(messages, self._nonce)
            .writeStream.foreachBatch(self.batch)
            .option("checkpointLocation", self._work.checkpoint)
            .trigger(processingTime="{} milliseconds".format(int(TICK_SECONDS * 1000)))
            .start()
        )

    def run(self):
        self._check_topic(self._topic_id)
        query = self._start()
        while not self._stopping.is_set():
            try:
                query.awaitTermination(TICK_SECONDS)
                self._look_around(query)
            except (StreamingQueryException, Py4JError) as error:
                if self._is_lost():
                    raise Failure("spark-lost", "the master has ended the application, or the driver's JVM is gone", EXIT_UNREACHABLE)
                if not isinstance(error, StreamingQueryException):
                    raise
                self._wait_or_fail(error)
                query = self._start()
        # The batch at work may end: else it is done again, which changes nothing but takes its time.
        if self._at_work.acquire(timeout=GRACE_SECONDS):
            self._at_work.release()
        query.stop()
        say("stopped", totals=self._work.totals())

    def _is_lost(self):
        try:
            return self._spark.sparkContext._jsc.sc().isStopped()
        except Py4JError:
            return True

    def _wait_or_fail(self, error):
        kind, said = self._failure or (kind_of(error), first_line(error))
        self._failure = None
        if kind not in AWAITED:
            raise Failure(kind, said, EXITS[kind])
        self._be("waiting " + kind, said=said)
        self._stopping.wait(PAUSE_SECONDS)

    def _begin_books(self):
        """Once its position is written down: what lies before the very first one counts as skipped."""
        begin = self._work.offsets(-1)
        if self._before is None and begin is not None:
            if not self._work.totals()["partitions"]:
                self._work.begin(self._firsts, begin)
            self._before = self._work.totals()

    def _run_on(self):
        self._begin_books()
        self._be("running", mode=self._options.mode, before=self._before, totals=self._work.totals())

    def _look_around(self, query):
        if os.path.exists(self._work.stop_file):
            self._stopping.set()
        if self._spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 1:  # the driver is one of them
            if time.monotonic() - self._started > EXECUTORS_SECONDS:
                self._be("waiting executors")
        elif self._state == "waiting executors" or (self._state == "waiting kafka" and query.lastProgress):
            self._run_on()
        elif self._state is None and self._work.offsets(-1) is not None:
            # Where it begins is written down: what is sent from now on will be read.
            self._run_on()

    def batch(self, frame, number):
        """Called by Spark for each batch; a batch that was begun and not ended comes again, with the same messages."""
        with self._at_work:
            started = time.monotonic()
            self._begin_books()
            begin, end = self._work.offsets(number - 1), self._work.offsets(number)
            frame.persist()
            try:
                counts = self._written(frame, begin, end)
            finally:
                frame.unpersist()
            totals = self._work.add(number, end, counts)
            self._run_on()
            offsets = {partition: [begin.get(partition, 0), end[partition]] for partition in end}
            ms = int((time.monotonic() - started) * 1000)
            summed = {name: sum(count[name] for count in counts.values()) for name in COUNTED}
            say("batch", batch=number, offsets=offsets, ms=ms, totals=totals, **summed)

    def _written(self, frame, begin, end):
        """Writes the batch's rows and letters, for as long as it takes; returns what became of each partition's offsets."""
        while True:
            try:
                self._write_rows(frame, begin, end)
                counts = self._count(frame, begin, end)
                if any(count["deadLetters"] for count in counts.values()):
                    self._write_letters(frame)
                return counts
            except Exception as error:
                kind = kind_of(error)
                if kind not in AWAITED or self._stopping.is_set():
                    self._failure = (kind, first_line(error))
                    raise
                self._be("waiting " + kind, said=first_line(error))
                self._stopping.wait(PAUSE_SECONDS)
                if kind == "cassandra":
                    self._reconnect()

    def _count(self, frame, begin, end):
        """Spark's own Observation hears through listeners, which a lost node can block for good: so it is asked."""
        partitions = sorted(end)
        of = [F.col("partition") == int(partition) for partition in partitions]
        read = frame.agg(*[F.count(F.when(it, 1)) for it in of], *[F.count(F.when(it, F.col("reason"))) for it in of]).first()
        counts = {}
        for index, partition in enumerate(partitions):
            messages, refused = read[index], read[len(partitions) + index]
            skipped = end[partition] - begin.get(partition, 0) - messages
            counts[partition] = {"skipped": skipped, "written": messages - refused, "deadLetters": refused}
        return counts

    def _reconnect(self):
        """Waits until a node answers. The next session is a new one: in the old one the driver may wait for ever."""
        connector = self._spark._jvm.com.datastax.spark.connector.cql.CassandraConnector
        connector.evictCache()
        while not self._stopping.is_set():
            try:
                return reach("cassandra", self._options.contact_points)
            except Failure:
                self._stopping.wait(PAUSE_SECONDS)

    def _write_rows(self, frame, begin, end):
        """Each row has its message's place as its time of writing: the last offset of an id wins, whoever writes first."""
        base = max(int(time.time() * 1000000), self._newest_write + 1)
        starts = F.create_map(*[F.lit(n) for p in end for n in (int(p), begin.get(p, 0))])
        place = (F.col("offset") - starts[F.col("partition")]) * len(end) + F.col("partition")
        self._newest_write = base + BATCH_MESSAGES * len(end)
        rows = frame.filter(F.col("reason").isNull()).select("row.*", (place + base).alias("written_at"))
        cassandra = {"keyspace": KEYSPACE, "table": TABLE, "writetime": "written_at"}
        rows.write.format("org.apache.spark.sql.cassandra").options(**cassandra).mode("append").save()

    def _write_letters(self, frame):
        sink = {
            "topic": LETTERS,
            "kafka.max.request.size": str(self._letter_max + LETTER_OVERHEAD_BYTES),
            "kafka.max.block.ms": "15000",
            "kafka.request.timeout.ms": "10000",
            "kafka.delivery.timeout.ms": "30000",
        }
        letters_of(frame, self._letter_max).write.format("kafka").options(**self._kafka, **sink).save()


def main():
    options = arguments()
    spark = None
    stopping = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopping.set())
    try:
        work = WorkFolder(options.work)
        work.take()
        if options.mode == "initial":
            work.clear()
        say("starting", mode=options.mode, spark=pyspark.__version__, totals=work.totals())
        spark = session_for(options)
        Consumer(options, work, spark, prepare(spark, options), stopping).run()
        return 0
    except Failure as failure:
        say("failed", reason=failure.reason, said=str(failure))
        return failure.code
    finally:
        if spark is not None:
            end_session(spark)


def end_session(spark):
    """Stops the session. What hangs in it, after a service was lost, must not keep the job from ending."""
    stopping = threading.Thread(target=spark.stop, daemon=True)
    stopping.start()
    stopping.join(GRACE_SECONDS)
    if stopping.is_alive() and SparkContext._gateway.proc is not None:
        SparkContext._gateway.proc.kill()


if __name__ == "__main__":
    sys.exit(main())
