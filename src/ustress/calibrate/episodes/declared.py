"""What an episode is: its days, flows, purchases, cash drains and record, as declared in TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.evidence import Evidence

ROLES = ("sale", "basis_unwind", "fed_purchase", "cash_drain", "reserves", "context")
"""What a flow is to the market: `context` is shown beside the others and never fed in."""
SELLERS = ("china", "japan", "other_official", "foreign_private", "mutual_funds", "none")
SPREADS = ("even", "like", "on")
"""How an amount is put on days: evenly, in proportion to another flow, or on named days."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One measured or cited flow, $bn par of the date; positive is what `role` names.

    From the record: `series` (added up; weekly or monthly levels whose changes count, `times`
    each) between `first` and `last`, each change spread evenly over the business days it covers,
    `settles_days` earlier than it shows in the books; with `begins` nothing of a change lies
    before `first`. Cited: `amount_usdbn` between `first` and
    `last`, known on `known`, put on days as `spread` says. `less` is taken off a cited amount
    because it is part of it. Where the days are not known, the episode's `early_share` of the
    amount lies evenly between `early_first` and `early_last` instead. `x_per_par`: ten-year
    equivalents per par.
    """

    key: str
    title: str
    role: str
    seller: str
    first: date
    last: date
    rule: str
    source: str
    rests_on: str
    evidence: Evidence
    series: tuple[str, ...] = ()
    times: float = 1.0
    settles_days: int = 0
    begins: bool = False
    amount_usdbn: float | None = None
    known: date | None = None
    spread: str = "even"
    like: str = ""
    on: tuple[date, ...] = ()
    less: str = ""
    early_first: date | None = None
    early_last: date | None = None
    x_per_par: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A daily series to hold the model against: `times` (`series` less `less`), in `unit`."""

    key: str
    title: str
    unit: str
    series: str
    less: str = ""
    times: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A shock that is known to have been there and has no measured size."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Episode:
    """A dated episode.

    `opens` is the last close before it; `fed_bought`: outright purchases for functioning;
    `looked_at`: the days on which dysfunction is measured; `early_share`: what of the flows of
    unknown day came early, with `early_rests_on` saying where it is from.
    """

    key: str
    title: str
    story: str
    opens: date
    last: date
    fed_bought: bool
    looked_at: tuple[date, ...]
    flows: tuple[Flow, ...] = ()
    records: tuple[Record, ...] = ()
    unmeasured: tuple[Unmeasured, ...] = ()
    early_share: float = 0.0
    early_rests_on: str = ""

    def flow(self, key: str) -> Flow:
        """The flow `key`.

        Raises:
            UnknownNameError: if there is none.
        """
        for one in self.flows:
            if one.key == key:
                return one
        raise UnknownNameError("flow", key, tuple(f.key for f in self.flows))


def episode_names() -> tuple[str, ...]:
    """The names of the built-in episodes, oldest first."""
    return tuple(one.key for one in load_episodes())


def load_episode(name: str) -> Episode:
    """The built-in episode `name`.

    Raises:
        UnknownNameError: if there is none.
    """
    by_key = {one.key: one for one in load_episodes()}
    if name not in by_key:
        raise UnknownNameError("episode", name, tuple(by_key))
    return by_key[name]


@lru_cache(maxsize=1)
def load_episodes() -> tuple[Episode, ...]:
    """Every built-in episode, oldest first.

    Raises:
        BadInputError: naming file and key, if one is incomplete or inconsistent.
    """
    folder = files("ustress.calibrate.episodes")
    found = [
        parse_episode(one.read_text(encoding="utf-8"), one.name)
        for one in folder.iterdir()
        if one.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda episode: episode.opens))


