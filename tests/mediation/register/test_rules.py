"""Terms and languages: their borders."""

from datetime import date

from mediation.register.rules import CALLED, WARN, Term, Tongue, last_day, named, term_on

SINCE, UNTIL = date(2026, 5, 4), date(2029, 5, 3)


def test_a_term_has_its_first_and_its_last_day() -> None:
    told = [date(2026, 5, 3), SINCE, UNTIL - WARN, UNTIL, date(2029, 5, 4)]
    stands = [term_on(day, SINCE, UNTIL) for day in told]
    assert stands == [Term.COMING, Term.RUNNING, Term.ENDING, Term.ENDING, Term.OVER]
    assert last_day(SINCE) == UNTIL


def test_what_is_said_for_a_language_names_one_only() -> None:
    names = [name for these in CALLED.values() for name in these]
    assert len(names) == len(set(names))
    assert set(CALLED) == set(Tongue) - {Tongue.MANDARIN}
    assert (named("维语"), named("csl"), named("法语")) == (Tongue.UYGHUR, Tongue.SIGN, None)
