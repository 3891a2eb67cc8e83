"""The weather lab's rows: what the API answers, as rows of an SQLite file and of a CSV beside it.

The rows, the file and the words are those of the app (words/weather.ts, pipeline/weather), which shares no code with
this; tests/integration/weather-rows.test.ts holds the two to the same answers. Only Python's own library is used.
"""
import csv
import json
import os
import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

URL = "https://api.open-meteo.com/v1/forecast"
ANSWER_TIMEOUT_S = 15
LANGUAGES = ("en", "pt-BR")

PLACES = [
    {"name": "Manaus", "latitude": -3.1019, "longitude": -60.025},
    {"name": "Fortaleza", "latitude": -3.7172, "longitude": -38.5431},
    {"name": "Recife", "latitude": -8.0539, "longitude": -34.8811},
    {"name": "Brasília", "latitude": -15.7797, "longitude": -47.9297},
    {"name": "Rio de Janeiro", "latitude": -22.9064, "longitude": -43.1822},
    {"name": "São Paulo", "latitude": -23.5475, "longitude": -46.6361},
    {"name": "Porto Alegre", "latitude": -30.0328, "longitude": -51.2302},
]

# A row's column, the name that the API has for it, and the unit in which it is kept.
FIELDS = [
    ("temperature_c", "temperature_2m", "°C"),
    ("wind_speed_kmh", "wind_speed_10m", "km/h"),
    ("weather_code", "weather_code", "wmo code"),
    ("humidity_pct", "relative_humidity_2m", "%"),
    ("visibility_m", "visibility", "m"),
]
COLUMNS = ["place", "time", "temperature_c", "wind_speed_kmh", "weather_code", "condition", "humidity_pct", "visibility_m"]

# WMO's table 4677, in English and Portuguese.
CONDITIONS = {
    0: ("clear sky", "céu limpo"),
    1: ("mainly clear", "céu quase limpo"),
    2: ("partly cloudy", "parcialmente nublado"),
    3: ("overcast", "encoberto"),
    45: ("fog", "nevoeiro"),
    48: ("depositing rime fog", "nevoeiro com geada"),
    51: ("light drizzle", "garoa fraca"),
    53: ("moderate drizzle", "garoa moderada"),
    55: ("dense drizzle", "garoa intensa"),
    56: ("light freezing drizzle", "garoa congelante fraca"),
    57: ("dense freezing drizzle", "garoa congelante intensa"),
    61: ("slight rain", "chuva fraca"),
    63: ("moderate rain", "chuva moderada"),
    65: ("heavy rain", "chuva forte"),
    66: ("light freezing rain", "chuva congelante fraca"),
    67: ("heavy freezing rain", "chuva congelante forte"),
    71: ("slight snowfall", "neve fraca"),
    73: ("moderate snowfall", "neve moderada"),
    75: ("heavy snowfall", "neve forte"),
    77: ("snow grains", "grãos de neve"),
    80: ("slight rain showers", "pancadas de chuva fracas"),
    81: ("moderate rain showers", "pancadas de chuva moderadas"),
    82: ("violent rain showers", "pancadas de chuva violentas"),
    85: ("slight snow showers", "pancadas de neve fracas"),
    86: ("heavy snow showers", "pancadas de neve fortes"),
    95: ("thunderstorm", "trovoada"),
    96: ("thunderstorm with slight hail", "trovoada com granizo fraco"),
    99: ("thunderstorm with heavy hail", "trovoada com granizo forte"),
}

