"""Where the lab's data lies: its topics in Kafka, its table in Cassandra, asked and made through the clients in Spark's JVM.
Reads and writes no data."""
import socket

TOPIC = "dsa_kafka_topic"
LETTERS = "dsa_kafka_topic.dlq"
KEYSPACE = "dsa_dados_usuarios"
TABLE = "tb_usuarios"

_PARTITIONS = 3
_MESSAGE_MAX_BYTES = 1048588
# What a letter adds to the message it keeps: its headers.
_LETTER_EXTRA_BYTES = 64 * 1024
_ANSWER_SECONDS = 20
_CONNECT_SECONDS = 10

EXIT_UNREACHABLE = 5


class Failure(Exception):
    """The job cannot go on: `reason` for a program, the message for a person, `code` to exit with."""

    def __init__(self, reason, said, code):
        super().__init__(said)
        self.reason = reason
        self.code = code


def reach(service, addresses):
    """One of the addresses must answer: the clients themselves try for a minute before they say that none is there."""
    failures = []
    for address in addresses.split(","):
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS).close()
            return
        except OSError as error:
            failures.append("{}: {}".format(address, error))
    raise Failure(service + "-unreachable", "; ".join(failures), EXIT_UNREACHABLE)


class Topics:
    """Kafka's admin client. Close it."""

    def __init__(self, jvm, brokers):
        self._jvm = jvm
        properties = jvm.java.util.Properties()
        properties.put("bootstrap.servers", brokers)
        properties.put("default.api.timeout.ms", str(_ANSWER_SECONDS * 1000))
        properties.put("request.timeout.ms", str(_ANSWER_SECONDS * 500))
        self._admin = jvm.org.apache.kafka.clients.admin.AdminClient.create(properties)

    def close(self):
        self._admin.close()

    def _answer(self, future):
        return future.get(_ANSWER_SECONDS, self._jvm.java.util.concurrent.TimeUnit.SECONDS)

    def existing(self):
        return set(self._answer(self._admin.listTopics().names()))

    def ensure(self, replication):
        """Makes the two topics where they are absent, as the app makes them (pipeline/users/topics.ts)."""
        existing = self.existing()
        wanted = [(TOPIC, _MESSAGE_MAX_BYTES), (LETTERS, _MESSAGE_MAX_BYTES + _LETTER_EXTRA_BYTES)]
        for name, message_max in wanted:
            if name in existing:
                continue
            topic = self._jvm.org.apache.kafka.clients.admin.NewTopic(name, _PARTITIONS, replication)
            settings = self._jvm.java.util.HashMap()
            for key, value in (
                ("cleanup.policy", "delete"),
                ("retention.ms", "-1"),
                ("compression.type", "uncompressed"),
                ("max.message.bytes", str(message_max)),
            ):
                settings.put(key, value)
            self._answer(self._admin.createTopics([topic.configs(settings)]).all())

    def identity(self):
        """The topic's id: one that was deleted and made again has another."""
        names = self._jvm.java.util.ArrayList()
        names.add(TOPIC)
        return self._answer(self._admin.describeTopics(names).allTopicNames())[TOPIC].topicId().toString()

    def first_offsets(self):
        """Of each partition, by its number as a text, as Spark's checkpoint has it."""
        names = self._jvm.java.util.ArrayList()
        names.add(TOPIC)
        wanted = self._jvm.java.util.HashMap()
        for partition in self._answer(self._admin.describeTopics(names).allTopicNames())[TOPIC].partitions():
            place = self._jvm.org.apache.kafka.common.TopicPartition(TOPIC, partition.partition())
            wanted.put(place, self._jvm.org.apache.kafka.clients.admin.OffsetSpec.earliest())
        found = self._answer(self._admin.listOffsets(wanted).all())
        return {str(place.partition()): found[place].offset() for place in found}

    def letter_max_bytes(self):
        kind = self._jvm.org.apache.kafka.common.config.ConfigResource.Type.TOPIC
        resource = self._jvm.org.apache.kafka.common.config.ConfigResource(kind, LETTERS)
        names = self._jvm.java.util.ArrayList()
        names.add(resource)
        return int(self._answer(self._admin.describeConfigs(names).all())[resource].get("max.message.bytes").value())


def ensure_table(session, columns, replication):
    """Makes the keyspace and the table where they are absent (the table of pipeline/cassandra)."""
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS {} WITH replication = "
        "{{'class': 'SimpleStrategy', 'replication_factor': '{}'}}".format(KEYSPACE, replication)
    )
    texts = ", ".join("{} text{}".format(name, " PRIMARY KEY" if name == "id" else "") for name in columns)
    session.execute("CREATE TABLE IF NOT EXISTS {}.{} ({})".format(KEYSPACE, TABLE, texts))
