"""What an interpreter may be handed, and how languages are named."""

from datetime import timedelta

import pytest

from mediation.case.access import PHASES, Phase, Seat
from mediation.case.states import State
from mediation.interpreting.rules import LENT, TAGS, Subject, Turn, asks, hears, lent, tag_of, turn
from mediation.register.rules import Tongue
from mediation.room.rules import RoomKind, lang_of
from tests.world import NOON


@pytest.mark.parametrize("state", list(State))
def test_an_interpreter_has_things_only_while_it_is_talked_over(state: State) -> None:
    talks = PHASES[state] is Phase.TALKS
    for kind in RoomKind:
        assert lent(Subject.LINE, state, kind) is (talks and kind in (RoomKind.JOINT, RoomKind.CAUCUS))
    assert lent(Subject.AGREEMENT, state) is talks
    assert lent(Subject.MINUTES, state) is talks


def test_of_a_talk_apart_an_interpreter_has_only_their_own_partys() -> None:
    heard = [(kind, own) for kind in RoomKind for own in (False, True) if hears(kind, own_party=own)]
    assert heard == [(RoomKind.JOINT, False), (RoomKind.JOINT, True), (RoomKind.CAUCUS, True)]
    assert [seat for seat in Seat if asks([seat])] == [Seat.MEDIATOR]


def test_a_day_is_a_day_and_every_language_has_its_name() -> None:
    until = NOON + LENT
    assert turn(until=until, done_at=None, at=until - timedelta(seconds=1)) is Turn.OPEN
    assert turn(until=until, done_at=None, at=until) is Turn.OVER
    assert turn(until=until, done_at=NOON, at=until) is Turn.DONE
    assert set(Tongue) - set(TAGS) <= {Tongue.MANDARIN, Tongue.SIGN}
    assert [tag_of(each) for each in ("维吾尔语", "藏语（拉萨）", "手语", "谁也不会的话")] == ["ug", "bo", "", ""]
    assert [lang_of(each) for each in ("سالام 你好", "བཀྲ་ཤིས", "漏水了", "", "2000")] == ["ug", "bo", "", "", ""]
