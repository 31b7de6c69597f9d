"""Signing the printed sheet by hand or with a finger: the mediator writes it down, a witness saw it.

Source: 人民调解法 29 (signature, seal or fingerprint), 民法典 490.
"""

from datetime import datetime

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.people.rules import Level
from community.record.transaction import command
from mediation.agreement.hands import paper_hand, pen_of_mediator
from mediation.agreement.models import Signature
from mediation.agreement.queries import held_case, intact, name_of, out_of
from mediation.agreement.rules import PaperMark
from mediation.agreement.signing import goes_round, put_on_record
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import lock_in, opened
from mediation.case.models import Party
from mediation.case.moving import demand
from mediation.case.queries import parties_of


@command
async def sign_on_paper(
    code: str, party_code: str, mark: PaperMark, *, shown: str, name: str, witness: str, by: Person, at: datetime
) -> Signature:
    """Write down that a party signed the printed sheet, or set a finger to it, before the mediator and a witness.

    Whoever read it aloud, or another grown-up who stands on no side, is the witness. It stands at once: a hand on paper
    is not taken back on a screen. A guardian's name is written for a ward, an agent's under a mandate to settle.

    Raises:
        Unfit: the words are not those that went out, the name is not the party's, or nobody saw it.
        MovedOn: this party has signed already.
    """
    case, seats = await held_case(by, code, at=at)
    if Seat.MEDIATOR not in seats:
        raise Forbidden("当面签的名由主持调解员登记。")
    version = await out_of(case)
    demand(Event.SIGN, "hash_matches", holds=intact(version, shown=shown), field="form")
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if party is None or not goes_round(case, version):
        raise MovedOn("这份协议现在不在签署中，请刷新后再看。")
    capacity = await paper_hand(version, party, name, at=at)
    sides = {opened(each, "name") for each in await parties_of(case)}
    if "".join(witness.split()) in {"", *("".join(each.split()) for each in (name, by.name, *sides))}:
        raise Unfit("请写见证人或者读协议的人的姓名，不能是签名的人和别的当事人，也不能是调解员自己。", field="witness")
    signature = Signature(version=version, party=party, capacity=capacity, mark=mark, level=Level.S3)
    signature.update_from_dict({"doc_sha256": shown, "signed_at": at, "completes_at": at})
    signature.name = lock_in(version, name.strip(), about=name_of(signature))
    signature.witness = lock_in(version, witness.strip(), about=f"{name_of(signature)}|witness")
    await signature.save()
    await put_on_record(case, version, signature, seats, by=by, at=at)
    return signature


@command
async def sign_own(code: str, *, shown: str, name: str, by: Person, at: datetime) -> Signature:
    """Write down that whoever mediates signed the printed sheet of an agreement that nobody may sign on a screen.

    Raises:
        Forbidden: ``by`` does not mediate here.
        Unfit: the words are not those that went out, or the name is not one's own.
        MovedOn: it is not signed on paper alone, does not go round, or one has signed.
    """
    case, seats = await held_case(by, code, at=at)
    version = await out_of(case)
    demand(Event.SIGN, "hash_matches", holds=intact(version, shown=shown), field="form")
    pen = await pen_of_mediator(case, by)
    if not version.on_paper or not goes_round(case, version):
        raise MovedOn("这份协议现在不在签署中，请刷新后再看。")
    if "".join(name.split()) != "".join(pen.name.split()):
        raise Unfit("请写协议上的姓名，一字不差。", field="name")
    if await Signature.filter(version_id=version.id, signer_id=by.id, taken_back_at=None).exists():
        raise MovedOn("您已经签过了，不用再签。")
    signature = Signature(version=version, signer=by, capacity=pen.capacity, mark=PaperMark.INK, level=Level.S3)
    signature.update_from_dict({"doc_sha256": shown, "signed_at": at, "completes_at": at})
    signature.name = lock_in(version, name.strip(), about=name_of(signature))
    await signature.save()
    await put_on_record(case, version, signature, seats, by=by, at=at)
    return signature
