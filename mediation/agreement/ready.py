"""What has to be there before the seal: every signature, and of a sheet signed by hand its scan."""

from datetime import datetime

from community.errors import Unfit
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import Standing
from mediation.case.models import Case
from mediation.evidence.models import Evidence
from mediation.evidence.rules import ProofKind


def require_sealable(now: Standing, version: AgreementVersion, at: datetime) -> None:
    """Raise `Unfit` until everybody has signed these very words and the last window is over."""
    ready = now.sealable_at
    if ready is None:
        raise Unfit("还有人没有签名，请等各方和调解员都签好再盖章。")
    if at < ready:
        raise Unfit("最后一位的签名还在十分钟撤回期里，请过了再盖章。")
    if any(each.doc_sha256 != version.sha256 for each in now.signatures):
        raise Unfit("有人签的不是这份文本，不能盖章。请退回协商，重新定稿。")


async def scanned(case: Case, version: AgreementVersion) -> bool:
    """Return whether a scan of the signed sheet was kept after the words went out, and not taken back."""
    kept = Evidence.filter(case_id=case.id, kind=ProofKind.SIGNED, withdrawn_at=None)
    return version.frozen_at is not None and await kept.filter(at__gte=version.frozen_at).exists()


async def require_scan(case: Case, version: AgreementVersion) -> None:
    """Raise `Unfit` until the scan of a sheet that is signed by hand alone is among the evidence."""
    if version.on_paper and not await scanned(case, version):
        raise Unfit("请调解员先把签好字的纸扫描下来，放进证据，类型选“签好字的文书”，再盖章。", field="form")
