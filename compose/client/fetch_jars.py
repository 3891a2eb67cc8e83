"""Fetches the jars that the job needs and Spark's image lacks, once: `fetch_jars.py FOLDER`. Reads jars.sha256 beside it.
Prints a JSON line a jar. What is there and whole is not fetched again; other jars in the folder, of another version, are removed."""
import hashlib
import json
import os
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

REPOSITORY = os.environ.get("RIACHO_MAVEN", "https://repo1.maven.org/maven2")
# A server that says nothing for so long is not there.
SILENCE_SECONDS = 30
# Each costs a look-up of the name and a handshake before its first byte.
AT_ONCE = 7
EXIT_UNREACHABLE = 4


def wanted():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "jars.sha256")) as lines:
        return [line.split() for line in lines]


def digest_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as jar:
        for piece in iter(lambda: jar.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def is_whole(path, digest):
    return os.path.exists(path) and digest_of(path) == digest


def fetch(place, path, digest):
    part = path + ".part"
    with urllib.request.urlopen(REPOSITORY + "/" + place, timeout=SILENCE_SECONDS) as answer, open(part, "wb") as jar:
        for piece in iter(lambda: answer.read(1 << 16), b""):
            jar.write(piece)
    if digest_of(part) != digest:
        raise OSError("{} came damaged".format(place))
    os.replace(part, path)


def ensure(jar):
    """The jar's path, and what kept it from being there."""
    digest, place, path = jar
    try:
        if not is_whole(path, digest):
            fetch(place, path, digest)
        return path, None
    except OSError as error:
        return path, error


def say(**line):
    print(json.dumps(line), flush=True)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    jars = [(digest, place, os.path.join(folder, os.path.basename(place))) for digest, place in wanted()]
    for name in os.listdir(folder):
        if name.endswith(".jar") and os.path.join(folder, name) not in [path for _, _, path in jars]:
            os.remove(os.path.join(folder, name))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, (path, error) in enumerate(pool.map(ensure, jars), 1):
            name = os.path.basename(path)
            if error is not None:
                say(event="failed", reason="jars-unreachable", jar=name, repository=REPOSITORY, said=str(error))
                return EXIT_UNREACHABLE
            say(event="jar", done=done, of=len(jars), jar=name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
