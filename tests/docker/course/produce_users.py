"""Produces as the course's DAG does, to course.md's facts: one user a request, formatted, sent as JSON without a key.
`produce_users.py URL COUNT` ends after COUNT, where the course's loop ends after 60 seconds. Knows nothing of Riacho."""
import json
import sys
import urllib.request
import uuid

from kafka import KafkaProducer


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


producer = KafkaProducer(bootstrap_servers=["broker:29092"], max_block_ms=5000)
for _ in range(int(sys.argv[2])):
    with urllib.request.urlopen(sys.argv[1]) as answer:
        user = json.loads(answer.read())["results"][0]
    producer.send("dsa_kafka_topic", json.dumps(formatted(user)).encode("utf-8"))
producer.flush()
