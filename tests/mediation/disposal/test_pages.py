"""The pages of appraisal and destruction: both people show their password again, and nothing typed is lost."""

import httpx2
from starlette.applications import Starlette

from community.people.models import Person
from community.people.password import hash_of
from mediation.archive.commands import archive
from mediation.case.models import Case
from mediation.disposal.models import DisposalList
from tests.mediation.archive.test_archiving import AT, archivist_of, binding, finished
from tests.mediation.disposal.test_commands import LATE, WHY
from tests.world import NOON, World, sign_in

SECRET = "correct horse battery"


async def as_(client: httpx2.AsyncClient, person: Person) -> None:
    client.cookies.clear()
    client.cookies.update(await sign_in(person))


async def test_an_archivist_lists_and_the_director_destroys_each_with_their_password(
    app: Starlette, client: httpx2.AsyncClient, town: World
) -> None:
    keeper, case = await archivist_of(town), await finished(town)
    await archive(case.code, await binding(case), by=keeper, at=AT)
    app.state.clock.move(LATE - NOON)
    await as_(client, keeper)
    typed = {"cases": case.code, "words": WHY, "password": SECRET}
    unset = await client.post("/shelf/disposal", data=typed)
    assert (unset.status_code, "没有设密码" in unset.text, WHY in unset.text) == (422, True, True)
    await Person.filter(id__in=[keeper.id, town.director.id]).update(password_hash=await hash_of(SECRET))
    wrong = await client.post("/shelf/disposal", data={**typed, "password": "x"})
    assert (wrong.status_code, "密码不对" in wrong.text, WHY in wrong.text) == (422, True, True)
    made = await client.post("/shelf/disposal", data=typed)
    where = made.headers["location"]
    assert "现在销毁" not in (await client.get(where)).text
    assert (await client.post(f"{where}/approval", data={"password": SECRET})).status_code == 403
    await as_(client, town.lan)
    assert (await client.get(where)).status_code == (await client.get(f"{where}/list.pdf")).status_code == 404
    await as_(client, town.director)
    assert "现在销毁" in (await client.get(where)).text
    assert (await client.post(f"{where}/refusal", data={"why": ""})).status_code == 422
    assert (await client.post(f"{where}/approval", data={"password": "x"})).status_code == 422
    assert (await Case.get(id=case.id)).data_key != ""
    assert (await client.post(f"{where}/approval", data={"password": SECRET})).status_code == 303
    assert (await Case.get(id=case.id)).data_key == ""
    shown = (await client.get(where)).text
    assert str((await DisposalList.get()).number) in shown
    sheet = await client.get(f"{where}/list.pdf")
    assert (sheet.headers["content-type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
