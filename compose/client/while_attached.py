"""Fetches the jars and runs the job, for as long as somebody holds this program's stdin open: Riacho submits it so, and a
job whose app is gone ends by itself. `while_attached.py [--spark-submit PATH] FLAGS...`; FLAGS are the job's own."""
import os
import signal
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
JOB = os.path.join(HERE, "dsa_consumer_stream.py")
# How long the job may take to end in order: its own grace for the batch, and for Spark's session.
GRACE_SECONDS = 20
POLL_SECONDS = 0.2


def run(command, ending, end):
    """Runs a command to its end; `end(child)` is called again and again once `ending` is set."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    since = None
    while True:
        try:
            return child.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if ending.is_set():
                since = since or time.monotonic()
                end(child, time.monotonic() - since)


def ask(work):
    """Ends the job by its stop file, which it heeds however it runs; one that will not hear is ended all the same."""
    stop = os.path.join(work, "dsa_consumer_stream", "stop")

    def end(child, seconds):
        if seconds < GRACE_SECONDS and os.path.isdir(os.path.dirname(stop)):
            open(stop, "w").close()
        else:
            child.terminate()

    return end


def await_end_of_stdin(ending):
    while os.read(sys.stdin.fileno(), 4096):
        pass
    ending.set()


def value_of(flag, flags, without):
    return flags[flags.index(flag) + 1] if flag in flags else without


def main(flags):
    ending = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ending.set())
    threading.Thread(target=await_end_of_stdin, args=(ending,), daemon=True).start()
    submit = []
    work = value_of("--work", flags, os.environ.get("RIACHO_WORK", "/opt/spark/work-dir"))
    jars = os.path.join(work, "jars")
    if flags[:1] == ["--spark-submit"]:
        submit = [flags[1], "--master", value_of("--master", flags, ""), "--jars", os.path.join(jars, "*.jar")]
        flags = flags[2:]
    code = run([sys.executable, os.path.join(HERE, "fetch_jars.py"), jars], ending, lambda child, _: child.terminate())
    if code == 0 and not ending.is_set():
        code = run((submit or [sys.executable]) + [JOB] + flags, ending, ask(work))
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