def parse_episode(text: str, where: str) -> Episode:
    """The episode of one file's text.

    Raises:
        BadInputError: naming `where` and the key, if something is wrong.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{where} is not valid TOML: {error}") from None
    parts = {name: raw.pop(name, []) for name in ("flow", "record", "unmeasured")}
    _known(raw, Episode, {"flows", "records", "unmeasured", "early_share", "early_rests_on"}, where)
    episode = Episode(
        **{**raw, "looked_at": tuple(raw["looked_at"])},
        flows=tuple(_flow(body, where) for body in parts["flow"]),
        records=tuple(_build(Record, body, {"less", "times", "note"}, where)
                      for body in parts["record"]),
        unmeasured=tuple(_build(Unmeasured, body, set(), where) for body in parts["unmeasured"]),
    )  # fmt: skip
    _check(episode, where)
    return episode


def _known(body: dict[str, Any], kind: type, optional: set[str], where: str) -> None:
    names = {f.name for f in fields(kind)}
    if wrong := sorted((set(body) - names) | (names - optional - set(body))):
        raise BadInputError(f"{where} has missing or unknown keys: {', '.join(wrong)}")


def _build(kind: type, body: dict[str, Any], optional: set[str], where: str) -> Any:
    _known(body, kind, optional, f"{where}: {body.get('key', kind.__name__)}")
    return kind(**body)


def _flow(body: dict[str, Any], where: str) -> Flow:
    where = f"{where}: flow {body.get('key', '')}"
    optional = {"series", "times", "settles_days", "begins", "amount_usdbn", "known", "spread",
                "like", "on", "less", "early_first", "early_last", "x_per_par"}  # fmt: skip
    _known(body, Flow, optional, where)
    try:
        level = Evidence(body["evidence"])
    except ValueError:
        levels = ", ".join(one.value for one in Evidence)
        raise BadInputError(
            f"{where} has evidence '{body['evidence']}'; expected {levels}"
        ) from None
    given = {**body, "evidence": level}
    for name in ("series", "on"):
        given[name] = tuple(body.get(name, ()))
    flow = Flow(**given)
    _check_flow(flow, where)
    return flow


def _check_flow(flow: Flow, where: str) -> None:
    if flow.role not in ROLES or flow.seller not in SELLERS or flow.spread not in SPREADS:
        raise BadInputError(
            f"{where}: role one of {', '.join(ROLES)}; seller of {', '.join(SELLERS)}; "
            f"spread of {', '.join(SPREADS)}"
        )
    if bool(flow.series) == (flow.amount_usdbn is not None):
        raise BadInputError(f"{where} needs either series or amount_usdbn")
    if (flow.amount_usdbn is not None) != (flow.known is not None):
        raise BadInputError(f"{where}: a cited amount, and only one, says when it was known")
    if (flow.spread == "like") != bool(flow.like) or (flow.spread == "on") != bool(flow.on):
        raise BadInputError(f"{where}: spread 'like' names a flow, 'on' names days")
    if (flow.early_first is None) != (flow.early_last is None) or (
        flow.early_first is not None and flow.amount_usdbn is None
    ):
        raise BadInputError(f"{where}: early_first and early_last go together, for cited amounts")
    if flow.first > flow.last:
        raise BadInputError(f"{where} ends before it begins")


def _check(episode: Episode, where: str) -> None:
    keys = [flow.key for flow in episode.flows]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise BadInputError(f"{where} has flows of the same key: {', '.join(twice)}")
    for flow in episode.flows:
        for other in filter(None, (flow.like, flow.less)):
            if other not in keys[: keys.index(flow.key)]:
                raise BadInputError(f"{where}: flow {flow.key} refers to '{other}', not above it")
    if not 0.0 <= episode.early_share <= 1.0:
        raise BadInputError(f"{where}: early_share {episode.early_share:g}; expected 0 to 1")
    if any(flow.early_first for flow in episode.flows) and not episode.early_rests_on:
        raise BadInputError(f"{where}: early_rests_on says where early_share is from")
    if not all(day <= episode.last for day in (episode.opens, *episode.looked_at)):
        raise BadInputError(f"{where}: opens or looked_at lies after the episode")
