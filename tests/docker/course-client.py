"""An outside client, to the facts of the course's two scripts: PySpark 3.5.4, kafka-python 2.0.2, cassandra-driver 3.29.2.
`produce URL COUNT` asks for one user a request and sends it without a key; `consume initial|append COUNT` collects each batch
and makes one INSERT a row. Both end by themselves after COUNT, which the course's do not. Knows nothing of Riacho."""
import json
import sys
import threading
import urllib.request
import uuid

BROKER = "broker:29092"
TOPIC = "dsa_kafka_topic"
FIELDS = (
    "id first_name last_name gender address post_code email username dob registered_date phone picture"
).split()


def formatted(user):
    place = user["location"]
    street = "{} {}".format(place["street"]["number"], place["street"]["name"])
    return {
        "id": uuid.uuid4().hex,
        "first_name": user["name"]["first"],
        "last_name": user["name"]["last"],
        "gender": user["gender"],
        "address": ", ".join([street, place["city"], place["state"], place["country"]]),
        "post_code": place["postcode"],
        "email": user["email"],
        "username": user["login"]["username"],
        "dob": user["dob"]["date"],
        "registered_date": user["registered"]["date"],
        "phone": user["phone"],
        "picture": user["picture"]["medium"],
    }


def produce(url, count):
    from kafka import KafkaProducer

    producer = KafkaProducer(bootstrap_servers=[BROKER], max_block_ms=5000)
    for _ in range(count):
        with urllib.request.urlopen(url) as answer:
            user = json.loads(answer.read())["results"][0]
        producer.send(TOPIC, json.dumps(formatted(user)).encode("utf-8"))
    producer.flush()
    print("produced {}".format(count), flush=True)


def consume(mode, count):
    from cassandra.cluster import Cluster
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import col, from_json
    from pyspark.sql.types import StringType, StructField, StructType

    session = Cluster(["cassandra"]).connect()
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS dsa_dados_usuarios "
        "WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '1'}"
    )
    columns = ", ".join("{} TEXT{}".format(name, " PRIMARY KEY" if name == "id" else "") for name in FIELDS)
    session.execute("CREATE TABLE IF NOT EXISTS dsa_dados_usuarios.tb_usuarios ({})".format(columns))

    spark = (
        SparkSession.builder.appName("course-client")
        .master("spark://spark-master:7077")
        .config(
            "spark.jars.packages",
            "com.datastax.spark:spark-cassandra-connector_2.12:3.4.1,org.apache.spark:spark-sql-kafka-0-10_2.12:3.5.3",
        )
        .config("spark.cassandra.connection.host", "cassandra")
        .config("spark.executor.memory", "1g")
        .config("spark.executor.cores", "1")
        .config("spark.cores.max", "2")
        .getOrCreate()
    )
    written = []
    is_enough = threading.Event()

    def insert(batch, _):
        for row in batch.collect():
            values = ", ".join("'" + row[name].replace("'", "''") + "'" for name in FIELDS)
            session.execute(
                "INSERT INTO dsa_dados_usuarios.tb_usuarios ({}) VALUES ({})".format(", ".join(FIELDS), values)
            )
            written.append(row["id"])
        if len(written) >= count:
            is_enough.set()

    schema = StructType([StructField(name, StringType(), True) for name in FIELDS])
    (
        spark.readStream.format("kafka")
        .option("kafka.bootstrap.servers", BROKER)
        .option("subscribe", TOPIC)
        .option("startingOffsets", "earliest" if mode == "initial" else "latest")
        .load()
        .selectExpr("CAST(value AS STRING)")
        .select(from_json(col("value"), schema).alias("data"))
        .select("data.*")
        .filter(col("email").contains("@"))
        .writeStream.foreachBatch(insert)
        .start()
    )
    is_enough.wait(150)
    spark.stop()
    print("written {}".format(len(written)), flush=True)


if sys.argv[1] == "produce":
    produce(sys.argv[2], int(sys.argv[3]))
else:
    consume(sys.argv[2], int(sys.argv[3]))
