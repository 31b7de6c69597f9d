"""Whether a party acts alone, with a guardian, or through one: by their age on the day in Beijing. Pure.

Source: 民法典 17–24 (eighteen, sixteen on one's own earnings, eight), 1259 (an age is reached on the birthday itself).
"""

from datetime import date
from enum import StrEnum
from typing import Final

OF_AGE: Final = 18
HEARD: Final = 8
"""From this age a minor acts with the guardian's consent, and has to be heard; under it only through the guardian."""
EARNS: Final = 16
"""From this age somebody who lives on their own earnings counts as of age (民法典 18)."""


class Capacity(StrEnum):
    """How a party can act (民事行为能力)."""

    FULL = "full"  # 完全
    LIMITED = "limited"  # 限制：经法定代理人同意
    NONE = "none"  # 无：由法定代理人代理
    ENTITY = "entity"  # 单位


def age_on(born: date, day: date) -> int:
    """Return the age in years that somebody ``born`` has on ``day``.

    >>> age_on(date(2008, 11, 22), date(2026, 11, 21)), age_on(date(2008, 11, 22), date(2026, 11, 22))
    (17, 18)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def capacity_of(
    born: date | None, day: date, *, incapable: Capacity | None = None, entity: bool = False, earns: bool = False
) -> Capacity:
    """Return the capacity of a party on ``day``, counted in Beijing; without a day of birth somebody is of age.

    ``incapable`` is what a court declared of somebody of age (民法典 24).
    """
    if entity:
        return Capacity.ENTITY
    age = age_on(born, day) if born else OF_AGE
    if age < HEARD:
        return Capacity.NONE
    if age < EARNS or (age < OF_AGE and not earns):
        return Capacity.NONE if incapable is Capacity.NONE else Capacity.LIMITED
    return incapable or Capacity.FULL


def needs_guardian(capacity: Capacity) -> bool:
    """Return whether nothing binds this party without a guardian."""
    return capacity in (Capacity.LIMITED, Capacity.NONE)


def turns_of_age(born: date) -> date:
    """Return the day from whose first minute in Beijing somebody acts alone; a leap day's child on 1 March.

    >>> turns_of_age(date(2008, 2, 29))
    datetime.date(2026, 3, 1)
    """
    try:
        return born.replace(year=born.year + OF_AGE)
    except ValueError:
        return date(born.year + OF_AGE, 3, 1)


def of_age(born: date, on: date) -> bool:
    """Return whether somebody born on that day may sign alone on the day ``on`` (民法典 17).

    >>> of_age(date(2008, 11, 22), date(2026, 11, 21)), of_age(date(2008, 11, 22), date(2026, 11, 22))
    (False, True)
    """
    return on >= turns_of_age(born)
