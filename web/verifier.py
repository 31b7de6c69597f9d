"""核对一次表决 — counts a published ballot again from its bundle alone: python3 -I verifier.py bundle.zip

Standard library only. How to hash and to count is written out here a second time on purpose: it trusts nothing of the
program that it checks. Add what your mail or the notice says: --checkpoint 12:ab34… --key …
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


def is_signed(text: str, signed: str, by: str) -> bool:
    """Return whether an Ed25519 signature is good: RFC 8032 section 5.1.7."""
    key, signature = bytes.fromhex(by), bytes.fromhex(signed)
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text.encode()).digest(), "little") % Q
    return len(signature) == 64 and s < Q and times(s, BASE) == plus(r, times(h, a))


def roots(leaves: list[bytes]) -> Iterator[bytes]:
    """Yield the root of the tree of 0, 1, 2, … leaves: RFC 9162 section 2.1.1."""
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
    """Hold every file against the manifest, rule and roll against the first checkpoint, the result against its seal."""
    sums, signed, seal = read["manifest"]["files"], read["log"]["checkpoints"], read["certificate"]["seal"]
    now = {name: sha(content).hex() for name, content in files.items() if name != "manifest.json"}
    for name in sorted({*sums, *now}):
        if sums.get(name) != now.get(name):
            yield f"{name} 和清单对不上：被改过、多了或者少了 · {name} is not what the manifest says"
    if {each["rule"] for each in signed} | {read["certificate"]["rule"]} != {now["rule.json"]}:
        yield "规则和开始表决时签的不一样 · the rule is not the one signed at the opening"
    if {each["roll"] for each in signed} != {now["roll.json"]}:
        yield "名册和开始表决时签的不一样 · the roll is not the one signed at the opening"
    parts = {name: value for name, value in read["certificate"].items() if name != "seal"}
    if parts["decision"] != now["decision.json"] or sha(canonical(parts)).hex() != seal:
        yield "结果和计票指纹对不上 · the result does not fit its certificate"


def check_log(ballot: int, log: Table, asked: argparse.Namespace) -> Iterator[str]:
    """Compute every signed root again, and look at every signature."""
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
    """Open every leaf with its paper, and look for papers that are too many or too few."""
    seen: set[int] = set()
    orders: dict[str, list[int]] = defaultdict(list)
    for paper in papers:
        n, who = paper["leaf"], f"{paper['leaf'] + 1}（{paper['head']}）"
        inside = sha(
            canonical({"ballot": ballot, **{name: paper[name] for name in paper if name not in ("leaf", "valid")}})
        )
        orders[paper["head"]].append(paper["order"])
        if n in seen or not 0 <= n < len(log["leaves"]):
            yield f"多了第 {who} 张票，日志里没有它的位置 · paper {who} was added"
        elif sha(b"\x00" + inside).hex() != log["leaves"][n]:
            yield f"第 {who} 张票被改过 · paper {who} was altered"
        seen.add(n)
    for n in sorted(set(range(len(log["leaves"]))) - seen):
        yield f"少了第 {n + 1} 张票 · paper {n + 1} was dropped"
    for head, given in orders.items():
        if sorted(given) != list(range(1, len(given) + 1)):
            yield f"{head} 的票次序不连：{sorted(given)} · papers of this head are missing or doubled"


def heads_of(roll: Table, rule: Table) -> tuple[dict[Owners, list[int]], dict[str, Owners]]:
    """Return each head's owners, voice and area, and the head of every owner set."""
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


