"""What one job keeps on disk: Spark's checkpoint, the totals beside it, the lock, the stop file. Knows no Spark."""
import fcntl
import json
import os
import shutil

from users_places import TOPIC, Failure

EXIT_BUSY = 6
# What an offset can become.
COUNTED = ("skipped", "written", "deadLetters")


class WorkFolder:
    """The job's own folder: the checkpoint, the totals beside it, a lock, the stop file. Belongs to one job at a time."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "dsa_consumer_stream")
        self.checkpoint = os.path.join(self.folder, "checkpoint")
        self.stop_file = os.path.join(self.folder, "stop")
        self._totals = os.path.join(self.folder, "totals.json")
        os.makedirs(self.folder, exist_ok=True)
        self._lock = open(os.path.join(self.folder, "lock"), "w")

    def take(self):
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Failure("busy", "another job works on {}".format(self.folder), EXIT_BUSY)
        if os.path.exists(self.stop_file):
            os.remove(self.stop_file)

    def clear(self):
        shutil.rmtree(self.checkpoint, ignore_errors=True)
        if os.path.exists(self._totals):
            os.remove(self._totals)

    def totals(self):
        """What was counted since `initial` or the first `append`, through the batch that it names.

        Of each partition: every offset from `origin` up to `offset` is skipped, written or a dead letter.
        """
        kept = {"topicId": None, "batch": -1, "partitions": {}}
        if os.path.exists(self._totals):
            with open(self._totals) as totals:
                kept = json.load(totals)
        return dict(kept, **{name: sum(it[name] for it in kept["partitions"].values()) for name in COUNTED})

    def begin(self, firsts, offsets):
        """Where counting begins: at the topic's first offsets, and what lies before where the job begins is skipped."""
        partitions = {}
        for partition, offset in offsets.items():
            origin = min(firsts.get(partition, offset), offset)
            partitions[partition] = dict(origin=origin, offset=offset, skipped=offset - origin, written=0, deadLetters=0)
        self.keep(dict(self.totals(), partitions=partitions))

    def add(self, batch, end, counts):
        """Counts a batch, unless it is there already; returns the totals."""
        totals = self.totals()
        if batch > totals["batch"]:
            partitions = dict(totals["partitions"])
            for partition, offset in end.items():
                before = partitions.get(partition, dict({name: 0 for name in COUNTED}, origin=0))
                added = {name: before[name] + counts[partition][name] for name in COUNTED}
                partitions[partition] = dict(before, offset=offset, **added)
            self.keep(dict(totals, batch=batch, partitions=partitions))
        return self.totals()

    def keep(self, totals):
        totals = {name: value for name, value in totals.items() if name not in COUNTED}
        with open(self._totals + ".new", "w") as file:
            json.dump(totals, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self._totals + ".new", self._totals)

    def offsets(self, batch):
        """Up to where a batch reads (-1: where the first begins), by partition; None where that is not written yet."""
        name = os.path.join("offsets", str(batch)) if batch >= 0 else os.path.join("sources", "0", "0")
        path = os.path.join(self.checkpoint, name)
        if not os.path.exists(path):
            return None
        with open(path, "rb") as log:
            # Lines of its own come first; the last one is the offsets.
            return json.loads(log.read().splitlines()[-1].decode())[TOPIC]
