"""Dossiers that were made on paper: the list, bringing one in, its pages, comparing, handing out, destroying."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from community.calendar.rules import local_day
from community.errors import Hidden, MovedOn, Unfit
from community.files.rules import PDF, WEBP
from community.orgs.models import Org
from mediation.archive.erasing import over
from mediation.archive.rules import Retention
from mediation.digitised import comparing
from mediation.digitised.checking import ACCEPT, MOST_ALL
from mediation.digitised.commands import bring
from mediation.digitised.export import file_of, packed, parties_of, read_on, require_whole
from mediation.digitised.keeping import GONE, bytes_of, drawn, kept, name_of, words_in
from mediation.digitised.models import PaperDossier, PaperScan
from mediation.digitised.queries import copies, copy_of, deeds_for, shelves_of, whole
from mediation.digitised.rules import NO_DOSSIER, READABLE
from mediation.digitised.steps import handed_out, looked
from mediation.intake.rules import Kind
from web.community.files.pages import GUARDS
from web.forms import Filled, Form, read, with_files
from web.locale import SOURCE, say
from web.mediation.digitised.forms import CompareForm, PaperDossierForm, SendBackForm
from web.mediation.digitised.printed import typeset
from web.mediation.intake.words import KINDS
from web.page import done, page, url_for
from web.person import now, signed_in
from web.typeset.signing import sealed

HERE: Final = "mediation/digitised"
SHOWN: Final = 100
SEARCH: Final = 64
BLANK: Final[Filled[Any]] = Filled({}, None, {})
BODY: Final = MOST_ALL + 1024 * 1024


async def listed(request: Request) -> Response:
    """List the copies of the reader's bodies, or those that are sought."""
    me, at = signed_in(request), now(request)
    sought = request.query_params.get("q", "").strip()[:SEARCH]
    rows = await copies(me, sought, at=at, limit=SHOWN)
    told = [(each, parties_of(each)) for each in rows]
    view = {"rows": told, "sought": sought, "brings": await shelves_of(me, at=at)}
    return await page(request, f"{HERE}/list.html", view)


async def new(request: Request) -> Response:
    """Show the form."""
    return await _new(request, BLANK)


async def _new(request: Request, form: Filled[Any]) -> Response:
    orgs = await shelves_of(signed_in(request), at=now(request))
    if not orgs:
        raise Hidden(NO_DOSSIER)
    view = {"form": form, "orgs": orgs, "kinds": list(Kind), "terms": list(Retention), "accept": ACCEPT}
    return await page(request, f"{HERE}/new.html", view, status=422 if form.errors else 200)


@with_files
async def take(request: Request) -> Response:
    """Take a paper dossier in."""
    me, at = signed_in(request), now(request)
    orgs = {each.code: each for each in await shelves_of(me, at=at)}
    if not orgs:
        raise Hidden(NO_DOSSIER)
    form = await read(request, PaperDossierForm)
    if form.data is None:
        return await _new(request, form)
    files = [(each.filename or "", each.file) for each in form.data.files if _given(each)]
    try:
        org = _chosen(orgs, form.data.org)
        async with kept(request.app.state.files, files) as copy:
            dossier = await bring(org, form.data.told, copy, by=me, at=at)
    except Unfit as wrong:
        return await _new(request, form.with_error(wrong))
    return done(url_for("paper-dossier", code=dossier.code))


def _chosen(orgs: dict[str, Org], code: str) -> Org:
    if code not in orgs:
        raise Unfit("请从给出的选项里选一个。", field="org")
    return orgs[code]


def _given(each: object) -> bool:
    return isinstance(each, UploadFile) and bool(each.filename)


async def show(request: Request) -> Response:
    """Show one copy: its cover, its list, what can be done."""
    return await _shown(request, BLANK)


async def _shown(request: Request, form: Filled[Any], tried: str = "") -> Response:
    me, at = signed_in(request), now(request)
    dossier, scans = await copy_of(me, request.path_params["code"], at=at)
    view: dict[str, Any] = {"copy": dossier, "parties": parties_of(dossier), "form": form, "tried": tried}
    view |= {"scans": [(each, name_of(dossier, each)) for each in scans], "words": words_in(dossier, "words")}
    view |= {"deeds": {str(each) for each in await deeds_for(me, dossier, at=at)}, "kind": Kind(dossier.kind)}
    view |= {"over": over(dossier.kept_until, local_day(at)), "unbroken": await whole(dossier.org_id)}
    view |= {"readable": dossier.stage in READABLE, "pdf": PDF}
    return await page(request, f"{HERE}/show.html", view, status=422 if form.errors else 200)


async def _scan(request: Request, n: int = 0) -> tuple[PaperDossier, PaperScan]:
    """Return the scan that is asked for, after putting on record who opened it; ``n`` is a page of a picture."""
    me, at = signed_in(request), now(request)
    dossier, scans = await copy_of(me, request.path_params["code"], at=at)
    found = next((each for each in scans if each.row == request.path_params["row"]), None)
    if found is None or (n and not (found.media_type != PDF and n <= found.pages)):
        raise Hidden(NO_DOSSIER)
    if not found.key:
        raise MovedOn(GONE)
    await looked(dossier, found.row, by=me, at=at)
    return dossier, found


