"""An outside client, to the facts of the course's script of this name: PySpark 3.5.4 with the connector's jars by Ivy, no
checkpoint, each batch collected, one INSERT a row by string interpolation. Goes on until it is stopped, as the course's
does. Knows nothing of Riacho."""
import argparse

from cassandra.cluster import Cluster
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, from_json
from pyspark.sql.types import StringType, StructField, StructType

FIELDS = (
    "id first_name last_name gender address post_code email username dob registered_date phone picture"
).split()
PACKAGES = (
    "com.datastax.spark:spark-cassandra-connector_2.12:3.4.1,org.apache.spark:spark-sql-kafka-0-10_2.12:3.5.3"
)

parser = argparse.ArgumentParser()
parser.add_argument("--mode", required=True, choices=["initial", "append"])
mode = parser.parse_args().mode

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
    .config("spark.jars.packages", PACKAGES)
    .config("spark.cassandra.connection.host", "cassandra")
    .config("spark.executor.memory", "1g")
    .config("spark.executor.cores", "1")
    .config("spark.cores.max", "2")
    .getOrCreate()
)


def insert(batch, _):
    for row in batch.collect():
        values = ", ".join("'" + row[name].replace("'", "''") + "'" for name in FIELDS)
        session.execute(
            "INSERT INTO dsa_dados_usuarios.tb_usuarios ({}) VALUES ({})".format(", ".join(FIELDS), values)
        )


schema = StructType([StructField(name, StringType(), True) for name in FIELDS])
(
    spark.readStream.format("kafka")
    .option("kafka.bootstrap.servers", "broker:29092")
    .option("subscribe", "dsa_kafka_topic")
    .option("startingOffsets", "earliest" if mode == "initial" else "latest")
    .load()
    .selectExpr("CAST(value AS STRING)")
    .select(from_json(col("value"), schema).alias("data"))
    .select("data.*")
    .filter(col("email").contains("@"))
    .writeStream.foreachBatch(insert)
    .start()
    .awaitTermination()
)
