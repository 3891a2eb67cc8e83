"""Dead letters as Spark's columns, as pipeline/users/consumer/letters.ts makes them. Sends nothing."""
from datetime import datetime, timezone

from pyspark.sql import functions as F

# Of a letter, beside its key, its value and the headers it came with: our own headers and the batch around it.
LETTER_OVERHEAD_BYTES = 1024
CUTS = (512 * 1024, 64 * 1024, 1024, 0)
HEADERS = ("reason", "source-topic", "source-partition", "source-offset", "refused-at", "cut", "put-back-at")


def letters_of(frame, max_bytes):
    """The refused messages as they were, with why, where from and when; cut, and saying so, where the topic takes no more."""
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def header(name, text):
        return F.struct(F.lit("riacho-" + name).alias("key"), F.encode(text.cast("string"), "UTF-8").alias("value"))

    # A letter that was put back may be refused again: what is said of it now is not what was said then.
    own = F.array(*[F.lit("riacho-" + name) for name in HEADERS])
    theirs = F.filter(F.coalesce("headers", F.array()), lambda it: ~F.array_contains(own, it["key"]))
    said = F.array(
        header("reason", F.col("reason")),
        header("source-topic", F.col("topic")),
        header("source-partition", F.col("partition")),
        header("source-offset", F.col("offset")),
        header("refused-at", F.lit(now)),
    )
    size_of_headers = F.aggregate(
        "theirs",
        F.lit(0),
        lambda sum, it: sum + F.octet_length(it["key"]) + F.coalesce(F.length(it["value"]), F.lit(0)) + 10,
    )
    room = F.lit(max_bytes - LETTER_OVERHEAD_BYTES) - F.coalesce(F.length("key"), F.lit(0)) - size_of_headers
    size = F.coalesce(F.length("value"), F.lit(0))
    cut = F.coalesce(*[F.when((room >= bytes) & (size > bytes), F.lit(bytes)) for bytes in CUTS], F.lit(0))
    letters = frame.filter("reason is not null").withColumn("theirs", theirs)
    letters = letters.withColumn("is_bare", room < 0).withColumn("cut", F.when(size > room, cut))
    return letters.select(
        F.when(~F.col("is_bare"), F.col("key")).alias("key"),
        F.when(F.col("cut").isNull(), F.col("value")).otherwise(F.expr("substring(value, 1, cut)")).alias("value"),
        F.concat(
            F.when(F.col("is_bare"), F.array()).otherwise(F.col("theirs")),
            said,
            F.when(F.col("cut").isNull(), F.array()).otherwise(F.array(header("cut", size))),
        ).alias("headers"),
    )
