# 和议 Heyi. Everything a newcomer needs is `make run`; everything a change needs is `make test`.
PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000

BIN    := .venv/bin
run demo: export HEYI_MODE ?= development
run demo: export HEYI_HOME ?= var
run demo: export HEYI_SITE_URL ?= http://$(HOST):$(PORT)

.DEFAULT_GOAL := help
.PHONY: help run test check fmt demo bench drill drill-model lock migration locale workflow clean ready ready-dev

help:  ## 显示这张表 · this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ready  ## 装好并打开演示小区 · install, load the demo community, serve on 127.0.0.1:8000
	@$(BIN)/heyi migrate
	@$(BIN)/heyi demo
	@exec $(BIN)/heyi serve --host $(HOST) --port $(PORT)

test: ready-dev  ## 全部检查与测试 · every check and every test, both engines, real mail, real browser
	@scripts/test.sh

check: ready-dev  ## 只做静态检查 · format, lint, types, imports, templates, catalogues
	@scripts/check.sh

fmt: ready-dev  ## 整理代码格式 · put the code into shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

demo: ready  ## 只载入演示小区 · load the demo community and stop
	@$(BIN)/heyi migrate
	@$(BIN)/heyi demo

bench: ready-dev  ## 量一量尺寸和负荷 · the sizes of the code, then the load beside bare handlers; see bench/
	@$(BIN)/python -m bench.shape
	@echo "load, by itself: $(BIN)/python -m bench.load --help"
	@$(BIN)/python -m bench.load

drill: ready-dev  ## 杀进程演练一百轮 · a hundred rounds of kill -9 while people vote and talk, on either engine
	@$(BIN)/python -m bench.drill --engine sqlite --rounds 100
	@$(BIN)/python -m bench.drill --engine postgres --rounds 100

drill-model: ready-dev  ## 表决两万步对照 · 20,000 random steps of ballots against a pure model, on either engine
	@$(BIN)/python -m bench.model --engine sqlite
	@$(BIN)/python -m bench.model --engine postgres

lock: ready-dev  ## 重写两个锁文件 · resolve the dependencies again
	@scripts/lock.sh

migration: ready-dev  ## 生成迁移：make migration NAME=add_seal · draft a migration from the models
	@$(BIN)/python scripts/migration.py $(or $(NAME),$(error NAME=what_changes is needed))

locale: ready-dev  ## 抽取文字，报告缺译 · extract the sentences, report what lacks a translation
	@$(BIN)/python -m web.locale.extract

workflow: ready-dev  ## 由两张表重写流程图 · write docs/workflow.md again from the tables
	@$(BIN)/python scripts/workflow.py

clean:  ## 删去环境与缓存，数据 var/ 保留 · remove the environment and caches, keep the data in var/
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	@PYTHON=$(PYTHON) scripts/ready.sh requirements.lock
ready-dev:
	@PYTHON=$(PYTHON) scripts/ready.sh requirements-dev.lock