def count(rule: Table, roll: Table, papers: list[Table], deliveries: list[Table]) -> tuple[Table, str | None, int]:
    """Return the piles [heads, area] and the pile the silent join; raises ValueError for what cannot be counted."""
    heads, known = heads_of(roll, rule)
    given: dict[Owners, list[Table]] = defaultdict(list)
    piles, strict, superseded = dict.fromkeys(PILES, (0, 0)), rule["silence"] == "majority", 0
    for paper in sorted(papers, key=lambda paper: int(paper["order"])):
        owners = known.get(paper["head"])
        if owners is None or paper["voice"] not in {paper["head"], *owners}:
            raise ValueError(f"{paper['head']} 不在名册上 · is not on the roll")
        given[owners].append(paper)
    proven = [d for d in deliveries if not strict or (d["proof"] and d["warned"])]
    served = {known[each["head"]] for each in proven if each["how"] in rule["served_by"]}
    for owners, weight in heads.items():
        key, orders = "+".join(sorted(owners)), {p["voice"]: p["order"] for p in given[owners]}
        last = [p for p in given[owners] if p["order"] == orders[p["voice"]] >= orders.get(key, 0)]
        said = {paper["choice"] for paper in last if paper["valid"]}
        if len(said) > 1:
            raise ValueError(f"{key} 的共有人投得不一样 · co-owners differ")
        pile = next(iter(said), "invalid") if last else "silent" if owners in served else "absent"
        superseded += len(given[owners]) - len(last)
        for name in (pile, "whole"):
            piles[name] = piles[name][0] + weight[0], piles[name][1] + weight[1]
    bases = {int(line["basis"] == "area") for line in rule["quorum"] + rule["approve"]}
    most = {next((c for c in SPOKEN if piles[c][n] * 2 > sum(piles[o][n] for o in SPOKEN)), None) for n in bases}
    majority = next(iter(most)) if len(most) == 1 else None
    join = {"none": None, "majority": majority if any(piles["silent"]) else "abstain"}.get(rule["silence"], "abstain")
    return piles, join, superseded


def decide(rule: Table, piles: Table, silent: str | None) -> tuple[list[tuple[int, int]], str]:
    """Return the lines as (some, whole) and the outcome."""
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


def check_count(read: Table) -> Iterator[str]:
    """Count again and hold tally, fractions and outcome against what was published."""
    rule, tally, decision = read["rule"], read["tally"], read["decision"]
    try:
        piles, silent, superseded = count(rule, read["roll"], read["papers"], read["deliveries"])
    except (ValueError, KeyError) as wrong:
        yield f"数不出来：{wrong} · cannot be counted"
        return
    for name in PILES[:-1]:
        if piles[name] != (tally[name]["heads"], tally[name]["area"]):
            yield f"{name} 数出来是 {piles[name]}，公布的是 {tally[name]} · the published tally is different"
    if (silent, superseded) != (tally["silent_as"], tally["superseded"]):
        yield "不表态的或者改过的票和公布的不一样 · the silent or the superseded differ"
    lines, outcome = decide(rule, piles, silent)
    if lines != [(each["numerator"], each["denominator"]) for each in decision["lines"]]:
        yield f"分数和公布的不一样，算出来是 {lines} · the fractions differ"
    if outcome != decision["outcome"]:
        yield f"结论应当是 {outcome}，公布的是 {decision['outcome']} · the outcome differs"
    print(f"数出来 · counted: {piles}\n结论 · outcome: {outcome}")


def main() -> int:
    """Check one bundle; return 0 when everything holds."""
    asked = argparse.ArgumentParser(
        description="核对 bundle.zip · check a bundle, against --checkpoint SIZE:ROOT and --key"
    )
    asked.add_argument("bundle")
    asked.add_argument("--checkpoint", default="")
    asked.add_argument("--key", default="")
    given = asked.parse_args()
    with zipfile.ZipFile(given.bundle) as package:
        files = {name: package.read(name) for name in package.namelist()}
    read = {name.removesuffix(".json"): json.loads(content) for name, content in files.items()}
    ballot, log, last = read["ballot"]["ballot"], read["log"], read["log"]["checkpoints"][-1]
    found = [*check_frozen(files, read), *check_log(ballot, log, given)]
    found += [*check_papers(ballot, log, read["papers"]), *check_count(read)]
    print(
        *[f"✗ {line}" for line in found],
        f"检查点 · checkpoint {last['size']}:{last['root']}\n公钥 · key {last['key']}",
        sep="\n",
    )
    print("✗ 对不上 · does not hold" if found else "✓ 全部相符 · everything holds")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
