"""核对一次表决 — counts a published ballot again from its bundle alone: python3 -I verifier.py bundle.zip

Standard library only; hashing and counting are written out a second time on purpose. Add --checkpoint 12:ab34… --key …
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032 section 5.1
D = -121665 * pow(121666, -1, P) % P
BASE = 15112221349535400772501151409588531511454012693041857206046113283949847762202, 4 * pow(5, -1, P) % P
Point = tuple[int, int]
Table = dict[str, Any]
Owners = frozenset[str]
Marked = list[tuple[Table, list[int]]]
SPOKEN = "yes", "no", "abstain"
PILES = "whole", *SPOKEN, "invalid", "silent", "absent"


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def point(data: bytes) -> Point:
    y, odd = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    return (x if x & 1 == odd else P - x, y) if (x * x - square) % P == 0 and y < P else (0, 0)  # on no curve


def plus(a: Point, b: Point) -> Point:
    k, x, y = D * a[0] * b[0] * a[1] * b[1], a[0] * b[1] + b[0] * a[1], a[1] * b[1] + a[0] * b[0]
    return x * pow(1 + k, -1, P) % P, y * pow(1 - k, -1, P) % P


def times(n: int, a: Point) -> Point:
    return plus(times(n >> 1, plus(a, a)), a if n & 1 else (0, 1)) if n else (0, 1)


def is_signed(text: str, signed: str, by: str) -> bool:  # Ed25519, RFC 8032 section 5.1.7
    key, signature = bytes.fromhex(by), bytes.fromhex(signed)
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text.encode()).digest(), "little") % Q
    return len(signature) == 64 and s < Q and times(s, BASE) == plus(r, times(h, a))


def roots(leaves: list[bytes]) -> Iterator[bytes]:  # of the trees of 0, 1, 2, … leaves: RFC 9162 section 2.1.1
    peaks: list[bytes] = []
    yield sha(b"")
    for number, leaf in enumerate(leaves):
        peaks.append(leaf)
        while number & 1:
            right, left, number = peaks.pop(), peaks.pop(), number >> 1  # noqa: PLW2901
            peaks.append(sha(b"\x01" + left + right))
        top = peaks[-1]
        for peak in reversed(peaks[:-1]):
            top = sha(b"\x01" + peak + top)
        yield top


def check_frozen(files: dict[str, bytes], read: Table) -> Iterator[str]:
    sums, signed, seal = read["manifest"]["files"], read["log"]["checkpoints"], read["certificate"]["seal"]
    now = {name: sha(content).hex() for name, content in files.items() if name != "manifest.json"}
    for name in sorted(each for each in {*sums, *now} if sums.get(each) != now.get(each)):
        yield f"{name} 和清单对不上：被改过、多了或者少了 · {name} is not what the manifest says"
    if {each["rule"] for each in signed} | {read["certificate"]["rule"]} != {now["rule.json"]}:
        yield "规则和开始表决时签的不一样 · the rule is not the one signed at the opening"
    if {each["roll"] for each in signed} != {now["roll.json"]}:
        yield "名册和开始表决时签的不一样 · the roll is not the one signed at the opening"
    parts = {name: value for name, value in read["certificate"].items() if name != "seal"}
    if parts["decision"] != now["decision.json"] or sha(canonical(parts)).hex() != seal:
        yield "结果和计票指纹对不上 · the result does not fit its certificate"


def check_log(ballot: int, log: Table, asked: argparse.Namespace) -> Iterator[str]:
    leaves, signed = [bytes.fromhex(each) for each in log["leaves"]], log["checkpoints"]
    tops = [each.hex() for each in roots(leaves)]
    for each in signed:
        text = "heyi/ballot-{}\n{size}\n{root}\n{at}\nrule {rule}\nroll {roll}\n".format(ballot, **each)
        if each["text"] != text or not is_signed(text, each["signature"], each["key"]):
            yield f"{each['size']} 张的检查点签名不对 · the checkpoint of size {each['size']} is not signed rightly"
        if each["size"] > len(leaves):
            yield f"日志签了 {each['size']} 张，这里只有 {len(leaves)} 张：少了 · leaves were dropped"
        elif tops[each["size"]] != each["root"]:
            yield f"前 {each['size']} 张和签的根对不上 · the first {each['size']} leaves do not give the signed root"
    if signed[-1]["size"] < len(leaves):
        yield f"日志签了 {signed[-1]['size']} 张，这里有 {len(leaves)} 张：多了 · leaves were added"
    size, _, root = asked.checkpoint.partition(":")
    if asked.checkpoint and (int(size) >= len(tops) or not root or not tops[int(size)].startswith(root.lower())):
        yield f"和您给的检查点 {size} 对不上 · not the log of your checkpoint {size}"
    if asked.key and {each["key"] for each in signed} != {asked.key.lower()}:
        yield "不是您给的那把公钥签的 · not signed by your key"


def check_papers(ballot: int, log: Table, papers: list[Table]) -> Iterator[str]:
    seen, orders = set[int](), defaultdict[str, list[int]](list)
    for paper in papers:
        n, who = paper["leaf"], f"{paper['leaf'] + 1}（{paper['head']}）"
        held = {"ballot": ballot, **{name: paper[name] for name in paper if name not in ("leaf", "valid")}}
        orders[paper["head"]].append(paper["order"])
        if n in seen or not 0 <= n < len(log["leaves"]):
            yield f"多了第 {who} 张票，日志里没有它的位置 · paper {who} was added"
        elif sha(b"\x00" + sha(canonical(held))).hex() != log["leaves"][n]:
            yield f"第 {who} 张票被改过 · paper {who} was altered"
        seen.add(n)
    for n in sorted({*range(len(log["leaves"]))} - seen):
        yield f"少了第 {n + 1} 张票 · paper {n + 1} was dropped"
    for head, given in orders.items():
        if sorted(given) != list(range(1, len(given) + 1)):
            yield f"{head} 的票次序不连：{sorted(given)} · papers of this head are missing or doubled"


def heads_of(roll: Table, rule: Table) -> tuple[dict[Owners, list[int]], dict[str, Owners]]:
    sets = {frozenset(each["owners"]) for each in roll["entries"]}
    joined = {owners: owners for owners in sets}
    if rule["head_key"] == "any_common_owner":
        circle: dict[str, Owners] = {}
        for owners in sets:
            merged = owners.union(*(circle.get(each, owners) for each in owners))
            circle.update(dict.fromkeys(merged, merged))
        joined = {owners: circle[min(owners)] for owners in sets}
    heads = {owners: [0, 0] for owners in joined.values()}
    for entry in roll["entries"]:
        weight, parking = heads[joined[frozenset(entry["owners"])]], entry["kind"] == "parking"
        weight[0] |= int(rule["parking_in_heads"] or not parking)
        weight[1] += (entry["area"] or 0) * int(rule["parking_in_area"] or not parking)
    known = {"+".join(sorted(owners)): whole for owners, whole in [*joined.items(), *zip(heads, heads, strict=True)]}
    return heads, known


def count(
    rule: Table, roll: Table, papers: list[Table], deliveries: list[Table]
) -> tuple[Table, str | None, int, Marked]:
    heads, known = heads_of(roll, rule)
    given, marked = defaultdict[Owners, list[Table]](list), Marked()
    piles, strict, superseded = dict.fromkeys(PILES, (0, 0)), rule["silence"] == "majority", 0
    for paper in sorted(papers, key=lambda paper: int(paper["order"])):
        owners = known.get(paper["head"])
        if owners is None or paper["voice"] not in {paper["head"], *owners}:
            raise ValueError(f"{paper['head']} 不在名册上 · is not on the roll")
        given[owners].append(paper)
    sent = [each for each in deliveries if each["how"] in rule["served_by"]]
    served = {known[each["head"]] for each in sent if not strict or (each["proof"] and each["warned"])}
    for owners, weight in heads.items():
        key, orders = "+".join(sorted(owners)), {p["voice"]: p["order"] for p in given[owners]}
        last = [p for p in given[owners] if p["order"] == orders[p["voice"]] >= orders.get(key, 0)]
        said = {(paper["choice"], paper["marks"]) for paper in last if paper["valid"]}
        if len(said) > 1:
            raise ValueError(f"{key} 的共有人投得不一样 · co-owners differ")
        marked += [(json.loads(marks), weight) for _, marks in said if marks]
        pile = next(iter(said), ["invalid"])[0] if last else "silent" if owners in served else "absent"
        superseded += len(given[owners]) - len(last)
        for name in (pile, "whole"):
            piles[name] = piles[name][0] + weight[0], piles[name][1] + weight[1]
    bases = {int(line["basis"] == "area") for line in rule["quorum"] + rule["approve"]}
    most = {next((c for c in SPOKEN if piles[c][n] * 2 > sum(piles[o][n] for o in SPOKEN)), None) for n in bases}
    majority = next(iter(most)) if len(most) == 1 else None
    join = {"none": None, "majority": majority if any(piles["silent"]) else "abstain"}.get(rule["silence"], "abstain")
    return piles, join, superseded, marked


def decide(rule: Table, piles: Table, silent: str | None) -> tuple[list[tuple[int, int]], str]:
    taking = ["yes", "no", "abstain"] + ["invalid"] * rule["invalid_participates"] + ["silent"] * (silent is not None)
    joined = {choice: [choice] + ["silent"] * (silent == choice) for choice in ("yes", "no")}
    part = {"all": ["whole"], "taking_part": taking, **joined}
    lines: list[tuple[int, int]] = []
    unmet: list[tuple[str, bool]] = []
    for gate, line in [(stage, line) for stage in ("quorum", "approve") for line in rule[stage]]:
        n, bound = int(line["basis"] == "area"), line["bound"]
        some, whole = (sum(piles[name][n] for name in part[line[side]]) for side in ("count", "of"))
        need = Fraction(line["share"]) * whole
        met = whole > 0 and {"at_most": some <= need, "at_least": some >= need, "over": some > need}[bound]
        lines.append((some, whole))
        unmet += [] if met else [(gate, bound == "over" and whole > 0 and some == need)]
    outcome = "no_quorum" if "quorum" in dict(unmet) else "rejected" if unmet else "passed"
    if outcome == "rejected" and rule["tie"] != "reject" and all(tied for _, tied in unmet):
        drawn = min((sha(f"{rule['lot_seed']}||{name}".encode()), name) for name in ("passed", "rejected"))[1]
        outcome = "revote" if rule["tie"] == "revote" else drawn
    return lines, outcome


def check_answer(kind: str, answer: Table, marked: Marked) -> Iterator[str]:
    for one in answer["standings"]:
        key, got = one["key"], one["weight"]
        mine = [(m[key], w) for m, w in marked if key in m and (kind != "ranked" or m[key] == 1)]
        heads, area, points = (sum(n) for n in zip((0, 0, 0), *((w[0], w[1], n * w[0]) for n, w in mine), strict=True))
        print(f"选项 · option {key}: {heads} / {area} = {points}")
        if (heads, area) != (got["heads"], got["area"]) or (kind == "score" and points != one["points"]):
            yield f"选项 {key} 数出来是 {heads}，公布的是 {got} · option {key} differs"
    for each in answer["rounds"]:
        best = [(min({*m} & {*each["votes"]}, key=m.__getitem__, default=""), w[0]) for m, w in marked]
        if each["votes"] != {key: sum(n for first, n in best if first == key) for key in each["votes"]}:
            yield f"有一轮和数出来的不一样：{each['votes']} · a round differs"
    for a, b, n in answer["pairs"]:
        if n != sum(w[0] for m, w in marked if a in m and m[a] < m.get(b, len(m) + 1)):
            yield f"{a} 比 {b} 和数出来的不一样 · the pair {a}, {b} differs"


def check_count(read: Table) -> Iterator[str]:
    rule, tally, decision = read["rule"], read["tally"], read["decision"]
    try:
        piles, silent, superseded, marked = count(rule, read["roll"], read["papers"], read["deliveries"])
    except (ValueError, KeyError) as wrong:
        yield f"数不出来：{wrong} · cannot be counted"
        return
    if unlike := [name for name in PILES[:-1] if piles[name] != (tally[name]["heads"], tally[name]["area"])]:
        yield f"{unlike} 数出来和公布的不一样 · the published tally is different"
    if (silent, superseded) != (tally["silent_as"], tally["superseded"]):
        yield "不表态的或者改过的票和公布的不一样 · the silent or the superseded differ"
    lines, outcome = decide(rule, piles, silent)
    known = [(each["numerator"], each["denominator"]) for each in decision["lines"]]
    if lines[: len(known)] != known:
        yield f"分数和公布的不一样，算出来是 {lines} · the fractions differ"
    if "question" in read:
        yield from check_answer(read["question"]["kind"], decision["answer"], marked)
    elif outcome != decision["outcome"] or len(lines) != len(known):
        yield f"结论应当是 {outcome}，公布的是 {decision['outcome']} · the outcome differs"
    print(f"数出来 · counted: {piles}\n结论 · outcome: {decision['outcome']}")


def main() -> int:
    asked = argparse.ArgumentParser(description="核对 · check bundle.zip, against --checkpoint SIZE:ROOT and --key")
    for name in ("bundle", "--checkpoint", "--key"):
        asked.add_argument(name, default="")
    given = asked.parse_args()
    with zipfile.ZipFile(given.bundle) as package:
        files = {name: package.read(name) for name in package.namelist()}
    read = {name.removesuffix(".json"): json.loads(content) for name, content in files.items()}
    n, log, papers, last = read["ballot"]["ballot"], read["log"], read["papers"], read["log"]["checkpoints"][-1]
    found = [*check_frozen(files, read), *check_log(n, log, given), *check_papers(n, log, papers), *check_count(read)]
    print(*[f"✗ {line}" for line in found], f"检查点 · checkpoint {last['size']}:{last['root']}", sep="\n")
    print(f"公钥 · key {last['key']}\n" + ("✗ 对不上 · does not hold" if found else "✓ 全部相符 · everything holds"))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
