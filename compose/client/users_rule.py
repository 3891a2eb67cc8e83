"""Decides of each message: a row, or the reason why not. Spark SQL's own expressions alone, so that no Python runs on the
workers. The rule is pipeline/users/decide.ts; where Spark must differ from it stands in docs/spark.md."""
from functools import reduce
from operator import or_

from pyspark.sql import functions as F

COLUMNS = (
    "id", "first_name", "last_name", "gender", "address", "post_code",
    "email", "username", "dob", "registered_date", "phone", "picture",
)
ID_MAX_BYTES = 65535
SAFE_INTEGER = 2**53 - 1

# Spark's reader is lenient unless told not to be, and gives up at 1,000 levels and at numbers of 1,000 digits.
READER = {
    "allowSingleQuotes": "false",
    "allowNonNumericNumbers": "false",
    "maxNestingDepth": "2000000",
    "maxNumLen": "100000",
    "maxStringLen": "2000000000",
}

_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
# HTML's own rule. Possessive (++, *+): Java then loops where it would recurse, once for each label.
EMAIL = r"\A[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@" + _LABEL + r"(?:\." + _LABEL + r")*+\z"

# An even number of backslashes, and not the end of a longer run: they stand for themselves, and what follows is an escape.
_EVEN = r"(?<!\\)((?:\\\\)*+)"
_HIGH = r"\\u([dD][89abAB][0-9a-fA-F]{2})"
_LOW = r"\\u([dD][c-fC-F][0-9a-fA-F]{2})"

# Texts whose kind only the JSON tells: lists, objects, and what Java writes of a number that is no short integer.
_NUMBER = r'\A(?:-?\d{16,}|-?\d+\.\d+(?:E-?\d+)?|"-?Infinity")\z'
_DOUBTFUL = r"\A[\[{]|" + _NUMBER


def decided(messages, nonce):
    """Adds to Kafka's messages `reason` (null: a row) and `row` (a struct of the 12 texts, null where there is a reason).

    `nonce` is a text that no message holds: letters and digits, made at random by the caller.
    """
    columns = [
        ("text", F.decode("value", "UTF-8")),
        ("json", _lone_surrogates_marked(F.col("text"), nonce)),
        ("parsed", _parsed(F.col("json"), nonce)),
        ("found", F.when(F.col("parsed")[1][nonce], F.col("parsed")[0])),
        ("keys", _keys(F.col("json"))),
        ("kinds", _kinds(F.col("json"))),
        ("reason", _reason(nonce)),
        ("row", F.when(F.col("reason").isNull(), F.struct(*[_text(column).alias(column) for column in COLUMNS]))),
    ]
    for name, expression in columns:
        messages = messages.withColumn(name, expression)
    return messages.drop("text", "json", "parsed", "found", "keys", "kinds")


def _lone_surrogates_marked(text, nonce):
    """Java writes a lone surrogate as a question mark. So its escape gives way to the nonce, before the JSON is read."""
    kept = nonce + "([0-9a-fA-F]{4})([0-9a-fA-F]{4})"
    marked = F.regexp_replace(text, _EVEN + _HIGH + _LOW, "$1" + nonce + "$2$3")
    marked = F.regexp_replace(marked, _EVEN + r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}", "$1" + nonce + "-")
    marked = F.regexp_replace(marked, kept, r"\\u$1\\u$2")
    return F.when(text.rlike(r"\\u[dD][89a-fA-F]"), marked).otherwise(text)


def _is_object(json):
    return json.rlike(r"\A[ \t\r\n]*+\{")


def _followed(json, follower):
    """The reader is content with the first value and never looks behind it: so something it has to meet stands there."""
    return F.concat(F.lit("["), json, F.lit("," + follower + "]"))


def _parsed(json, nonce):
    """The 12 fields as texts (what is no text as its JSON), then what must follow."""
    fields = ["{}:string".format(column) for column in COLUMNS] + [nonce + ":boolean"]
    schema = "array<struct<{}>>".format(",".join(fields))
    return F.when(_is_object(json), F.from_json(_followed(json, '{"' + nonce + '":true}'), schema, READER))


def _is_other_json(json, nonce):
    """Whether it is one whole JSON value that is no object."""
    values = F.from_json(_followed(json, '"' + nonce + '"'), "array<string>", READER)
    return ~_is_object(json) & F.coalesce(values[1] == nonce, F.lit(False))


def _any(test):
    """Whether a test of a field holds for one of the 12."""
    return reduce(or_, [test(F.col("found")[column]) for column in COLUMNS])


def _keys(json):
    """The record's keys, where a field of the 12 is missing or null."""
    keys = F.map_keys(F.from_json(json, "map<string,string>", READER))
    return F.when(F.col("found").isNotNull() & _any(lambda field: field.isNull()), keys)


def _kinds(json):
    """The fields read as numbers, lists and objects, where the texts leave a doubt."""
    def read(kind):
        return F.from_json(json, ",".join("{} {}".format(column, kind) for column in COLUMNS), READER)

    kinds = F.struct(
        read("double").alias("number"), read("array<string>").alias("list"), read("map<string,string>").alias("object")
    )
    return F.when(_any(lambda field: field.rlike(_DOUBTFUL)), kinds)


def _is(kind, column, shape):
    """A field written twice is read in each kind: the last one's text has to fit as well."""
    return F.col("kinds")[kind][column].isNotNull() & F.col("found")[column].rlike(shape)


def _text(column):
    number = F.col("kinds")["number"][column]
    return F.when(_is("number", column, _NUMBER), number.cast("bigint").cast("string")).otherwise(F.col("found")[column])


def _field_reason(column, nonce):
    field, number = F.col("found")[column], F.col("kinds")["number"][column]
    is_unsafe = (F.abs(number) > SAFE_INTEGER) | (F.floor(number) != number)
    return (
        F.when(field.isNull(), F.when(F.array_contains("keys", column), "null-field").otherwise("missing-field"))
        .when(_is("list", column, r"\A\["), "list-field")
        .when(_is("object", column, r"\A\{"), "object-field")
        .when(_is("number", column, _NUMBER) & is_unsafe, "unsafe-number")
        .when(F.contains(field, F.lit(nonce)), "ill-formed-text")
    )


def _reason(nonce):
    value, found = F.col("value"), F.col("found")
    whole = (
        F.when(value.isNull(), "null-value")
        .when(F.length("value") == 0, "empty-value")
        .when(F.encode("text", "UTF-8") != value, "not-utf8")
        .when(found.isNull(), F.when(_is_other_json(F.col("json"), nonce), "not-object").otherwise("not-json"))
    )
    row = (
        F.when(found["id"] == "", "empty-id")
        .when(F.octet_length(found["id"]) > ID_MAX_BYTES, "id-too-long")
        .when(~found["email"].rlike(EMAIL), "bad-email")
    )
    return F.coalesce(whole, *[_field_reason(column, nonce) for column in COLUMNS], row)