# The n-th makes version n + 1 of version n; user_version says which one a file has.
MIGRATIONS = [
    """CREATE TABLE weather (
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    time TEXT NOT NULL,
    place TEXT NOT NULL,
    temperature_c REAL,
    wind_speed_kmh REAL,
    weather_code INTEGER,
    humidity_pct REAL,
    visibility_m REAL,
    source TEXT NOT NULL,
    PRIMARY KEY (latitude, longitude, time)
  ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX weather_by_time ON weather (time, latitude, longitude)",
]
INSERT = """INSERT INTO weather VALUES (:latitude, :longitude, :time, :place, :temperature_c, :wind_speed_kmh,
  :weather_code, :humidity_pct, :visibility_m, :source) ON CONFLICT DO NOTHING"""


def degrees(value):
    """To 4 decimals, halves away from zero, never a negative zero."""
    return float(Decimal(value).quantize(Decimal("0.0001"), ROUND_HALF_UP)) + 0.0


def fetch(places, url=URL):
    """What the API answers. Raises ValueError with its reason where it refuses, and what urllib raises."""
    query = {
        "latitude": ",".join(str(place["latitude"]) for place in places),
        "longitude": ",".join(str(place["longitude"]) for place in places),
        "current": ",".join(name for _, name, _ in FIELDS),
        "timezone": "GMT",
    }
    asked = urllib.request.Request(f"{url}?{urllib.parse.urlencode(query)}", headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=ANSWER_TIMEOUT_S) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise ValueError(f"HTTP {error.code}: {error.read(200).decode('utf-8', 'replace')}") from error


def rows_of(answer, places):
    """One row for each place, in their order. Raises ValueError for what is no answer of the API."""
    found = answer if isinstance(answer, list) else [answer]
    if len(found) != len(places):
        raise ValueError(f"{len(found)} answers for {len(places)} places")
    return [row_of(one, place) for one, place in zip(found, places)]


def row_of(one, place):
    if not isinstance(one, dict) or not isinstance(one.get("current"), dict):
        reason = one.get("reason") if isinstance(one, dict) else None
        raise ValueError(reason or "no weather in the answer")
    current, units = one["current"], one.get("current_units", {})
    told = current.get("time")
    if not isinstance(told, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", told):
        raise ValueError(f"no time: {told!r}")
    moment = datetime.fromisoformat(told).replace(tzinfo=timezone.utc)
    moment -= timedelta(seconds=one.get("utc_offset_seconds", 0))
    row = {
        "place": place["name"],
        "latitude": degrees(place["latitude"]),
        "longitude": degrees(place["longitude"]),
        "time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source": "open-meteo",
    }
    for column, name, unit in FIELDS:
        value = current.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise ValueError(f"{name} is no number: {value!r}")
        if units.get(name, unit) != unit:
            raise ValueError(f"{name} comes in {units[name]}, not in {unit}")
        row[column] = value
    return row


def open_database(path):
    """Makes the file, or brings it to the newest shape. Close it."""
    database = sqlite3.connect(path, timeout=10, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("BEGIN IMMEDIATE")
    (found,) = database.execute("PRAGMA user_version").fetchone()
    if found > len(MIGRATIONS):
        database.close()
        raise ValueError(f"{path} was written by a newer version: {found}")
    for migration in MIGRATIONS[found:]:
        database.execute(migration)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    database.execute("COMMIT")
    return database


def write(path, rows):
    """All rows or none; those of a place and a time that are there change nothing. How many were new."""
    with closing(open_database(path)) as database:
        database.execute("BEGIN IMMEDIATE")
        added = sum(database.execute(INSERT, row).rowcount for row in rows)
        database.execute("COMMIT")
    return added


def cell(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    text = str(value)
    # What a spreadsheet would run gets an apostrophe in front.
    return f"'{text}" if isinstance(value, str) and re.match(r"[=+\-@\t\r＝＋－＠]", text) else text


def write_csv(path, csv_path, language):
    """Every row, in order of time; the file is there whole or not at all. How many."""
    index = LANGUAGES.index(language)
    part = f"{csv_path}.part"
    count = 0
    with closing(open_database(path)) as database, open(part, "w", newline="", encoding="utf-8") as file:
        database.row_factory = sqlite3.Row
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in database.execute("SELECT * FROM weather ORDER BY time, latitude DESC, longitude DESC"):
            code = row["weather_code"]
            words = CONDITIONS.get(code, (code, code))[index]
            writer.writerow([cell(words if column == "condition" else row[column]) for column in COLUMNS])
            count += 1
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, csv_path)
    return count