async def original(request: Request) -> Response:
    """Send a scan as it came, to be saved."""
    dossier, scan = await _scan(request)
    name = quote(f"{scan.begins:03d} {name_of(dossier, scan)}{file_of(scan)[-4:]}", safe="")
    said = f"attachment; filename=\"{file_of(scan)[7:]}\"; filename*=UTF-8''{name}"
    headers = {**GUARDS, "Cache-Control": "private, no-store", "Content-Disposition": said}
    body = bytes_of(request.app.state.files, dossier, scan)
    return StreamingResponse(body, media_type="application/octet-stream", headers=headers)


async def picture(request: Request) -> Response:
    """Send one page of a scanned picture, drawn anew."""
    n = max(1, request.path_params["n"])
    dossier, scan = await _scan(request, n)
    content = b"".join([part async for part in bytes_of(request.app.state.files, dossier, scan)])
    body = await asyncio.to_thread(drawn, content, scan.media_type, n)
    return Response(body, media_type=WEBP, headers={**GUARDS, "Cache-Control": "private, no-store"})


async def compare(request: Request) -> Response:
    """Say that a copy agrees with the paper."""

    async def do(code: str, data: CompareForm) -> None:
        given = {"counted": data.counted, "same": data.same, "words": data.words}
        await comparing.compare(code, **given, by=signed_in(request), at=now(request))  # type: ignore[arg-type]

    return await _done(request, CompareForm, "compare", do)


async def send_back(request: Request) -> Response:
    """Send a copy back to be scanned anew."""

    async def do(code: str, data: SendBackForm) -> None:
        storage = request.app.state.files
        await comparing.send_back(code, why=data.why, storage=storage, by=signed_in(request), at=now(request))

    return await _done(request, SendBackForm, "back", do)


async def _done(request: Request, kind: type[Any], tried: str, do: Callable[[str, Any], Awaitable[None]]) -> Response:
    form: Filled[Form] = await read(request, kind)
    code = request.path_params["code"]
    if form.data is None:
        return await _shown(request, form, tried)
    try:
        await do(code, form.data)
    except Unfit as wrong:
        return await _shown(request, form.with_error(wrong), tried)
    return done(url_for("paper-dossier", code=code))


async def ask(request: Request) -> Response:
    """Ask for a copy to be destroyed."""
    code = request.path_params["code"]
    await comparing.ask_destruction(code, by=signed_in(request), at=now(request))
    return done(url_for("paper-dossier", code=code))


async def stay(request: Request) -> Response:
    """Keep a copy on."""
    code = request.path_params["code"]
    await comparing.keep(code, by=signed_in(request), at=now(request))
    return done(url_for("paper-dossier", code=code))


async def destroy(request: Request) -> Response:
    """Destroy a copy that somebody else asked to destroy."""
    code, storage = request.path_params["code"], request.app.state.files
    await comparing.destroy(code, storage=storage, by=signed_in(request), at=now(request))
    return done(url_for("paper-dossier", code=code))


async def export(request: Request) -> Response:
    """Hand a copy out as one file, on record with the hash of its list."""
    me, at, app = signed_in(request), now(request), request.app.state
    dossier, scans = await copy_of(me, request.path_params["code"], at=at)
    require_whole(dossier)
    kind = say(SOURCE, KINDS[Kind(dossier.kind)])
    pdf = await sealed(await typeset(dossier, scans, kind, app.settings.site_url), app.settings)
    file, manifest = await packed(dossier, scans, pdf, kind, app.files)
    await handed_out(dossier, manifest, by=me, at=at)
    said = f'attachment; filename="heyi-dossier-{dossier.code}.zip"'
    headers = {"Content-Disposition": said, "Cache-Control": "no-store", "X-Manifest-SHA256": manifest}
    return StreamingResponse(read_on(file), media_type="application/zip", headers=headers)


ONE: Final = "/shelf/paper/{code}"
routes = [
    Route("/shelf/paper", listed, name="paper-dossiers"),
    Route("/shelf/paper", take, methods=["POST"], max_body_size=BODY),
    Route("/shelf/paper/new", new, name="paper-dossier-new"),
    Route(ONE, show, name="paper-dossier"),
    Route(f"{ONE}/scans/{{row:int}}", original, name="paper-scan"),
    Route(f"{ONE}/scans/{{row:int}}/pages/{{n:int}}", picture, name="paper-scan-page"),
    Route(f"{ONE}/comparison", compare, methods=["POST"], name="paper-dossier-compare"),
    Route(f"{ONE}/return", send_back, methods=["POST"], name="paper-dossier-return"),
    Route(f"{ONE}/destruction", ask, methods=["POST"], name="paper-dossier-ask"),
    Route(f"{ONE}/keeping", stay, methods=["POST"], name="paper-dossier-keep"),
    Route(f"{ONE}/ending", destroy, methods=["POST"], name="paper-dossier-destroy"),
    Route(f"{ONE}/export", export, methods=["POST"], name="paper-dossier-export"),
]
