"""What one job keeps on disk: Spark's checkpoint, the totals beside it, the lock, the stop file. Knows no Spark."""
import fcntl
import json
import os
import shutil

from users_places import TOPIC, Failure

EXIT_BUSY = 6


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
        """What was counted since `initial` or the first `append`, through the batch that it names."""
        if not os.path.exists(self._totals):
            return {"topicId": None, "batch": -1, "offsets": {}, "written": 0, "deadLetters": 0, "skipped": 0}
        with open(self._totals) as totals:
            return json.load(totals)

    def keep(self, totals):
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
